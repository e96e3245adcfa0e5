import type { TextChange } from './anchor';
import type { Site } from './site';

/** Confirmed text as it was written at one site. */
export interface WrittenPart {
  /** UTF-16 offset in the document after the edit, blank in front included. */
  readonly start: number;
  readonly text: string;
  /** The blank behind it, which the next text takes over. */
  readonly trail: string;
  /** Selected text that it replaced. */
  readonly replaced: string;
  /** Which of the sites. */
  readonly site: number;
}

/**
 * What one of our edits wrote at its sites.
 * @param changes ascending, in the coordinates before the edit
 * @param after the sites after it, in the same order
 * @param selected the text that was selected at each
 */
export function writtenParts(
  changes: readonly TextChange[],
  after: readonly Site[],
  selected: readonly string[],
): readonly WrittenPart[] {
  let delta = 0;
  const written = changes.map(({ rangeOffset, rangeLength, text }) => {
    const start = rangeOffset + delta;
    delta += text.length - rangeLength;
    return { start, end: start + text.length, text };
  });
  return after.flatMap(({ at, drafts }, index) => {
    const change = written.find(({ start, end }) => start < at && at <= end);
    if (!change) return [];
    const text = change.text.slice(0, at - change.start);
    const behind = change.text.slice(text.length);
    return [
      {
        start: change.start,
        text,
        trail: drafts.length === 0 ? behind : '',
        replaced: selected[index] ?? '',
        site: index,
      },
    ];
  });
}
