import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { FileServer, rangeStart } from '../../process/models/file-server';
import { startHost, type Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import { Workbench } from '../run/workbench';
import { observe, observed, until } from './observer';

/** Loading and hashing take a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
const EMBEDDED = path.join(ROOT, 'models', 'embedded');
/** A published model; what the server has in its stead is a file that whisper.cpp can load. */
const NAME = 'small.en-q8_0';
const CONTENT = 'heavy.bin';
/** The list of all models has more rows, the one that is narrowed down to one model fewer. */
const SOME_ROWS = 3;
const OFFER = 'built-in models';
/** The server sends a piece at a time, slowly enough for a person to read the progress. */
const PIECE_BYTES = 500_000;
const PIECE_EVERY_MS = 60;

interface CatalogEntry {
  name: string;
  bytes: number;
  sha256: string;
  sha1: string;
}

/** One window and a server of models, operated step by step: each test goes on where the one before has ended. */
describe('models, in the window', function () {
  let scratch: string;
  let content: Buffer;
  let server: SlowServer;
  let host: Host;
  let workbench: Workbench;
  let failed = false;

  const rows = () => host.page.locator('.quick-input-list .monaco-list-row');
  const row = (text: string | RegExp) => rows().filter({ hasText: text }).first();
  const message = (text: string | RegExp) =>
    host.page.locator('.notification-list-item').filter({ hasText: text }).first();
  const button = (text: string | RegExp, name: string) =>
    message(text).locator('.monaco-button').filter({ hasText: name }).first();
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
    server = await SlowServer.start(content);
    host = await startHost({
      extensions: { 'tandem.tandem-dictation': await extensionFolder(scratch, content) },
      machineSettings: { 'tandem.models.mirror': server.origin },
      files: { 'notes.txt': '' },
    });
    await openWindow();
  });

  beforeEach(function () {
    if (failed) this.skip();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    failed = true;
    await host.keepEvidence(this.currentTest.title);
  });

  after(async () => {
    await host?.dispose();
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
  });

  it('go on where they were, also after the window was closed meanwhile', async () => {
    const { page } = host;
    const before = server.sent;
    server.stopAt = (content.length * 3) / 4;
    await (await find(/\d+ % downloaded/)).click();
    await message(progress).waitFor({ timeout: PATIENCE_MS });
    await settled('more of it', () => server.sent > before);
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
    const got = await readFile(path.join(folder(), `ggml-${NAME}.bin`));
    assert.ok(got.equals(content), 'the same file');
    await find(/in use/);
    await page.screenshot({ path: await screenshotFile('15-installed') });
    await page.keyboard.press('Escape');
  });

  it('are not offered again', async () => {
    const { page } = host;
    await workbench.command('Notifications: Clear All Notifications');
    await observe(page);
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening', ({ status }) => /listens(?! while)/.test(status), PATIENCE_MS);
    assert.deepEqual(
      (await observed(page)).flatMap((sample) => sample.messages),
      [],
    );
    await drop();
  });

  it('are deleted by the list', async () => {
    const line = await find(/in use/);
    await line.locator('[aria-label^="Delete"]').first().click();
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
});

/** Waits until `condition` holds of what cannot be seen in the window. */
async function settled(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    assert.ok(Date.now() < deadline, what);
    await sleep(50);
  }
}

/** The extension with a catalogue that pins `content`. Its scripts are copied: VS Code knows an extension by where its script really lies. */
async function extensionFolder(scratch: string, content: Buffer): Promise<string> {
  const folder = path.join(scratch, 'extension');
  await mkdir(path.join(folder, 'models'), { recursive: true });
  const filter = (file: string) => !file.endsWith('.map');
  await cp(path.join(ROOT, 'dist'), path.join(folder, 'dist'), { recursive: true, filter });
  const parts = (await readdir(ROOT)).filter((name) => /^(media|l10n|package\.(nls\.)?.*json)$/.test(name));
  for (const part of parts) await symlink(path.join(ROOT, part), path.join(folder, part));
  await symlink(EMBEDDED, path.join(folder, 'models', 'embedded'));
  const catalog = JSON.parse(await readFile(path.join(ROOT, 'models', 'catalog.json'), 'utf8')) as {
    models: CatalogEntry[];
  };
  const digest = (kind: string) => createHash(kind).update(content).digest('hex');
  for (const model of catalog.models.filter(({ name }) => name === NAME))
    Object.assign(model, { bytes: content.length, sha256: digest('sha256'), sha1: digest('sha1') });
  await writeFile(path.join(folder, 'models', 'catalog.json'), JSON.stringify(catalog));
  return folder;
}

/** A server that sends one file piece by piece, and nothing behind the place where it is to stop. */
class SlowServer {
  /** Position in the file behind which nothing is sent, however long one waits. */
  stopAt = Infinity;
  /** Position in the file up to which the latest answer has come. */
  sent = 0;
  /** Where each answer began. */
  readonly starts: number[] = [];

  private constructor(private readonly content: Buffer) {}

  private server: FileServer | undefined;

  static async start(content: Buffer): Promise<SlowServer> {
    const self = new SlowServer(content);
    self.server = await FileServer.start((request, response) => self.answer(request, response));
    return self;
  }

  get origin(): string {
    return this.server?.origin ?? '';
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { content } = this;
    if (!request.url?.endsWith(`/ggml-${NAME}.bin`)) return void response.writeHead(404).end();
    const start = rangeStart(request);
    this.starts.push(start);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': content.length - start,
      etag: '"1"',
      ...(start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    });
    let position = start;
    const timer = setInterval(() => {
      const end = Math.min(position + PIECE_BYTES, Math.floor(this.stopAt), content.length);
      if (end > position) response.write(content.subarray(position, end));
      this.sent = position = Math.max(position, end);
      if (position === content.length) response.end();
    }, PIECE_EVERY_MS);
    response.on('close', () => clearInterval(timer));
  }
}
