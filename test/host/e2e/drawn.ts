import type { Page } from '../run/playwright';

/** Words that have been marked behind, by what the mark says, as they are written. */
export interface MarkedWords {
  readonly settled: readonly string[];
  readonly corrected: readonly string[];
}

/** A draft as one group of editors draws it. */
export interface DrawnDraft {
  /** The document, its rows joined by single blanks. */
  readonly document: string;
  readonly draft: string;
  /** Nothing of the draft is cut off at a side. */
  readonly inSight: boolean;
}

/** A mark stands for less than a second: the page looks this often, so that it misses none, ms. */
const EVERY_MS = 30;
/** Colours are drawn with eight bits a channel. */
const ALPHA_TOLERANCE = 0.01;

/**
 * Reads {@link MarkedWords} as they are now; runs in the page. Marks are boxes behind the text, told apart by their colours,
 * and a word is marked if its middle is in one.
 */
const READ_MARKS = `(() => {
  const workbench = document.querySelector('.monaco-workbench');
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const themed = (id) => {
    const probe = document.createElement('div');
    probe.style.backgroundColor = 'var(--vscode-tandem-' + id + 'Background)';
    workbench.append(probe);
    const color = channels(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return color;
  };
  const isSame = (a, b) => a.length === b.length && a.every((one, i) => Math.abs(one - b[i]) <= (i < 3 ? 0 : ${ALPHA_TOLERANCE}));
  const boxes = [...document.querySelectorAll('.view-overlays .cdr')]
    .map((box) => ({ box: box.getBoundingClientRect(), color: channels(getComputedStyle(box).backgroundColor) }));
  const words = () => [...document.querySelectorAll('.editor-instance .view-line')].flatMap((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push({ node, start: text.length });
      text += node.data;
    }
    const at = (offset) => {
      const { node, start } = nodes.findLast((one) => one.start <= offset);
      return [node, Math.min(offset - start, node.data.length)];
    };
    return [...text.matchAll(/\\S+/g)].map(({ index, 0: word }) => {
      const range = document.createRange();
      range.setStart(...at(index));
      range.setEnd(...at(index + word.length));
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { word, x: (left + right) / 2, y: (top + bottom) / 2 };
    });
  });
  const marked = (id) => {
    const color = themed(id);
    const marks = boxes.filter((one) => isSame(one.color, color));
    const isIn = ({ x, y }) => ({ box }) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    return marks.length === 0 ? [] : words().filter((word) => marks.some(isIn(word))).map(({ word }) => word);
  };
  return { settled: marked('settled'), corrected: marked('corrected') };
})()`;

/** Words that are marked now. */
export function marksNow(page: Page): Promise<MarkedWords> {
  return page.evaluate<MarkedWords>(READ_MARKS);
}

/** Makes the page note every word that is marked from now on. */
export async function watchMarks(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    clearInterval(window.watching);
    window.marked = { settled: new Set(), corrected: new Set() };
    window.watching = setInterval(() => {
      const { settled, corrected } = ${READ_MARKS};
      settled.forEach((word) => window.marked.settled.add(word));
      corrected.forEach((word) => window.marked.corrected.add(word));
    }, ${EVERY_MS});
  })()`);
}

/** Words that have been marked since {@link watchMarks}. */
export function seenMarks(page: Page): Promise<MarkedWords> {
  return page.evaluate<MarkedWords>(
    '({ settled: [...window.marked.settled], corrected: [...window.marked.corrected] })',
  );
}

/** Drafts beside the text, as every group of editors draws them, from left to right. */
export function drawnDrafts(page: Page): Promise<readonly DrawnDraft[]> {
  return page.evaluate<readonly DrawnDraft[]>(`(() => {
    const plain = (text) => text.replaceAll('\\u00a0', ' ');
    const groups = [...document.querySelectorAll('.editor-group-container')]
      .sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left);
    return groups.map((group) => {
      const pane = group.querySelector('.editor-scrollable').getBoundingClientRect();
      const lines = [...group.querySelectorAll('.view-line')]
        .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top));
      const spans = lines
        .flatMap((line) => [...line.querySelectorAll('span')])
        .map((span) => ({ content: getComputedStyle(span, '::after').content, box: span.getBoundingClientRect() }))
        .filter(({ content }) => content.startsWith('"') && content.length > 2);
      return {
        document: lines.map((line) => plain(line.textContent)).join(' ').replace(/ +/g, ' '),
        draft: spans.map(({ content }) => plain(JSON.parse(content))).join(''),
        inSight: spans.every(({ box }) => box.width > 0 && pane.left <= box.left && box.right <= pane.right),
      };
    });
  })()`);
}
