/** How words are compared everywhere, in merging and in measuring: case and punctuation do not count, as in scoring speech recognition. */

const NOT_SPOKEN = /[^\p{L}\p{M}\p{N}']/gu;
const OUTER_APOSTROPHES = /^'+|'+$/g;

/** A word reduced to what is compared: NFKC, lower case, letters, marks and digits (inner apostrophes kept). May be empty. */
export function normaliseWord(word: string): string {
  const folded = word.normalize('NFKC').toLowerCase().replace(/[’ʼ]/g, "'");
  return folded.replace(NOT_SPOKEN, '').replace(OUTER_APOSTROPHES, '');
}

/** The comparable words of a text, in order; pure punctuation is left out, hyphens and slashes separate. */
export function comparableWords(text: string): string[] {
  return text
    .split(/[\s\-–—/]+/)
    .map(normaliseWord)
    .filter((word) => word !== '');
}

/** Length of the longest common prefix of two lists of comparable words. */
export function commonPrefix(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/** Pairs of indices of equal words in one longest common subsequence of `a` and `b`, in order. O(n·m) time and space. */
export function alignedWords(
  a: readonly string[],
  b: readonly string[],
): readonly (readonly [number, number])[] {
  // lengths[i][j]: common length of a[i…] and b[j…]; filled from the end so that the walk goes forward.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] as Uint16Array;
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
