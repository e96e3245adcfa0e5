/** A draft as one line of a decoration. Widths are columns: a Chinese character, or an emoji, has two. */

import stringWidth from 'string-width';

const NO_BREAK_SPACE = '\u00a0';
const ELLIPSIS = '…';
/** Stands for line breaks, which a decoration cannot show. */
const LINE_BREAK = ' ↵ ';
/** A word that is longer than this share of the room is cut inside rather than left out. */
const LONGEST_WORD_SHARE = 0.5;

/** Editors that share a laptop's screen with a side bar show about so many columns together. */
const USUAL_COLUMNS = 100;
/** Less than this is not worth reading. */
const LEAST_COLUMNS = 24;
/** A longer line ends beyond every editor, or in any of its rows: where exactly is not worth the measuring. */
const MEASURED_CHARACTERS = 1_000;

/** How an editor shows long lines. */
export interface LineShape {
  /** In rows, one below the other; else to the right, out of sight. */
  readonly wraps: boolean;
  /** Columns of a row, where they are known. */
  readonly columns?: number;
  /** Editors that may stand side by side. */
  readonly editors: number;
}

/**
 * Columns for a draft that begins in `column` (0-based) of its line, so that its end, the newest words, stays in sight:
 * what is left of the row, at most `longest`. Beyond the width of an editor a line that does not wrap has no room left.
 */
export function draftRoom(column: number, longest: number, { wraps, columns, editors }: LineShape): number {
  const usual = Math.floor(USUAL_COLUMNS / Math.max(1, editors));
  const width = Math.max(LEAST_COLUMNS, columns ?? usual);
  const left = width - (wraps ? column % width : column);
  return Math.min(longest, Math.max(LEAST_COLUMNS, left));
}

/**
 * The column (0-based) behind `text`, which begins a line.
 * @param tabSize columns from one tab stop to the next
 */
export function columnBehind(text: string, tabSize: number): number {
  if (text.length > MEASURED_CHARACTERS) return text.length;
  const stop = Math.max(1, tabSize);
  return text
    .split('\t')
    .reduce((column, piece, index) => (index === 0 ? 0 : nextStop(column, stop)) + stringWidth(piece), 0);
}

/**
 * `text` as it is shown beside the anchor: one line (decorations cannot break), white space as no-break spaces (others
 * would collapse), a sign for line breaks, no control characters, and of a long draft its tail, at most `columns` wide, cut
 * between words: the newest words are what the speaker looks at.
 */
export function draftLabel(text: string, columns: number): string {
  const line = text.replace(/\s*\n\s*/gu, LINE_BREAK).replace(/[\s\p{Cc}]+/gu, ' ');
  const shown = stringWidth(line) <= columns ? line : ELLIPSIS + tailOf(charactersOf(line), columns - 1);
  return shown.replaceAll(' ', NO_BREAK_SPACE);
}

function nextStop(column: number, stop: number): number {
  return (Math.floor(column / stop) + 1) * stop;
}

/** What a reader takes for one character each: a letter with its marks, an emoji made of several. */
function charactersOf(line: string): readonly string[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)].map(
    ({ segment }) => segment,
  );
}

/** The last whole words that fit into `room` columns; a very long word is cut inside. */
function tailOf(line: readonly string[], room: number): string {
  const length = lengthOfTail(line, room);
  return wholeWords(line.slice(line.length - length), line[line.length - length - 1]).join('');
}

/** How many of the last characters fit into `room` columns. */
function lengthOfTail(line: readonly string[], room: number): number {
  let width = 0;
  for (let length = 0; length < line.length; length++) {
    width += stringWidth(line[line.length - length - 1] ?? '');
    if (width > room) return length;
  }
  return line.length;
}

/** @param before the character in front of `tail` */
function wholeWords(tail: readonly string[], before: string | undefined): readonly string[] {
  if (before === ' ') return tail;
  const blank = tail.indexOf(' ');
  return blank === -1 || blank > tail.length * LONGEST_WORD_SHARE ? tail : tail.slice(blank + 1);
}
