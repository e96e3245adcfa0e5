import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stepByStep } from '../run/evidence';
import type { Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import type { SharedWindow } from '../run/shared-window';
import { buttonOf, messageOf } from '../run/shown';
import { withoutConfirmation } from '../run/standstill';
import type { Workbench } from '../run/workbench';
import { assertSpoken, ByKey } from './by-key';
import { marks, type Marks } from './marks';
import { isOff, isSettled, observe, observed, until, type Sample } from './observer';
import { recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 90_000;
const LOOK_AGAIN_MS = 50;

const FILE = 'told.txt';
const OTHER_FILE = 'kept.txt';
const NOTES = 'first line\n';
/** Come once, with the first dictation of all, whichever test that is. */
const FIRST_OF_ALL = /built-in models|hears the microphone of/;

/** What is told by the status bar, by marks and by notifications: as little as possible, but never too little. */
export const told = (window: SharedWindow) => () => {
  const spoken = recording('t09');
  let host: Host;
  let workbench: Workbench;

  before(async () => {
    ({ host, workbench } = await window.take({ file: FILE, content: NOTES }));
    await until(host.page, 'the status bar item', isOff, PATIENCE_MS);
  });

  stepByStep(() => host);

  /** Starts in the empty last line. */
  async function listen(): Promise<void> {
    await workbench.caretAtEndOf(1);
    await workbench.command('Dictation: Start Dictation');
    await until(host.page, 'listening', isSettled, PATIENCE_MS);
  }

  async function stop(): Promise<Sample> {
    await workbench.command('Dictation: Stop Dictation');
    return until(host.page, 'the end', isOff, PATIENCE_MS);
  }

  /** Does something while words are drafted, and not confirmed. */
  async function withDraft(action: () => Promise<void>): Promise<void> {
    const { page, microphone, server } = host;
    await withoutConfirmation(server.pid, async () => {
      await microphone.play(spoken.wav);
      // Of some words at least: on few cores the draft of the others waits for a final pass, which stands still.
      const waits = ({ draft, status }: Sample) => draft !== '' && status.includes('confirms');
      await until(page, 'a draft that waits', waits, PATIENCE_MS);
      await action();
    });
  }

  /** Presses a button of the notification that says why. */
  async function press(why: string, name: string): Promise<void> {
    const offer = messageOf(host.page, why);
    await offer.waitFor({ timeout: PATIENCE_MS });
    await buttonOf(host.page, why, name).click();
    await offer.waitFor({ state: 'hidden', timeout: PATIENCE_MS });
  }

  /** Chooses how the place is marked; resolves once it is. */
  async function markBy(style: keyof Marks | 'none'): Promise<void> {
    await window.configure({ 'tandem.anchor.mark': style });
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const { gutter, line } = await marks(host.page);
      if (gutter > 0 === (style === 'gutter') && line > 0 === (style === 'line')) return;
      assert.ok(Date.now() < deadline, `${style}: ${gutter} in the gutter, ${line} lines`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  it('the place is marked as one chooses, a muted microphone is named, and no notification comes', async () => {
    const { page, microphone } = host;
    const status = new ByKey(host);
    const idle = await status.around('the item', ({ label }) => label !== '');
    await observe(page);
    await listen();
    for (const style of ['line', 'none', 'gutter'] as const) {
      await markBy(style);
      await page.screenshot({ path: await screenshotFile(`25-mark-${style}`) });
    }
    await microphone.mute(true);
    const muted = await status.around('the warning', ({ label }) => label.includes('pure silence'));
    assert.match(muted.item, /No sound/);
    assert.notEqual(muted.background, idle.background, 'a colour of its own');
    await page.screenshot({ path: await screenshotFile('26-muted') });
    await microphone.mute(false);
    const heard = await status.around('its end', ({ label }) => label === 'Dictation listens');
    assert.equal(heard.background, idle.background);

    await microphone.play(spoken.wav);
    const { document } = await stop();
    assertSpoken(spoken, document.replace(NOTES.trim(), ''));
    const shown = await observed(page);
    assert.ok(
      shown.some(({ draft }) => draft !== ''),
      'drafts were shown',
    );
    const messages = new Set(shown.flatMap((sample) => sample.messages));
    assert.deepEqual(
      [...messages].filter((message) => !FIRST_OF_ALL.test(message)),
      [],
    );
    await page.keyboard.press('Control+s');
    await until(page, 'the saved file', ({ dirty }) => !dirty);
  });

  it('words for a file that is closed and deleted meanwhile stand in a new one when that is asked for', async () => {
    const { page, folder } = host;
    await listen();
    await withDraft(async () => {
      await workbench.command('View: Close Editor');
      await until(page, 'the end by itself', ({ status }) => status.includes('the last words'), PATIENCE_MS);
      await rm(path.join(folder, FILE));
    });
    await press('was closed', 'Open and Insert');
    const tab = page.locator('.tab.active').filter({ hasText: 'Untitled' });
    await tab.first().waitFor({ timeout: PATIENCE_MS });
    const { document } = await until(page, 'the words', (now) => now.document.trim() !== '', PATIENCE_MS);
    assertSpoken(spoken, document);
  });

  it('words for a file that may not be edited any more are copied when that is asked for', async () => {
    const { page, folder } = host;
    const file = path.join(folder, OTHER_FILE);
    await writeFile(file, NOTES);
    await workbench.openFile(file);
    await listen();
    await withDraft(() => workbench.command('File: Set Active Editor Read-only in Session'));
    await press('could not be edited', 'Copy');
    assert.equal((await stop()).document, NOTES, 'nothing was written');
    await workbench.command('File: Set Active Editor Writeable in Session');
    await workbench.caretAtEndOf(1);
    await page.keyboard.press('Control+v');
    const { document } = await until(page, 'the words', (now) => now.document !== NOTES, PATIENCE_MS);
    assertSpoken(spoken, document.replace(NOTES.trim(), ''));
    await page.keyboard.press('Control+z');
    await until(page, 'the former text', (now) => now.document === NOTES);
  });

  it('what is cancelled is offered, and a command inserts it, too', async () => {
    const { page } = host;
    await observe(page);
    await listen();
    await withDraft(() => workbench.command('Dictation: Cancel Dictation'));
    const gone = await until(page, 'no draft', (now) => isOff(now) && now.draft === '', PATIENCE_MS);
    assert.equal(gone.document, NOTES, 'nothing was written');
    await press('was cancelled', 'Open and Insert');
    const offered = await until(page, 'the words', (now) => now.document !== NOTES, PATIENCE_MS);
    const text = offered.document.replace(NOTES.trim(), '').trim();
    const drafts = (await observed(page)).map(({ draft }) => draft.trim());
    assert.ok(drafts.includes(text), `"${text}" of ${JSON.stringify(drafts)}`);
    await page.keyboard.press('Control+z');
    await until(page, 'the former text', (now) => now.document === NOTES);
    await workbench.caretAtEndOf(1);
    await workbench.command('Dictation: Insert Last Dictation');
    const inserted = await until(page, 'the words', (now) => now.document !== NOTES, PATIENCE_MS);
    assert.equal(inserted.document, offered.document);
  });
};
