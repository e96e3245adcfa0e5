/** What turns one text into another: `text` in place of the characters (UTF-16) from `start` to `end`. */
export interface Difference {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The one shortest stretch that must be replaced to turn `before` into `after`; never splits a line end or a character. */
export function differenceOf(before: string, after: string): Difference {
  const longest = Math.min(before.length, after.length);
  let start = 0;
  while (start < longest && before[start] === after[start]) start++;
  if (isInside(before, start) || isInside(after, start)) start--;
  let same = 0;
  while (same < longest - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  if (isInside(before, before.length - same) || isInside(after, after.length - same)) same--;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}

/** True between the two code units of a line end, or of a character outside the basic plane. */
function isInside(text: string, at: number): boolean {
  const pair = text.slice(at - 1, at + 1);
  return at > 0 && (pair === '\r\n' || /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair));
}
