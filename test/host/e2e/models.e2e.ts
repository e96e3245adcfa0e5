import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { sizeText } from '../../../src/vscode/model-items';
import { ProxyServer } from '../../process/models/proxy-server';
import { stepByStep } from '../run/evidence';
import { startHost, type Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import { buttonOf, messageOf, rowsOf } from '../run/shown';
import { Workbench } from '../run/workbench';
import { chooseFile } from './choose-file';
import { isReady, observe, observed, until } from './observer';
import { pinnedExtension } from './pinned-extension';
import { SlowServer } from './slow-server';

/** Loading and hashing take a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
const EMBEDDED = path.join(ROOT, 'models', 'embedded');
/** A published model; what the server has in its stead is a file that whisper.cpp can load. */
const NAME = 'small.en-q8_0';
const CONTENT = 'heavy.bin';
/** The list of all models has more rows, the one that is narrowed down to one model fewer. */
const SOME_ROWS = 3;
const OFFER = 'built-in models';
const FILE = `ggml-${NAME}.bin`;
/** Proxies that this machine itself may need have no say here. */
const NO_PROXIES = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [
    [name, ''],
    [name.toUpperCase(), ''],
  ]),
);

/** One window and a server of models, operated step by step: each test goes on where the one before has ended. */
describe('models, in the window', function () {
  let scratch: string;
  let content: Buffer;
  let server: SlowServer;
  let proxy: ProxyServer;
  let host: Host;
  let workbench: Workbench;

  const rows = () => rowsOf(host.page);
  const row = (text: string | RegExp) => rows().filter({ hasText: text }).first();
  const message = (text: string | RegExp) => messageOf(host.page, text);
  const button = (text: string | RegExp, name: string) => buttonOf(host.page, text, name);
  const progress = /Downloading dictation models.*MB of 14 MB/s;
  const folder = () => path.join(host.folder, '..', '.local', 'share', 'tandem-dictation', 'models');
  const files = async () => (await readdir(folder()).catch(() => [])).sort();

  /** Opens the list, narrowed down to the one model: it holds the lines only that are in sight. */
  async function find(state: RegExp, asked = () => workbench.command('Dictation: Manage Models')) {
    await asked();
    // The command palette is the same widget: its rows, and its input, are there for a moment still.
    await host.page
      .locator('.quick-input-title')
      .filter({ hasText: 'Manage Models' })
      .first()
      .waitFor({ timeout: PATIENCE_MS });
    await host.page.locator('.quick-input-widget input.input').fill(NAME);
    await row(NAME).filter({ hasText: state }).waitFor({ timeout: PATIENCE_MS });
    return row(NAME);
  }

  async function openWindow(): Promise<void> {
    const { page, server: vscode, folder } = host;
    workbench = await Workbench.open(page, vscode, { folder, file: path.join(folder, 'notes.txt') });
    await untilOff();
  }

  async function untilOff(): Promise<void> {
    await until(host.page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
  }

  /** Ends the dictation that has begun. */
  async function drop(): Promise<void> {
    await workbench.command('Dictation: Cancel Dictation');
    await untilOff();
  }

  before(async () => {
    scratch = await mkdtemp(path.join(os.tmpdir(), 'tandem-models-'));
    content = await readFile(path.join(EMBEDDED, CONTENT));
    server = await SlowServer.start(FILE, content);
    proxy = await ProxyServer.start();
    host = await startHost({
      extensions: { 'tandem.tandem-dictation': await pinnedExtension(scratch, NAME, content) },
      settings: {
        'tandem.models.mirror': server.origin,
        'http.proxy': proxy.address,
        'http.proxySupport': 'off',
      },
      env: NO_PROXIES,
      files: { 'notes.txt': '' },
    });
    await openWindow();
  });

  stepByStep(() => host);

  after(async () => {
    await host?.dispose();
    await proxy?.stop();
    await server?.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  it('are offered by the first dictation, with the list of all models', async () => {
    await workbench.command('Dictation: Start Dictation');
    await message(OFFER).waitFor({ timeout: PATIENCE_MS });
    await find(/14 MB/, () => button(OFFER, 'Manage Models').click());
    await drop();
  });

  it('are downloaded from the list with progress, until that is cancelled', async () => {
    const { page } = host;
    server.stopAt = content.length / 2;
    await (await find(/14 MB/)).click();
    await message(progress).waitFor({ timeout: PATIENCE_MS });
    // From there on nothing comes: where it stands is shown all the same.
    const half = `${sizeText(server.stopAt)} of ${sizeText(content.length)}`;
    await message(half).waitFor({ timeout: PATIENCE_MS });
    await page.screenshot({ path: await screenshotFile('13-downloading') });
    await button(progress, 'Cancel').click();
    await message(progress).waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await find(/\d+ % downloaded/);
    await page.screenshot({ path: await screenshotFile('14-partly') });
    assert.deepEqual(
      (await files()).filter((name) => name.endsWith('.bin')),
      [],
      'nothing that is not whole and checked',
    );
    assert.deepEqual(proxy.targets, [], 'directly, since proxies are switched off');
  });

  /** From the next window on; VS Code takes proxies from the settings of its user, also where its server runs elsewhere. */
  async function switchProxiesOn(): Promise<void> {
    const file = path.join(host.folder, '..', 'user-data', 'User', 'settings.json');
    const { 'http.proxySupport': _, ...others } = JSON.parse(await readFile(file, 'utf8')) as Record<
      string,
      unknown
    >;
    await writeFile(file, JSON.stringify(others));
  }

  it('go on where they were, by a proxy that is set meanwhile, also after the window was closed meanwhile', async () => {
    const { page } = host;
    const before = server.sent;
    server.stopAt = (content.length * 3) / 4;
    await (await find(/\d+ % downloaded/)).click();
    await message(progress).waitFor({ timeout: PATIENCE_MS });
    await settled('more of it', () => server.sent > before);
    await switchProxiesOn();
    await workbench.reload();
    await untilOff();
    await message('was interrupted').waitFor({ timeout: PATIENCE_MS });
    // Not before: the process of the former window may have lived for a moment, and would have come to the end.
    server.stopAt = content.length;
    await button('was interrupted', 'Resume').click();
    await message('ready and will be used').waitFor({ timeout: PATIENCE_MS });
    const [first, ...later] = server.starts;
    assert.equal(first, 0);
    assert.ok(later.length >= 2, 'two more answers');
    const starts = [first, ...later];
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
      'only what is missing is asked for',
    );
    assert.ok((later[0] ?? 0) > 0, 'not from the beginning');
    const got = await readFile(path.join(folder(), FILE));
    assert.ok(got.equals(content), 'the same file');
    assert.deepEqual(
      new Set(proxy.targets),
      new Set([new URL(server.origin).host]),
      'by the proxy in the end',
    );
    await find(/in use/);
    await page.screenshot({ path: await screenshotFile('15-installed') });
    await page.keyboard.press('Escape');
  });

  it('are not offered again', async () => {
    const { page } = host;
    await workbench.command('Notifications: Clear All Notifications');
    // What came with the download goes a moment after the command.
    await until(page, 'no message', ({ messages }) => messages.length === 0, PATIENCE_MS);
    await observe(page);
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening', isReady, PATIENCE_MS);
    assert.deepEqual(
      (await observed(page)).flatMap((sample) => sample.messages),
      [],
    );
    await drop();
  });

  it('are deleted by the list', async () => {
    const dialog = host.page.locator('.monaco-dialog-box');
    const erase = async () => (await find(/in use/)).locator('[aria-label^="Delete"]').first().click();
    await erase();
    await dialog.getByText('Cancel', { exact: true }).click();
    await rows().nth(SOME_ROWS).waitFor({ timeout: PATIENCE_MS });
    assert.ok((await files()).includes(FILE), 'not without a question');
    await host.page.keyboard.press('Escape');
    await erase();
    await dialog.getByText('Delete', { exact: true }).click();
    // The list comes again, with all models.
    await rows().nth(SOME_ROWS).waitFor({ timeout: PATIENCE_MS });
    await host.page.locator('.quick-input-widget input.input').fill(NAME);
    await rows().nth(SOME_ROWS).waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    assert.doesNotMatch((await row(NAME).textContent()) ?? '', /in use|downloaded/);
    assert.deepEqual(
      (await files()).filter((name) => name.startsWith('ggml-')),
      [],
      'nothing of it is left on the disk',
    );
    await host.page.keyboard.press('Escape');
  });

  it('are installed from a file that came by other means, and known by what is in it', async () => {
    const { page } = host;
    const file = path.join(scratch, 'from-a-friend.bin');
    await writeFile(file, content);
    await find(/14 MB/);
    await page.locator('.quick-input-titlebar [aria-label^="Install from File"]').first().click();
    await chooseFile(host, file, PATIENCE_MS);
    // The list comes again, with all models.
    await find(/in use/, () => rows().nth(SOME_ROWS).waitFor({ timeout: PATIENCE_MS }));
    const copy = await readFile(path.join(folder(), FILE));
    assert.ok(copy.equals(content), 'a copy: the file itself may go');
    await page.keyboard.press('Escape');
  });
});

/** Waits until `condition` holds of what cannot be seen in the window. */
async function settled(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    assert.ok(Date.now() < deadline, what);
    await sleep(50);
  }
}
