import type { Page } from '../run/playwright';

/** What marks the place where words will land, by the values of its setting. */
export interface Marks {
  /** Pictures beside line numbers. */
  readonly gutter: number;
  /** Coloured lines. */
  readonly line: number;
}

const READ = `(() => {
  const styles = (selector) => [...document.querySelectorAll(selector)].map((one) => getComputedStyle(one));
  return {
    gutter: styles('.margin *').filter(({ backgroundImage }) => backgroundImage.includes('mark-')).length,
    line: styles('.view-overlays .cdr').filter(({ backgroundColor }) => !/, 0\\)$/.test(backgroundColor)).length,
  };
})()`;

/** The marks that the window shows now. Words that have just settled count as a coloured line. */
export function marks(page: Page): Promise<Marks> {
  return page.evaluate<Marks>(READ);
}
