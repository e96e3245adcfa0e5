import type { Page } from '../run/playwright';

/** What the window shows outside its editors. */
export interface Surroundings {
  /** The item of the extension in the status bar, as it is read. */
  readonly item: string;
  /** What a screen reader says of it, in whichever language. */
  readonly label: string;
  /** Its background, as CSS has it. */
  readonly background: string;
  /** Drafts in the status bar. */
  readonly preview: string;
  /** The lines of the terminal in front, without those that are empty. */
  readonly terminal: readonly string[];
  readonly commitMessage: string;
  readonly comment: string;
  readonly cell: string;
}

/** Text of inputs that are editors; those of the window itself are none that `look` sees. */
const PLACES = {
  commitMessage: '.scm-view .scm-editor .view-line',
  comment: '.comment-form .monaco-editor .view-line',
  cell: '.notebookOverlay .cell-editor-container .view-line',
};

const ITEM = (id: string) => `.statusbar-item[id$="${id}"]`;
const TEXT = `const plain = (text) => (text ?? '').replaceAll('\\u00a0', ' ')`;
const PREVIEW = `plain(document.querySelector('${ITEM('tandem.draft')}')?.textContent).trim()`;

const READ = `(() => {
  ${TEXT};
  const lines = (selector) => [...document.querySelectorAll(selector)]
    .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top))
    .map((line) => plain(line.textContent))
    .join(''); // one line, which is wrapped where the place is narrow
  const item = document.querySelector('${ITEM('tandem.status')}');
  const labelled = item?.matches('[aria-label]') ? item : item?.querySelector('[aria-label]');
  return {
    item: plain(item?.textContent),
    label: labelled?.getAttribute('aria-label') ?? '',
    background: item ? getComputedStyle(item).backgroundColor : '',
    preview: ${PREVIEW},
    terminal: [...document.querySelectorAll('.terminal-wrapper.active .xterm-rows > div')]
      .map((row) => plain(row.textContent).trimEnd())
      .filter((row) => row !== ''),
    ${Object.entries(PLACES)
      .map(([name, selector]) => `${name}: lines('${selector}')`)
      .join(',')},
  };
})()`;

/** What the window shows now. */
export function lookAround(page: Page): Promise<Surroundings> {
  return page.evaluate<Surroundings>(READ);
}

/** Makes the page note every draft that it shows in the status bar, from now on; as it happens, so that none is missed. */
export async function watchPreview(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    ${TEXT};
    window.previewWatch?.disconnect();
    window.previews = [];
    const note = () => {
      const text = ${PREVIEW};
      if (text !== '' && window.previews.at(-1) !== text) window.previews.push(text);
    };
    window.previewWatch = new MutationObserver(note);
    window.previewWatch.observe(document.querySelector('.part.statusbar'), {
      childList: true, subtree: true, characterData: true,
    });
  })()`);
}

/** All drafts since {@link watchPreview}, oldest first. */
export function previews(page: Page): Promise<string[]> {
  return page.evaluate<string[]>('window.previews');
}
