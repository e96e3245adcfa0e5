import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wordErrors } from '../../../src/core/measure/wer';
import { stepByStep } from '../run/evidence';
import type { Host } from '../run/host';
import { recordersOf } from '../run/processes';
import { screenshotFile } from '../run/screenshots';
import type { SharedWindow } from '../run/shared-window';
import { withoutConfirmation } from '../run/standstill';
import type { Workbench } from '../run/workbench';
import { contrast } from './contrast';
import { isSettled, look, observe, observed, until } from './observer';
import { recording } from './recordings';

/** The models confirm what was said with fewer word errors than this, over all that is spoken here. */
const MAX_WORD_ERROR_RATE = 0.15;
/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 90_000;

/** Between two sentences, so that they are two utterances. */
const PAUSE_MS = 1_200;

const HEADING = '# Code review';
/** It listens, models are loaded, and nothing waits for confirmation. */

/** One window, operated step by step: each test goes on where the one before has ended. */
export const dictation = (window: SharedWindow) => () => {
  const first = recording('t03');
  const second = recording('t14');
  const more = ['t01', 't08', 't07', 't16'].map(recording);
  let host: Host;
  let workbench: Workbench;

  before(async () => {
    ({ host, workbench } = await window.take({ file: 'review.md', content: `${HEADING}\n\n` }));
    await workbench.caretAtEndOf(2);
  });

  stepByStep(() => host);

  it('starts from the command palette, hears the microphone and says so in the status bar', async () => {
    const { page } = host;
    await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening with loaded models', isSettled, PATIENCE_MS);
    assert.ok((await recordersOf(host.server.pid)).length > 0, 'a recorder program runs');
    // The built-in models were announced; that has been read.
    await workbench.command('Notifications: Clear All Notifications');
    await page.screenshot({ path: await screenshotFile('1-listening') });
  });

  it('shows a dimmed draft while one speaks, and leaves the document alone until it is confirmed', async () => {
    const { page, microphone } = host;
    const untouched = (await look(page)).document;
    await observe(page);
    await microphone.play(first.wav);
    await until(page, 'confirmed words', (now) => isSettled(now) && now.document !== untouched, PATIENCE_MS);

    const shown = await observed(page);
    const confirmedAt = shown.findIndex(({ document }) => document !== untouched);
    const drafting = shown.slice(0, confirmedAt).filter(({ draft }) => draft !== '');
    assert.ok(drafting.length >= 2, `drafts were shown and grew: ${JSON.stringify(drafting)}`);
    for (const { dirty } of shown.slice(0, confirmedAt)) assert.equal(dirty, false, 'not dirty by a draft');
    assert.equal(shown.at(-1)?.dirty, true, 'dirty by confirmed text');
    for (const { draftStyle, textColor, background } of drafting) {
      assert.ok(draftStyle);
      const dimmed = contrast(draftStyle.color, background, Number(draftStyle.opacity));
      assert.ok(dimmed < contrast(textColor, background), 'the draft is dimmer than text');
    }
    assert.ok(
      shown.some(({ status }) => status.includes('hears you')),
      'the status bar said that speech is heard',
    );
    await page.screenshot({ path: await screenshotFile('2-confirmed') });
  });

  it('keeps the draft while confirmation is late, says so, and then confirms it behind what is there', async () => {
    const { page, microphone, server } = host;
    const before = await look(page);
    await withoutConfirmation(server.pid, async () => {
      const speaking = microphone.play(second.wav);
      await until(page, 'a draft of some words', ({ draft }) => words(draft) >= 7, PATIENCE_MS);
      await page.screenshot({ path: await screenshotFile('2-draft') });
      await speaking;
      const late = await until(
        page,
        'pending words',
        ({ status }) => status.includes('confirms'),
        PATIENCE_MS,
      );
      assert.equal(late.document, before.document);
      assert.ok(wordErrors(second.text, late.draft).rate < 0.5, `the draft is whole: ${late.draft}`);
    });
    const after = await until(
      page,
      'confirmed words',
      (now) => isSettled(now) && now.document !== before.document,
      PATIENCE_MS,
    );
    assert.ok(after.document.startsWith(before.document.trimEnd()), 'what was confirmed stays as it is');
  });

  it('takes the last utterance back in one step of undo, and only that', async () => {
    const { page } = host;
    const before = (await look(page)).document;
    await page.keyboard.press('Control+z');
    const undone = await until(page, 'the undo', ({ document }) => document !== before);
    assert.equal(wordErrors(first.text, spoken(undone.document)).rate < 1, true, 'the first sentence stays');
    assert.ok(
      wordErrors(second.text, before.slice(undone.document.trimEnd().length)).rate < 0.5,
      `the second went as a whole; left: ${undone.document}`,
    );
    await page.keyboard.press('Control+Shift+z');
    const redone = await until(page, 'the redo', ({ document }) => document !== undone.document);
    assert.equal(redone.document, before);
  });

  it('confirms the words that were spoken', async () => {
    const { page, microphone, folder } = host;
    for (const { wav } of more) {
      await sleep(PAUSE_MS);
      await microphone.play(wav);
    }
    // At once, without a pause: what is pending must still be confirmed.
    await workbench.command('Dictation: Stop Dictation');
    await until(page, 'the end', ({ status }) => status.includes('is off'), PATIENCE_MS);
    await page.keyboard.press('Control+s');
    await until(page, 'the saved file', ({ dirty }) => !dirty);
    const saved = await readFile(path.join(folder, 'review.md'), 'utf8');
    assert.ok(saved.startsWith(`${HEADING}\n\n`), saved);
    const result = wordErrors([first, second, ...more].map(({ text }) => text).join(' '), spoken(saved));
    assert.ok(result.rate < MAX_WORD_ERROR_RATE, `${result.errors} of ${result.words} words: ${saved}`);
    await page.screenshot({ path: await screenshotFile('3-stopped') });
  });

  it('leaves no recorder running', async () => {
    assert.deepEqual(await recordersOf(host.server.pid), []);
  });
};

function words(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** What was dictated into a file that begins with the heading. */
function spoken(document: string): string {
  return document.replace(HEADING, '');
}
