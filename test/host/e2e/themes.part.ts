import assert from 'node:assert/strict';
import { wordErrors } from '../../../src/core/measure/wer';
import { keepEvidence } from '../run/evidence';
import type { Host } from '../run/host';
import { screenshotFile } from '../run/screenshots';
import type { SharedWindow } from '../run/shared-window';
import { withoutConfirmation } from '../run/standstill';
import type { Workbench } from '../run/workbench';
import { contrast } from './contrast';
import { drawnDrafts, marksNow, seenMarks, watchMarks, type DrawnDraft } from './drawn';
import { isSettled, look, until, type Sample } from './observer';
import { marks } from './marks';
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

const SHORT_LINE = 'A line with a beginning:';
const LONG_LINE = 'A line that is long already, so that what is dictated behind it has little room left:';

/** The draft is dimmer than the text, but still to be read. */
function isDimmed({ draftStyle, textColor, background }: Sample): boolean {
  if (!draftStyle) return false;
  const dimmed = contrast(draftStyle.color, background, Number(draftStyle.opacity));
  return dimmed < contrast(textColor, background) && dimmed >= READABLE;
}

/** How drafts and settled words look. */
export const themes = (window: SharedWindow) => () => {
  const spoken = recording('t14');
  /** The fast model hears words in it ("common project") that the heavy one corrects. */
  const misheard = recording('t17');
  let host: Host;
  let workbench: Workbench;

  /** Looks until no word is marked any more. */
  async function untilUnmarked(): Promise<void> {
    const isMarked = async () => {
      const { settled, corrected } = await marksNow(host.page);
      return settled.length + corrected.length > 0;
    };
    for (let left = 100; left > 0 && (await isMarked()); left--)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(await marksNow(host.page), { settled: [], corrected: [] });
  }

  /** Ends the dictation and begins one at the end of the file. */
  async function beginAnew(): Promise<void> {
    const { page } = host;
    await workbench.command('Dictation: Stop Dictation');
    await until(page, 'the end', ({ status }) => status.includes('is off'), PATIENCE_MS);
    await page.keyboard.press('Control+End');
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening', isSettled, PATIENCE_MS);
  }

  before(async () => {
    ({ host, workbench } = await window.take({
      file: 'themes.md',
      content: `Review\n\n${LONG_LINE}\n\n${SHORT_LINE}`,
    }));
    const { page } = host;
    await workbench.caretAtEndOf(2);
    await until(page, 'the status bar item', ({ status }) => status.includes('is off'), PATIENCE_MS);
    await workbench.command('Dictation: Start Dictation');
    await until(page, 'listening with loaded models', isSettled, PATIENCE_MS);
    await workbench.command('Notifications: Clear All Notifications');
    await watchMarks(host.page);
  });

  keepEvidence(() => host);

  it('a draft behind a long line shows its end, dimmed and readable in every theme', async () => {
    const { page, microphone } = host;
    await withoutConfirmation(host.server.pid, async () => {
      await microphone.play(spoken.wav);
      await until(page, 'a draft that waits', ({ status }) => status.includes('confirms'), PATIENCE_MS);
      for (const [index, [name, theme]] of THEMES.entries()) {
        const before = await look(page);
        const wrap = index % 2 === 0 ? 'off' : 'on';
        await window.configure({ 'workbench.colorTheme': theme, ...wordWrap(wrap) });
        await until(page, theme, ({ background }) => background !== before.background, PATIENCE_MS);
        // The colours of text and decorations follow those of the window, one by one.
        const { draft } = await until(
          page,
          `a draft dimmer than the text in ${theme}`,
          isDimmed,
          PATIENCE_MS,
        );
        assert.match(draft, /^.?…/, 'shortened to its end');
        const [drawn] = await drawnDrafts(page);
        assert.ok(drawn?.inSight, `to be seen with word wrap ${wrap}`);
        await page.screenshot({ path: await screenshotFile(`draft-${name}`) });
      }
    });
  });

  it('words that settle are marked for a moment', async () => {
    const { page } = host;
    await until(page, 'a mark', ({ document }) => document.includes(`${LONG_LINE} `), PATIENCE_MS);
    await page.screenshot({ path: await screenshotFile('settled-light') });
    await until(page, 'confirmed words', isSettled, PATIENCE_MS);
    const { settled } = await seenMarks(page);
    assert.ok(settled.length > 0, 'there was a mark behind the words');
    const others = wordsOf(LONG_LINE).filter((word) => !wordsOf(spoken.text).includes(word));
    assert.deepEqual(
      others.filter((word) => settled.includes(word)),
      [],
      'and behind no others',
    );
    await untilUnmarked();
  });

  it('in editors side by side each shows the end of a draft, with and without word wrap, and the words land once', async () => {
    const { page, microphone } = host;
    const rows = () => page.evaluate<number>(`document.querySelectorAll('.view-line').length`);
    await window.configure(wordWrap('off'));
    await workbench.command('View: Split Editor Right');
    await beginAnew();
    await withoutConfirmation(host.server.pid, async () => {
      await microphone.play(spoken.wav);
      // So that it has no room in a row of one of two editors.
      await until(page, 'a long draft', ({ draft }) => draft.includes('…'), PATIENCE_MS);
      await assertBothShowTheEnd();
      const before = await rows();
      await window.configure(wordWrap('on'));
      for (let left = 100; left > 0 && (await rows()) <= before; left--)
        await new Promise((resolve) => setTimeout(resolve, 100));
      assert.ok((await rows()) > before, 'the long line wraps');
      await assertBothShowTheEnd();
      await page.screenshot({ path: await screenshotFile('draft-in-two-editors') });
    });
    await until(page, 'confirmed words', isSettled, PATIENCE_MS);
    const [left, right] = await drawnDrafts(page);
    assert.ok(left && right);
    assert.equal(left.document, right.document);
    const landed = left.document.slice(left.document.indexOf(LONG_LINE));
    const expected = `${LONG_LINE} ${spoken.text} ${SHORT_LINE} ${spoken.text}`;
    assert.ok(wordErrors(expected, landed).rate < 0.2, landed);
    await workbench.command('View: Join All Editor Groups');
  });

  /** The editors of a document are drawn one after the other. */
  async function assertBothShowTheEnd(): Promise<void> {
    const isShort = ({ draft, inSight }: DrawnDraft) => /^.?…/.test(draft) && inSight;
    let drawn = await drawnDrafts(host.page);
    for (let left = 100; left > 0 && !drawn.every(isShort); left--) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      drawn = await drawnDrafts(host.page);
    }
    assert.equal(drawn.length, 2, 'two groups of editors');
    for (const { draft, inSight } of drawn) {
      assert.match(draft, /^.?…/, 'shortened to its end');
      assert.ok(inSight, `in sight: ${draft}`);
    }
  }

  it('inline drafts wrap, dimmed, in the document; they settle in place, what was corrected marked more strongly', async () => {
    const { page, microphone } = host;
    await window.configure({
      'workbench.colorTheme': 'Default Dark Modern',
      ...wordWrap('on'),
      'tandem.draft.style': 'inline',
    });
    await beginAnew();
    await untilUnmarked();
    await watchMarks(page);
    const before = wordsOf((await look(page)).document);
    await withoutConfirmation(host.server.pid, async () => {
      await microphone.play(misheard.wav);
      const late = await until(page, 'a draft', ({ status }) => status.includes('confirms'), PATIENCE_MS);
      assert.equal(late.draft, '', 'nothing beside the text');
      const drafted = wordsOf(late.document).slice(before.length);
      assert.ok(
        drafted.length > wordsOf(misheard.text).length / 2,
        `it is in the document: ${late.document}`,
      );
      await page.screenshot({ path: await screenshotFile('inline-dark') });
    });
    await until(page, 'the end', isSettled, PATIENCE_MS);
    await page.screenshot({ path: await screenshotFile('inline-settled-dark') });
    const confirmed = wordsOf((await look(page)).document).slice(before.length);
    assert.ok(wordErrors(misheard.text, confirmed.join(' ')).rate < 0.5, confirmed.join(' '));
    await untilUnmarked();
    const { settled, corrected } = await seenMarks(page);
    assert.deepEqual(
      confirmed.filter((word) => !settled.includes(word)),
      [],
      'all words that were confirmed have settled',
    );
    assert.equal(
      (await marks(page)).gutter,
      1,
      'the place where words land is marked once, though its line wraps',
    );
    assert.ok(corrected.length > 0, 'what was corrected stands out');
    assert.ok(corrected.length < settled.length, `and nothing else: ${corrected.join(' ')}`);
    assert.deepEqual(
      [...settled, ...corrected].filter((word) => !confirmed.includes(word)),
      [],
      'nothing of what was there before is marked',
    );
  });
};

function wordWrap(wrap: 'on' | 'off') {
  // Markdown has a default of its own, which goes before what is set for all languages.
  return { '[markdown]': { 'editor.wordWrap': wrap } };
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
