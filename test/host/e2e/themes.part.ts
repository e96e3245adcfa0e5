import assert from 'node:assert/strict';
import { wordErrors } from '../../../src/core/measure/wer';
import type { Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import type { SharedWindow } from '../run/shared-window';
import { withoutConfirmation } from '../run/standstill';
import type { Workbench } from '../run/workbench';
import { contrast } from './contrast';
import { look, until, type Sample } from './observer';
import { recording } from './recordings';

/** Models load in a second; a loaded two-core machine gets all the time it may need. */
const PATIENCE_MS = 90_000;
/** Large or dimmed text should reach this (WCAG 2.2, 1.4.11); drafts are to be read while one speaks. */
const READABLE = 3;

/** Each with another background than the one before, so that the change can be seen; the window begins in a light one. */
const THEMES = [
  ['dark', 'Default Dark Modern'],
  ['high-contrast-light', 'Default High Contrast Light'],
  ['high-contrast', 'Default High Contrast'],
  ['light', 'Default Light Modern'],
] as const;

const LONG_LINE = 'A line that is long already, so that what is dictated behind it has little room left:';
const isSettled = ({ draft, status }: Sample) => draft === '' && /Dictation listens(?! while)/.test(status);

/** The draft is dimmer than the text, but still to be read. */
function isDimmed({ draftStyle, textColor, background }: Sample): boolean {
  if (!draftStyle) return false;
  const dimmed = contrast(draftStyle.color, background, Number(draftStyle.opacity));
  return dimmed < contrast(textColor, background) && dimmed >= READABLE;
}

/** How drafts and settled words look. */
export const themes = (window: SharedWindow) => () => {
  const spoken = recording('t14');
  let host: Host;
  let workbench: Workbench;

  /** Backgrounds of marks behind the text, as the page draws them now. */
  const MARKS = `[...document.querySelectorAll('.view-overlays .cdr')]
      .map((mark) => getComputedStyle(mark).backgroundColor)
      .filter((color) => !/, 0\\)$/.test(color) && !/^rgb\\(/.test(color))`;
  const marks = () => host.page.evaluate<string[]>(MARKS);
  /** A mark stands for less than a second: the page itself keeps watch, so that a slow test misses none. */
  const watchMarks = () =>
    host.page.evaluate(`window.seenMarks = new Set();
      window.watching = setInterval(() => ${MARKS}.forEach((color) => window.seenMarks.add(color)), 30); undefined`);
  const seenMarks = () => host.page.evaluate<string[]>('[...window.seenMarks]');

  before(async () => {
    ({ host, workbench } = await window.take({
      file: 'themes.md',
      content: `Review\n\n${LONG_LINE}\n\n`,
    }));
    const { page } = host;
    await workbench.caretAtEndOf(2);
    await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening with loaded models', isSettled, PATIENCE_MS);
    await workbench.command('Notifications: Clear All Notifications');
    await watchMarks();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await host.keepEvidence(this.currentTest.title);
  });

  it('a draft behind a long line shows its end, dimmed and readable in every theme', async () => {
    const { page, microphone } = host;
    await withoutConfirmation(host.server.pid, async () => {
      await microphone.play(spoken.wav);
      await until(page, 'a draft that waits', ({ status }) => status.includes('confirms'), PATIENCE_MS);
      for (const [name, theme] of THEMES) {
        const before = await look(page);
        await window.configure({ 'workbench.colorTheme': theme, 'editor.wordWrap': 'off' });
        await until(page, theme, ({ background }) => background !== before.background, PATIENCE_MS);
        // The colours of text and decorations follow those of the window, one by one.
        const { draft } = await until(
          page,
          `a draft dimmer than the text in ${theme}`,
          isDimmed,
          PATIENCE_MS,
        );
        assert.ok(draft.length < spoken.text.length, `shortened to its end: ${draft}`);
        await page.screenshot({ path: await screenshotFile(`draft-${name}`) });
      }
    });
  });

  it('words that settle are marked for a moment', async () => {
    const { page } = host;
    await until(page, 'a mark', ({ document }) => document.includes(`${LONG_LINE} `), PATIENCE_MS);
    await page.screenshot({ path: await screenshotFile('settled-light') });
    await until(page, 'confirmed words', isSettled, PATIENCE_MS);
    assert.ok((await seenMarks()).length > 0, 'there was a mark behind the words');
    for (let left = 100; left > 0 && (await marks()).length > 0; left--)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(await marks(), [], 'and it goes');
  });

  it('inline drafts wrap, dimmed, in the document, and settle in place', async () => {
    const { page, microphone } = host;
    await window.configure({
      'workbench.colorTheme': 'Default Dark Modern',
      'editor.wordWrap': 'on',
      'tandem.draft.style': 'inline',
    });
    await workbench.command('Dictation: Stop Dictation');
    await until(page, 'the end', ({ status }) => status.includes('is off'), PATIENCE_MS);
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening', isSettled, PATIENCE_MS);
    const before = (await look(page)).document;
    await withoutConfirmation(host.server.pid, async () => {
      await microphone.play(spoken.wav);
      const late = await until(page, 'a draft', ({ status }) => status.includes('confirms'), PATIENCE_MS);
      assert.equal(late.draft, '', 'nothing beside the text');
      const text = (document: string) => document.replace(/\s+/g, ' ');
      const drafted = text(late.document).length - text(before).length;
      assert.ok(drafted > spoken.text.length / 2, `it is in the document: ${late.document}`);
      await page.screenshot({ path: await screenshotFile('inline-dark') });
    });
    await until(page, 'the end', isSettled, PATIENCE_MS);
    await page.screenshot({ path: await screenshotFile('inline-settled-dark') });
    const { document } = await look(page);
    const last = document.replace(/\s+/g, ' ').slice(before.replace(/\s+/g, ' ').trimEnd().length);
    assert.ok(wordErrors(spoken.text, last).rate < 0.5, last);
  });
};
