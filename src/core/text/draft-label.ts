/** A draft as one line of a decoration. */

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
 * `text` as it is shown beside the anchor: one line (decorations cannot break), white space as no-break spaces (others
 * would collapse), a sign for line breaks, no control characters, and of a long draft its tail, at most `columns` characters, cut between words:
 * the newest words are what the speaker looks at.
 */
export function draftLabel(text: string, columns: number): string {
  const line = [...text.replace(/\s*\n\s*/gu, LINE_BREAK).replace(/[\s\p{Cc}]+/gu, ' ')];
  const shown = line.length <= columns ? line : [ELLIPSIS, ...tailOf(line, columns - 1)];
  return shown.join('').replaceAll(' ', NO_BREAK_SPACE);
}

/** The last whole words that fit into `room` characters; a very long word is cut inside. */
function tailOf(line: readonly string[], room: number): readonly string[] {
  const tail = line.slice(line.length - Math.max(0, room));
  if (line[line.length - tail.length - 1] === ' ') return tail;
  const blank = tail.indexOf(' ');
  return blank === -1 || blank > tail.length * LONGEST_WORD_SHARE ? tail : tail.slice(blank + 1);
}
