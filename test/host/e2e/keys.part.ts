import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { wordErrors } from '../../../src/core/measure/wer';
import type { Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import type { SharedWindow } from '../run/shared-window';
import type { Workbench } from '../run/workbench';
import { until } from './observer';
import { recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 120_000;
const KEY = 'Shift+Alt+v';
/** As most keyboards are set up. */
const KEY_REPEAT_MS = 33;

/** Makes the page note all that is handed to screen readers, from now on. */
const LISTEN = `(() => {
  window.announced = [];
  const note = () => {
    for (const one of document.querySelectorAll('.monaco-aria-container > *')) {
      const text = one.textContent.trim();
      if (text !== '' && window.announced.at(-1) !== text) window.announced.push(text);
    }
  };
  const container = document.querySelector('.monaco-aria-container');
  new MutationObserver(note).observe(container, { childList: true, subtree: true, characterData: true });
})()`;
/** Where pictures beside the line numbers come from. */
const MARKS = `[...document.querySelectorAll('.margin *')]
  .map((one) => getComputedStyle(one).backgroundImage)
  .filter((image) => image.includes('mark-')).length`;

/** What the key does, and what a screen reader is told. */
export const keys = (window: SharedWindow) => () => {
  const { wav, text } = recording('t03');
  let host: Host;
  let workbench: Workbench;

  before(async () => {
    ({ host, workbench } = await window.take({
      file: 'keys.txt',
      content: 'first line\n',
      settings: { 'tandem.accessibility.announce': 'on', 'tandem.stopAfterSilence': 3 },
    }));
    const { page } = host;
    await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
    await page.evaluate(LISTEN);
    await workbench.caretAtEndOf(1);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await host.keepEvidence(this.currentTest.title);
  });

  const listening = (status: string) => /listens|hears|confirms your/.test(status);

  /** All that was announced, once every one of `texts` was: announcements come some moments after what they tell of. */
  async function announcedUntil(...texts: readonly string[]): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const announced = await host.page.evaluate<string[]>('window.announced');
      // Written text comes in pieces; what comes close together is read together.
      const pieces = announced.flatMap((one) => one.replace(/^Info: /, '').split(' · '));
      const [words, states] = [/^(?!Dictation)/, /^Dictation/].map((kind) =>
        pieces.filter((one) => kind.test(one)).join(' '),
      );
      if (texts.every((text) => words?.includes(text) || states?.includes(text))) return;
      assert.ok(Date.now() < deadline, `${texts.join(', ')} never announced: ${announced.join('; ')}`);
      await sleep(200);
    }
  }

  it('listens to one utterance after two quick presses, marks the line, and tells a screen reader', async () => {
    const { page, microphone } = host;
    await page.keyboard.press(KEY);
    await page.keyboard.press(KEY);
    await until(page, 'listening', ({ status }) => /listens(?! while)/.test(status), PATIENCE_MS);
    assert.ok((await page.evaluate<number>(MARKS)) > 0, 'a mark beside the line');
    // Escape closes widgets all day long; it must not end a dictation.
    await page.keyboard.press('Escape');
    await sleep(500);
    await until(page, 'still listening', ({ status }) => listening(status), PATIENCE_MS);
    await page.screenshot({ path: await screenshotFile('9-mark') });
    await microphone.play(wav);
    const { document } = await until(
      page,
      'the end after one utterance',
      (now) => now.status.includes('is off') && now.document.length > 'first line\n'.length + 5,
      PATIENCE_MS,
    );
    assert.ok(wordErrors(text, document.replace('first line', '')).rate < 0.5, document);
    assert.equal(await page.evaluate<number>(MARKS), 0, 'no mark is left');
    const last = document.trim().split('\n').at(-1) ?? '';
    await announcedUntil('Dictation listens', last.trim(), 'Dictation has stopped');
  });

  it('starts and stops with one press each', async () => {
    const { page } = host;
    await sleep(1_000); // so that the press is not taken for a repeat
    await page.keyboard.press(KEY);
    await until(page, 'listening', ({ status }) => listening(status), PATIENCE_MS);
    await sleep(500);
    await page.keyboard.press(KEY);
    await until(page, 'the end', ({ status }) => status.includes('is off'), PATIENCE_MS);
  });

  it('listens as long as its key is held', async () => {
    const { page, microphone } = host;
    const { keyboard } = page;
    await sleep(1_000); // so that the press is not taken for a repeat
    const before = await until(page, 'nothing listens', ({ status }) => status.includes('is off'));
    for (const key of ['Shift', 'Alt', 'v']) await keyboard.down(key);
    // Not awaited one by one: what a slow machine delays must still come at the pace of a keyboard.
    const repeating = setInterval(() => void keyboard.down('v').catch(() => undefined), KEY_REPEAT_MS);
    try {
      await until(page, 'listening', ({ status }) => /listens(?! while)/.test(status), PATIENCE_MS);
      await microphone.play(wav);
    } finally {
      clearInterval(repeating);
      for (const key of ['v', 'Alt', 'Shift']) await keyboard.up(key);
    }
    const { document } = await until(
      page,
      'the end, since the key was let go',
      (now) => now.status.includes('is off') && now.document.length > before.document.length,
      PATIENCE_MS,
    );
    assert.ok(wordErrors(text, document.slice(before.document.trimEnd().length)).rate < 0.5, document);
  });

  it('confirms at once when asked to, and stops by itself after the silence that is set', async () => {
    const { page, microphone } = host;
    await sleep(1_000);
    const before = await until(page, 'the end', ({ status }) => status.includes('is off'));
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening', ({ status }) => /listens(?! while)/.test(status), PATIENCE_MS);
    await microphone.play(wav);
    await workbench.command('Dictation: Confirm Now');
    await until(page, 'the words', ({ document }) => document.length > before.document.length, PATIENCE_MS);
    await until(page, 'the end by itself', ({ status }) => status.includes('is off'), PATIENCE_MS);
  });
};
