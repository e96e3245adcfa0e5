import type { Page } from '../run/playwright';

/** How a draft is drawn. */
export interface DraftStyle {
  readonly text: string;
  readonly color: string;
  readonly opacity: string;
}

/** What the window showed at one moment. */
export interface Sample {
  /** Document of the active editor, without decorations. */
  readonly document: string;
  /** Text of drafts, which is not part of the document. */
  readonly draft: string;
  readonly draftStyle: DraftStyle | undefined;
  /** Colour of the document's own text. */
  readonly textColor: string;
  readonly background: string;
  /** The active editor's tab shows unsaved changes. */
  readonly dirty: boolean;
  /** What a screen reader says of the dictation item in the status bar. */
  readonly status: string;
  /** Notifications. */
  readonly messages: readonly string[];
}

/** The page looks at itself this often, ms: often enough for every state that a person would notice. */
const EVERY_MS = 50;

/** Reads one {@link Sample}; runs in the page. Lines stand in the tree in any order, blanks as no-break spaces. */
const READ = `(() => {
  const plain = (text) => text.replaceAll('\\u00a0', ' ');
  const lines = [...document.querySelectorAll('.editor-instance .view-line')]
    .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top));
  const added = lines
    .flatMap((line) => [...line.querySelectorAll('span')])
    .flatMap((span) => [getComputedStyle(span, '::before'), getComputedStyle(span, '::after')])
    .filter((style) => style.content.startsWith('"') && style.content.length > 2)
    .map((style) => ({ text: plain(JSON.parse(style.content)), color: style.color, opacity: style.opacity }));
  const text = document.querySelector('.editor-instance .view-line span span');
  const editor = document.querySelector('.editor-instance .monaco-editor-background');
  const status = [...document.querySelectorAll('.statusbar-item')]
    .map((item) => item.getAttribute('aria-label') ?? item.querySelector('[aria-label]')?.getAttribute('aria-label') ?? '')
    .find((label) => label.includes('Dictation'));
  return {
    document: lines.map((line) => plain(line.textContent)).join('\\n'),
    draft: added.map(({ text }) => text).join(''),
    draftStyle: added[0],
    textColor: text ? getComputedStyle(text).color : '',
    background: editor ? getComputedStyle(editor).backgroundColor : '',
    dirty: document.querySelector('.tab.active.dirty') !== null,
    status: status ?? '',
    messages: [...document.querySelectorAll('.notification-list-item-message')].map((item) => item.textContent),
  };
})()`;

/** Nothing listens, and all is confirmed. */
export const isOff = ({ status }: Sample) => status.includes('is off');
/** It listens, and the models are loaded. */
export const isReady = ({ status }: Sample) => /listens(?! while)/.test(status);
/** It listens, models are loaded, and nothing waits for confirmation. */
export const isSettled = ({ draft, status }: Sample) =>
  draft === '' && /Dictation listens(?! while)/.test(status);

/** What the window shows now. */
export function look(page: Page): Promise<Sample> {
  return page.evaluate<Sample>(READ);
}

/** Makes the page note every change of what it shows, from now on. */
export async function observe(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    clearInterval(window.observing);
    window.samples = [];
    let last = '';
    window.observing = setInterval(() => {
      const sample = ${READ};
      const text = JSON.stringify(sample);
      if (text !== last) window.samples.push(sample);
      last = text;
    }, ${EVERY_MS});
  })()`);
}

/** Ends {@link observe}, and what else looks again and again (`window.watching`); runs in the page. */
export const STOP_WATCHING = `clearInterval(window.observing); clearInterval(window.watching)`;

/** Everything that was shown since {@link observe}, oldest first. */
export function observed(page: Page): Promise<Sample[]> {
  return page.evaluate<Sample[]>('window.samples');
}

/** A failure shown longer than this is not that of a dictation before, ms. */
const FAILURE_MS = 5_000;

/** Looks until `wanted` is true of what is shown; fails early when dictation has failed. */
export async function until(
  page: Page,
  what: string,
  wanted: (sample: Sample) => boolean,
  timeoutMs = 60_000,
): Promise<Sample> {
  const started = Date.now();
  const messages = new Set<string>(); // they disappear after some seconds
  for (;;) {
    const sample = await look(page);
    if (wanted(sample)) return sample;
    for (const message of sample.messages) messages.add(message);
    const waited = Date.now() - started;
    const failed = sample.status.includes('Dictation failed') && waited > FAILURE_MS;
    if (failed || waited > timeoutMs) {
      const shown = JSON.stringify({ ...sample, messages: [...messages] }, null, 2);
      throw new Error(`Waited for ${what}; shown: ${shown}`);
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
