import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MODELS_EXTENSION } from '../../../scripts/test/bundle.mjs';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { keepEvidence } from '../run/evidence';
import { startHost, type Host } from '../run/host';
import { rowsOf } from '../run/shown';
import { UserSettings } from '../run/user-settings';
import { Workbench } from '../run/workbench';
import { until, type Sample } from './observer';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
const LOOK_AGAIN_MS = 100;
const KEY = 'not-a-real-key';
/** Of the clean-up: enough on a loaded machine. */
const TIMEOUT = { 'tandem.cleanup.timeout': 30_000 };
const LOUD = /^[^a-z]*[A-Z]{2}[^a-z]*$/;

/** A service for the clean-up that answers in capitals, and what it was sent. */
class LoudService {
  readonly requests: { readonly authorization: string | undefined }[] = [];
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      this.requests.push({ authorization: request.headers.authorization });
      const { messages } = JSON.parse(Buffer.concat(parts).toString()) as {
        messages: { content: string }[];
      };
      const content = messages.at(-1)?.content.replace(/<.*?>/g, '').trim().toUpperCase();
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ choices: [{ message: { content } }] }));
    });
  });

  /** Its address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** What only a window shows: boxes to type into, VS Code's own question for consent. Each test goes on where the one before has ended. */
describe('dialogs, in the window', function () {
  const service = new LoudService();
  let host: Host;
  let own: UserSettings;
  let workbench: Workbench;
  let address: string;

  const rows = () => rowsOf(host.page);
  const input = () => host.page.locator('.quick-input-widget input.input').first();
  const message = () => host.page.locator('.quick-input-message').first();

  before(async () => {
    address = await service.start();
    host = await startHost({
      extensions: {
        'tandem.tandem-dictation': ROOT,
        'tandem-tests.models': MODELS_EXTENSION,
      },
      env: { TANDEM_TEST_MODELS: 'guarded' },
      files: { 'notes.md': '', 'tools.ts': 'const kubectl = 1;\n' },
      settings: {
        ...TIMEOUT,
        'tandem.cleanup.provider': 'vscode',
        'tandem.cleanup.model': 'guarded',
        'tandem.cleanup.endpoint': address,
      },
    });
    own = new UserSettings(host);
    const { page, server, folder } = host;
    workbench = await Workbench.open(page, server, {
      folder,
      file: path.join(folder, 'tools.ts'),
    });
    await page.keyboard.press('Control+b'); // hides the side bar
    await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
  });

  keepEvidence(() => host);

  after(async () => {
    await host?.dispose();
    await service.stop();
  });

  /** Waits for a box that asks this, types the answer and leaves it open. */
  async function answer(question: string | RegExp, text?: string): Promise<void> {
    await message().filter({ hasText: question }).waitFor({ timeout: PATIENCE_MS });
    if (text !== undefined) await input().fill(text);
  }

  /** Opens a file of the folder in place of the one before. */
  async function open(name: string): Promise<void> {
    await workbench.command('Go to File...');
    await input().fill(name);
    await rows().filter({ hasText: name }).first().click({ timeout: PATIENCE_MS });
    await host.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: PATIENCE_MS });
  }

  /** Dictates the bundled recording in place of what the document holds; `meanwhile` is done while it runs. */
  async function dictate(meanwhile?: () => Promise<void>): Promise<Sample> {
    const { page } = host;
    await workbench.caretAtEndOf(0);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await workbench.command('Dictation: Dictate a Recording…');
    await rows().filter({ hasText: 'Bundled recording' }).first().click({ timeout: PATIENCE_MS });
    await meanwhile?.();
    return until(
      page,
      'the end, all confirmed',
      ({ status, draft, document }) => status.includes('is off') && draft === '' && document !== '',
      PATIENCE_MS,
    );
  }

  /** Replaces the user's settings of the extension, and opens the window anew. */
  async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await workbench.command('File: Save');
    await own.set(settings);
    await workbench.reload();
    await until(host.page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
    // The page names the file that it was opened with, and brings that to the front.
    await open('notes.md');
  }

  /** Resolves once a file fits. */
  async function untilFile(file: string, fits: (text: string) => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const text = await readFile(file, 'utf8').catch(() => '');
      if (fits(text)) return;
      assert.ok(Date.now() < deadline, `${file}: ${text}`);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  it('asks how a word is written and heard, and puts it into the list of the project', async () => {
    const { page, folder } = host;
    await page.locator('.view-line span').first().waitFor({ timeout: PATIENCE_MS });
    await workbench.caretAtEndOf(0);
    await page.keyboard.press('Home');
    for (let i = 0; i < 'const k'.length; i++) await page.keyboard.press('ArrowRight');
    await workbench.command('Dictation: Add to Vocabulary');
    await answer('The word as it should be written');
    assert.equal(await input().inputValue(), 'kubectl');
    await input().fill('→');
    await answer('Type the word: at least one letter or digit.');
    await page.keyboard.press('Enter'); // is refused: the box stays
    await input().fill('kubectl');
    await answer('The word as it should be written');
    await page.keyboard.press('Enter');
    await answer('How "kubectl" sounds', 'cube control');
    await page.keyboard.press('Enter');
    await rows().filter({ hasText: 'For this project' }).first().click({ timeout: PATIENCE_MS });
    await untilFile(
      path.join(folder, '.vscode', 'dictation.txt'),
      (text) => text === 'cube control → kubectl\n',
    );
  });

  it('puts it into the own list, and into none if one turns back on the way', async () => {
    const { page } = host;
    const before = await readFile(own.file, 'utf8');
    const steps = [
      () => answer('The word as it should be written', 'Zanzibar'),
      () => answer('How "Zanzibar" sounds', ''),
      () => rows().filter({ hasText: 'For me, in every project' }).first().waitFor({ timeout: PATIENCE_MS }),
    ];
    for (let turn = 1; turn <= steps.length; turn++) {
      await workbench.command('Dictation: Add to Vocabulary');
      for (const [at, step] of steps.slice(0, turn).entries()) {
        await step();
        await page.keyboard.press(at === turn - 1 ? 'Escape' : 'Enter');
      }
    }
    assert.equal(await readFile(own.file, 'utf8'), before);
    await workbench.command('Dictation: Add to Vocabulary');
    for (const step of steps) {
      await step();
      await page.keyboard.press('Enter');
    }
    await untilFile(own.file, (text) => /"tandem\.vocabulary": \[\s*"Zanzibar"\s*\]/.test(text));
  });

  it('lets VS Code ask before a language model hears anything; no text waits for the answer', async () => {
    const { page } = host;
    await open('notes.md');
    const question = page.locator('.monaco-dialog-box').filter({ hasText: 'Test Models' });
    const asked = () => question.waitFor({ timeout: PATIENCE_MS });
    const press = (name: string) =>
      question.locator('.monaco-button').filter({ hasText: name }).first().click();
    const refused = await dictate(async () => {
      await asked();
      await press('Cancel');
    });
    assert.doesNotMatch(refused.document, LOUD);
    await until(page, 'why', ({ messages }) => messages.some((one) => /consent was not given/.test(one)));
    await workbench.command('Notifications: Clear All Notifications');
    const heard = await dictate(async () => {
      await asked();
      await until(page, 'text', ({ document }) => document.trim() !== '', PATIENCE_MS);
      assert.equal(await question.isVisible(), true, 'it is still asked');
      await press('Allow');
    });
    assert.doesNotMatch(heard.document, LOUD, 'some of it was not cleaned up');
    // It is asked for once.
    const allowed = await dictate();
    assert.match(allowed.document, LOUD);
  });

  it('keeps a key for the host of the clean-up, sends it there, and forgets it', async () => {
    const { page } = host;
    await configure({
      ...TIMEOUT,
      'tandem.cleanup.provider': 'endpoint',
      'tandem.cleanup.model': 'loud',
      'tandem.cleanup.endpoint': address,
    });
    await workbench.command('Dictation: Set Clean-up Key');
    await answer(new URL(address).host, KEY);
    assert.equal(await input().getAttribute('type'), 'password');
    await page.keyboard.press('Enter');
    assert.match((await dictate()).document, LOUD);
    const { length } = service.requests;
    assert.ok(length > 0);
    for (const { authorization } of service.requests) assert.equal(authorization, `Bearer ${KEY}`);
    assert.ok(!(await readFile(own.file, 'utf8')).includes(KEY), 'not in the settings');

    // Who turns back changes nothing; nothing at all removes it.
    await workbench.command('Dictation: Set Clean-up Key');
    await answer(new URL(address).host, 'another');
    await page.keyboard.press('Escape');
    await workbench.command('Dictation: Set Clean-up Key');
    await answer(new URL(address).host, '');
    await page.keyboard.press('Enter');
    assert.match((await dictate()).document, LOUD);
    assert.ok(service.requests.length > length);
    for (const { authorization } of service.requests.slice(length)) assert.equal(authorization, undefined);
  });

  it('says that a key belongs to an address, where none is set', async () => {
    const { page } = host;
    await workbench.command('Notifications: Clear All Notifications');
    await configure(TIMEOUT);
    await workbench.command('Dictation: Set Clean-up Key');
    await until(page, 'why', ({ messages }) =>
      messages.some((one) => /a key belongs to an address/.test(one)),
    );
    await page.locator('.notification-list-item .monaco-button').filter({ hasText: 'Open' }).first().click();
    await page
      .locator('.settings-editor')
      .filter({ hasText: /Cleanup/i })
      .first()
      .waitFor({ timeout: PATIENCE_MS });
  });
});
