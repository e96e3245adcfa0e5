import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { wordErrors } from '../../../src/core/measure/wer';
import { keepEvidence } from '../run/evidence';
import { startHost, type Host } from '../run/host';
import type { Page } from '../run/playwright';
import { enginesOf, extensionHostsOf, nothingLeft, recordersOf } from '../run/processes';
import { screenshotFile } from '../run/screenshots';
import { UserSettings } from '../run/user-settings';
import { Workbench } from '../run/workbench';
import { isReady, look, until, type Sample } from './observer';
import { recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
/** Minutes until unused engines leave: three seconds, so that a test can wait for it. */
const IDLE_MINUTES = 0.05;
const SETTINGS = { 'tandem.engine.idleRelease': IDLE_MINUTES };

const EXTENSION = 'tandem.tandem-dictation';
/** Where the extension keeps what outlives its window, from the home of the server. */
const STORAGE = ['user-data', 'User', 'globalStorage', EXTENSION];

/** After activation, ms. */
const REST_MS = 3_000;
const LOOK_AGAIN_MS = 50;
/** Of the twelve that are spoken, so many must have been shown. */
const DRAFT_WORDS = 7;

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;

/** What runs, from the start of a window to its end, whichever way it ends. */
describe('the life of a window', function () {
  const spoken = recording('t14');
  const more = recording('t03');
  let host: Host;
  let own: UserSettings;
  let seenAtStart: readonly string[];
  let workbench: Workbench;

  async function openWindow(): Promise<void> {
    const { page, server, folder } = host;
    workbench = await Workbench.open(page, server, { folder, file: path.join(folder, 'notes.txt') });
    await untilOff();
  }

  async function untilOff(): Promise<void> {
    await until(host.page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
  }

  async function listen(): Promise<void> {
    await workbench.caretAtEndOf(0);
    await workbench.command('Dictation: Start Dictation');
    await until(host.page, 'listening with loaded models', isReady, PATIENCE_MS);
    assert.equal((await enginesOf(host.server.pid)).length, 2, 'two engines');
    assert.equal((await recordersOf(host.server.pid)).length, 1, 'one recorder');
  }

  /** The extension host of the window that is open. */
  async function extensionHost(): Promise<number> {
    const newest = (await extensionHostsOf(host.server.pid)).at(-1);
    assert.ok(newest, 'an extension host');
    return newest.pid;
  }

  before(async () => {
    host = await startHost({
      extensions: { [EXTENSION]: ROOT },
      settings: SETTINGS,
      files: { 'notes.txt': 'first line\n' },
    });
    own = new UserSettings(host);
    const opened = new AbortController();
    const watching = watchProcesses(host.server.pid, opened.signal);
    await openWindow();
    // What is put off until the window has come to rest would be seen, too.
    await sleep(REST_MS);
    opened.abort();
    seenAtStart = await watching;
  });

  keepEvidence(() => host);

  after(() => host.dispose());

  it('begins without any process of ours', async () => {
    assert.deepEqual(seenAtStart, []);
  });

  it('has no engine left when nobody has dictated for the idle time', async () => {
    await listen();
    await workbench.command('Dictation: Stop Dictation');
    await untilOff();
    await nothingLeft(host.server.pid, PATIENCE_MS);
  });

  it('leaves nothing when the window is loaded anew in mid-dictation, and the draft that was shown comes back', async () => {
    const { page, server } = host;
    await withDraft(() => workbench.reload());
    await nothingLeft(server.pid, PATIENCE_MS);
    await untilOff();
    await recoverDraft('10-reloaded');
    await page.keyboard.press('Control+z');
    await until(page, 'the former text', ({ document }) => document.trim() === 'first line');
    await page.keyboard.press('Control+s');
    await until(page, 'nothing to save', ({ dirty }) => !dirty, PATIENCE_MS);
  });

  it('leaves nothing when all of it is killed, not even an older draft that is brought back; its words are not lost', async () => {
    const { page, microphone, server, folder } = host;
    await own.set({ ...SETTINGS, 'tandem.draft.style': 'inline' });
    await openWindow();
    await withDraft(async () => {
      const shown = await look(page);
      assert.equal(shown.draft, '', 'it stands in the document');
      await untilStored();
      const kept = await untilBackedUp();
      const remembered = await memoryOf(page);
      const speaking = microphone.play(more.wav);
      const isMore = ({ document }: Sample) => document !== shown.document;
      await until(page, 'words that are not kept yet', isMore, PATIENCE_MS);
      const deadline = Date.now() + PATIENCE_MS;
      while ((await memoryOf(page)) === remembered) {
        assert.ok(Date.now() < deadline, 'the new draft is remembered');
        await sleep(LOOK_AGAIN_MS);
      }
      // The window is gone before it can do anything about it.
      await page.goto('about:blank');
      process.kill(await extensionHost(), 'SIGKILL');
      // However slow this was: a quick crash leaves what was kept before those words.
      await writeFile(kept.file, kept.text);
      await speaking;
    });
    await nothingLeft(server.pid, PATIENCE_MS);
    await openWindow();
    await until(
      page,
      'the document as it was before the draft, and saved',
      ({ document, dirty }) => document.trim() === 'first line' && !dirty,
      PATIENCE_MS,
    );
    assert.equal(await readFile(path.join(folder, 'notes.txt'), 'utf8'), 'first line\n');
    await recoverDraft('10-recovered');
  });

  /** Does something while a draft of many words is shown that nothing confirms, however fast the machine. */
  async function withDraft(action: () => Promise<void>): Promise<void> {
    const { page, microphone, server } = host;
    await listen();
    const heavy = (await enginesOf(server.pid)).at(-1);
    assert.ok(heavy);
    process.kill(heavy.pid, 'SIGSTOP');
    try {
      const speaking = microphone.play(spoken.wav);
      const isLong = ({ draft, document }: Sample) =>
        words(draft) + words(document) >= words('first line') + DRAFT_WORDS;
      await until(page, 'a draft of some words', isLong, PATIENCE_MS);
      await speaking;
      await action();
    } finally {
      goOn(heavy.pid);
    }
  }

  /** Inserts the draft of the window that has ended into this one, in whose document nothing of it is. */
  async function recoverDraft(picture: string): Promise<void> {
    const { page } = host;
    assert.equal((await look(page)).document.trim(), 'first line', 'nothing of it is in the document');
    await workbench.caretAtEndOf(1);
    await workbench.command('Dictation: Insert Last Dictation');
    const { document } = await until(
      page,
      'the words of the window that ended',
      (now) => now.document.trim() !== 'first line',
      PATIENCE_MS,
    );
    const recovered = document.replace('first line', '');
    assert.ok(words(recovered) >= DRAFT_WORDS, document);
    // The end of the sentence may have been said after the last writing.
    assert.ok(wordErrors(spoken.text, recovered).rate < 0.7, document);
    await page.screenshot({ path: await screenshotFile(picture) });
  }

  /**
   * VS Code keeps a document with unsaved changes for the next window, here with a draft in it: waits for that.
   * @returns what it has kept, and where
   */
  async function untilBackedUp(): Promise<{ readonly file: string; readonly text: string }> {
    const folder = path.join(host.folder, '..', 'user-data', 'User', 'Backups');
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const names = await readdir(folder, { recursive: true }).catch(() => []);
      const all = await Promise.all(
        names.map(async (name) => {
          const file = path.join(folder, name);
          return { file, text: await readFile(file, 'utf8').catch(() => '') };
        }),
      );
      const kept = all.find(({ text }) => text.includes('notes.txt') && words(text) > DRAFT_WORDS);
      if (kept) return kept;
      assert.ok(Date.now() < deadline, `never kept: ${names.join(', ')}`);
      await sleep(100);
    }
  }

  /** Drafts are written down at most once a second: waits for one of many words. */
  async function untilStored(): Promise<void> {
    const folder = path.join(host.folder, '..', ...STORAGE, 'history');
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const names = await readdir(folder).catch(() => []);
      const texts = await Promise.all(
        names.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => '')),
      );
      const drafts = texts.flatMap((text) =>
        [...text.matchAll(/"text":"([^"]*)"/g)].map(([, draft = '']) => draft),
      );
      if (drafts.some((draft) => words(draft) >= DRAFT_WORDS)) return;
      assert.ok(Date.now() < deadline, `never stored: ${texts.join('\n')}`);
      await sleep(100);
    }
  }
});

/** What the browser has written of what extensions are to remember of drafts, as one text. */
function memoryOf(page: Page): Promise<string> {
  return page.evaluate<string>(`(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const texts = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const table of database.objectStoreNames)
        texts.push(...await done(database.transaction(table).objectStore(table).getAll()));
      database.close();
    }
    return texts.filter((text) => String(text).includes('draftsInDocuments')).join();
  })()`);
}

/** Command lines of all our processes that ran in a process group until `ended`, as far as they lived for some moments. */
async function watchProcesses(leader: number, ended: AbortSignal): Promise<readonly string[]> {
  const seen = new Set<string>();
  while (!ended.aborted) {
    for (const one of [...(await enginesOf(leader)), ...(await recordersOf(leader))])
      seen.add(one.commandLine);
    await sleep(50);
  }
  return [...seen];
}

/** Lets a stopped process run again; by now it may have been ended instead. */
function goOn(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
