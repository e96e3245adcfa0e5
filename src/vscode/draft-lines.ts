import type { Span } from '../core/anchor/site';
import { hashOfLines } from './document-digest';
import type { EditedLines, LinePlace } from './edited-lines';

/** Lines that a draft stands in, with some on both sides, as they were with it; told by a hash, not by their text. */
export interface DraftLines {
  readonly count: number;
  /** UTF-16 units without line ends. */
  readonly length: number;
  readonly hash: string;
  /** Nothing stood above, or below. */
  readonly isTop: boolean;
  readonly isBottom: boolean;
  /** The draft; lines are counted from the first of these. */
  readonly start: LinePlace;
  readonly end: LinePlace;
}

/** Whoever writes so near to a draft has seen it, and may go on from it. */
const AROUND = 5;
/** Lines of more UTF-16 units are not hashed at each draft: some program has made them. */
const LONGEST = 100_000;

/** The lines around each of `drafts`; none if those are too long to be looked at several times a second. */
export function linesAround(lines: EditedLines, drafts: readonly Span[]): readonly DraftLines[] {
  const all = drafts.map((draft) => around(lines, draft));
  const found = all.filter((one) => one !== undefined);
  return found.length === drafts.length ? found : [];
}

function around(lines: EditedLines, { start, end }: Span): DraftLines | undefined {
  const [from, to] = [lines.placeOf(start), lines.placeOf(end)];
  const first = Math.max(0, from.line - AROUND);
  const last = Math.min(lines.count - 1, to.line + AROUND);
  const count = last - first + 1;
  const length = lengthOf(lines, first, count);
  if (length > LONGEST) return undefined;
  return {
    count,
    length,
    hash: hashOfLines(lines, first, count),
    isTop: first > from.line - AROUND,
    isBottom: last < to.line + AROUND,
    start: { ...from, line: from.line - first },
    end: { ...to, line: to.line - first },
  };
}

/**
 * Where drafts stand by now, if nothing has changed in the lines around any of them and each of those rows of lines is found
 * at one place only, in the same order as before; else none.
 */
export function findDrafts(
  lines: EditedLines,
  drafts: readonly DraftLines[],
): readonly { readonly start: LinePlace; readonly end: LinePlace }[] {
  const places = drafts.map((one) => onlyPlace(lines, one));
  const isInOrder = places.every((first, index) => {
    const before = places[index - 1];
    return first !== undefined && (before === undefined || before <= first);
  });
  if (!isInOrder) return [];
  return drafts.map(({ start, end }, index) => {
    const first = places[index] ?? 0;
    return { start: { ...start, line: first + start.line }, end: { ...end, line: first + end.line } };
  });
}

/** The first line of the only place where a row of lines stands. */
function onlyPlace(lines: EditedLines, draft: DraftLines): number | undefined {
  const { count, isTop, isBottom, hash } = draft;
  const found: number[] = [];
  let length = lengthOf(lines, 0, Math.min(count, lines.count));
  for (let first = 0; first + count <= lines.count; first++) {
    if (first > 0) length += lines.line(first + count - 1).length - lines.line(first - 1).length;
    const isSame = length === draft.length && hashOfLines(lines, first, count) === hash;
    if (isSame) found.push(first);
  }
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const isAtBorders = (!isTop || only === 0) && (!isBottom || only + count === lines.count);
  return isAtBorders ? only : undefined;
}

function lengthOf(lines: EditedLines, first: number, count: number): number {
  let length = 0;
  for (let index = first; index < first + count; index++) length += lines.line(index).length;
  return length;
}
