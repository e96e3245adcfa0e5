import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { wordErrors } from '../../../src/core/measure/wer';
import { CONTEXT_KEYBINDINGS, contextBecomes } from '../run/context-keys';
import { keepEvidence } from '../run/evidence';
import { startHost, type Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import { whileLoading, withoutConfirmation } from '../run/standstill';
import { titled } from '../run/titled';
import { Workbench } from '../run/workbench';
import { announcedUntil, noteAnnouncements } from './announced';
import { seenMarks, watchMarks } from './drawn';
import { marks } from './marks';
import { isOff, isReady, look, until, type Sample } from './observer';
import { recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
const KEY = 'Shift+Alt+v';
/** As most keyboards are set up. */
const KEY_REPEAT_MS = 33;
/** A press that follows another one sooner may be taken for the repetition of a held key. */
const PRESS_GAP_MS = 1_000;

/** Keys of the user's own. */
const CONFIRM_KEY = 'Control+Alt+F9';
const OTHER_VOICE_KEY = 'Control+Alt+F8';
const SILENT_VOICE_KEY = 'Control+Alt+F7';
const READER_KEY = 'Control+Alt+F6';
/** What VS Code notices it says by context keys; the side bar tells when it has been said. */
const noticed = (key: string, value: boolean) => ({
  command: 'runCommands',
  args: {
    commands: [{ command: '_setContext', args: [key, value] }, 'workbench.action.toggleSidebarVisibility'],
  },
});
const KEYBINDINGS = [
  { key: 'ctrl+alt+f9', command: 'tandem.confirmNow', when: 'tandem.listening' },
  ...CONTEXT_KEYBINDINGS,
  { key: 'ctrl+alt+f8', ...noticed('speechToTextInProgress', true) },
  { key: 'ctrl+alt+f7', ...noticed('speechToTextInProgress', false) },
  { key: 'ctrl+alt+f6', ...noticed('accessibilityModeEnabled', true) },
];

/** One for each set of settings. */
const FILES = ['keys.txt', 'silence.txt', 'confirm.txt'] as const;

const listening = ({ status }: Sample) => /listens|hears|confirms your/.test(status);
const words = (text: string) => text.split(/\s+/).filter((word) => word !== '').length;

describe('keys, a screen reader and reduced motion, in the window', function () {
  const { wav, text } = recording('t03');
  let host: Host;
  let workbench: Workbench;

  before(async () => {
    host = await startHost({
      extensions: { 'tandem.tandem-dictation': ROOT },
      settings: { 'workbench.reduceMotion': 'on' },
      keybindings: KEYBINDINGS,
      files: Object.fromEntries(FILES.map((name) => [name, 'first line\n'])),
    });
    const { page, server, folder } = host;
    workbench = await Workbench.open(page, server, { folder, file: path.join(folder, 'keys.txt') });
    await untilOpen();
  });

  keepEvidence(() => host);

  after(() => host.dispose());

  /** Gives the window other settings of the workspace and brings another file to the front. */
  async function goOnWith(file: (typeof FILES)[number], settings: Readonly<Record<string, unknown>>) {
    const { page, folder } = host;
    await mkdir(path.join(folder, '.vscode'), { recursive: true });
    const all = { ...settings, 'window.title': file };
    await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(all));
    await titled(page, file);
    await workbench.openFile(path.join(folder, file));
    await untilOpen();
  }

  /** Resolves when a file is there as it was; the caret stands in its empty last line. */
  async function untilOpen(): Promise<void> {
    const isOpen = (now: Sample) => isOff(now) && now.document.trimEnd() === 'first line';
    await until(host.page, 'the file and the status bar item', isOpen, PATIENCE_MS);
    await workbench.caretAtEndOf(1);
  }

  it('tells keybindings that it listens and that models load, until it is cancelled', async () => {
    const { page, server } = host;
    await contextBecomes(page, 'tandem.loading', false);
    await contextBecomes(page, 'tandem.listening', false);
    await page.keyboard.press(KEY);
    await whileLoading(server.pid, async () => {
      await contextBecomes(page, 'tandem.loading', true);
      await contextBecomes(page, 'tandem.listening', true);
      await workbench.command('Dictation: Cancel Dictation');
      await until(page, 'the end', isOff, PATIENCE_MS);
      await contextBecomes(page, 'tandem.loading', false);
      await contextBecomes(page, 'tandem.listening', false);
    });
  });

  it('listens to one utterance after two quick presses, marks the line, and tells a screen reader; nothing flashes', async () => {
    const { page, microphone } = host;
    await sleep(PRESS_GAP_MS);
    await noteAnnouncements(page);
    const sideBar = page.locator('.part.sidebar').first();
    await page.keyboard.press(READER_KEY);
    await sideBar.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await page.keyboard.press('Control+b');
    await sideBar.waitFor({ state: 'visible', timeout: PATIENCE_MS });
    await workbench.caretAtEndOf(1);
    await watchMarks(page);
    await page.keyboard.press(KEY);
    await page.keyboard.press(KEY);
    await until(page, 'listening', isReady, PATIENCE_MS);
    await contextBecomes(page, 'tandem.loading', false);
    await contextBecomes(page, 'tandem.listening', true);
    assert.ok((await marks(page)).gutter > 0, 'a mark beside the line');
    // Escape closes widgets all day long; it must not end a dictation.
    await page.keyboard.press('Escape');
    await sleep(500);
    await until(page, 'still listening', listening, PATIENCE_MS);
    await page.screenshot({ path: await screenshotFile('9-mark') });
    await microphone.play(wav);
    const { document } = await until(
      page,
      'the end after one utterance',
      (now) => isOff(now) && now.document.length > 'first line\n'.length + 5,
      PATIENCE_MS,
    );
    assert.ok(wordErrors(text, document.replace('first line', '')).rate < 0.5, document);
    assert.equal((await marks(page)).gutter, 0, 'no mark is left');
    assert.deepEqual(await seenMarks(page), { settled: [], corrected: [] }, 'motion is reduced');
    const last = document.trim().split('\n').at(-1) ?? '';
    await announcedUntil(page, ['Dictation listens', last.trim(), 'Dictation has stopped'], PATIENCE_MS);
  });

  it('starts and stops with one press each', async () => {
    const { page } = host;
    await sleep(PRESS_GAP_MS);
    await page.keyboard.press(KEY);
    await until(page, 'listening', listening, PATIENCE_MS);
    await sleep(500);
    await page.keyboard.press(KEY);
    await until(page, 'the end', isOff, PATIENCE_MS);
  });

  it('listens as long as its key is held', async () => {
    const { page, microphone } = host;
    const { keyboard } = page;
    await sleep(PRESS_GAP_MS);
    const before = await until(page, 'nothing listens', isOff);
    for (const key of ['Shift', 'Alt', 'v']) await keyboard.down(key);
    // Not awaited one by one: what a slow machine delays must still come at the pace of a keyboard.
    const repeating = setInterval(() => void keyboard.down('v').catch(() => undefined), KEY_REPEAT_MS);
    try {
      await until(page, 'listening', isReady, PATIENCE_MS);
      await microphone.play(wav);
      assert.ok(listening(await look(page)), 'while it is held');
    } finally {
      clearInterval(repeating);
      for (const key of ['v', 'Alt', 'Shift']) await keyboard.up(key);
    }
    const { document } = await until(
      page,
      'the end, since the key was let go',
      (now) => isOff(now) && now.document.length > before.document.length,
      PATIENCE_MS,
    );
    assert.ok(wordErrors(text, document.slice(before.document.trimEnd().length)).rate < 0.5, document);
  });

  it('asks before it listens beside a voice input of VS Code itself', async () => {
    const { page } = host;
    await sleep(PRESS_GAP_MS);
    const sideBar = page.locator('.part.sidebar').first();
    await page.keyboard.press(OTHER_VOICE_KEY);
    await sideBar.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
    await page.keyboard.press(KEY);
    const asks = ({ messages }: Sample) =>
      messages.some((message) => message.includes("VS Code's own voice input is listening"));
    const asking = await until(page, 'the question', asks, PATIENCE_MS);
    assert.ok(isOff(asking), 'nothing has begun');
    await page.screenshot({ path: await screenshotFile('24-own-voice-input') });
    await page.getByText('Dictate Anyway', { exact: true }).first().click();
    await until(page, 'listening, since that is wanted', listening, PATIENCE_MS);
    await page.keyboard.press(KEY);
    await until(page, 'the end: a stop needs no question', isOff, PATIENCE_MS);
    await page.keyboard.press(SILENT_VOICE_KEY);
    await sideBar.waitFor({ state: 'visible', timeout: PATIENCE_MS });
    await workbench.caretAtEndOf(1);
    await sleep(PRESS_GAP_MS);
    await page.keyboard.press(KEY);
    await until(page, 'listening without a question', listening, PATIENCE_MS);
    await sleep(PRESS_GAP_MS);
    await page.keyboard.press(KEY);
    await until(page, 'the end', isOff, PATIENCE_MS);
  });

  it('stops by itself after the silence that is set', async () => {
    const { page, microphone } = host;
    await goOnWith('silence.txt', { 'tandem.stopAfterSilence': 3 });
    await workbench.command('Dictation: Start Dictation');
    // From the start, since the silence of loading counts; over and over, until it is heard.
    let heard = false;
    const speaking = (async () => {
      while (!heard) await microphone.play(wav);
    })();
    try {
      await until(page, 'words', ({ document }) => words(document) > words('first line') + 3, PATIENCE_MS);
    } finally {
      heard = true;
      await speaking;
    }
    assert.ok(listening(await look(page)), 'as long as somebody speaks');
    await until(page, 'the end by itself', isOff, PATIENCE_MS);
  });

  it('ends the utterance at once when asked to confirm, however long a pause would have to be', async () => {
    const { page, microphone, server } = host;
    const [first, second] = [recording('t09'), recording('t07')];
    // Both are one utterance: no pause is long enough to end it, and it is too short to be split.
    await goOnWith('confirm.txt', {
      'tandem.listening.endOfUtterance': 5_000,
      'tandem.listening.longestUtterance': 28_000,
    });
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening', isReady, PATIENCE_MS);
    await contextBecomes(page, 'tandem.pending', false);
    await withoutConfirmation(server.pid, async () => {
      await microphone.play(first.wav);
      await until(page, 'a draft', ({ draft }) => draft !== '', PATIENCE_MS);
      await contextBecomes(page, 'tandem.pending', true);
    });
    await page.keyboard.press(CONFIRM_KEY);
    await microphone.play(second.wav);
    await workbench.command('Dictation: Stop Dictation');
    const all = (await until(page, 'the end', isOff, PATIENCE_MS)).document.trimEnd();
    const rate = (expected: string, document: string) =>
      wordErrors(expected, document.replace('first line', '')).rate;
    assert.ok(rate(`${first.text} ${second.text}`, all) < 0.5, all);
    await contextBecomes(page, 'tandem.pending', false);
    await workbench.caretAtEndOf(1);
    // One utterance is one undo step: what was confirmed on demand stays when the rest is taken back.
    await page.keyboard.press('Control+z');
    const { document } = await until(page, 'less', (now) => now.document.trimEnd().length < all.length);
    assert.ok(rate(first.text, document.trimEnd()) < 0.5, `"${document}" of "${all}"`);
  });
});
