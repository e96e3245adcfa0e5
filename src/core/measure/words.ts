/** Comparing words the way speech recognition is scored: case and punctuation do not count. */

/** A word reduced to what is compared: lower case, letters and digits (inner apostrophes kept), NFKC. May be empty. */
export function normaliseWord(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/[^\p{L}\p{N}']/gu, '')
    .replace(/^'+|'+$/g, '');
}

/** The comparable words of a text, in order; pure punctuation is left out, hyphens separate. */
export function comparableWords(text: string): string[] {
  return text
    .split(/[\s\-–—/]+/)
    .map(normaliseWord)
    .filter((word) => word !== '');
}

/** Length of the longest common subsequence of two word lists. O(n·m) time, O(m) space. */
export function commonWords(a: readonly string[], b: readonly string[]): number {
  let previous = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const row = [0];
    for (let j = 1; j <= b.length; j++) {
      row.push(word === b[j - 1] ? previous[j - 1]! + 1 : Math.max(previous[j]!, row[j - 1]!));
    }
    previous = row;
  }
  return previous[b.length]!;
}

/** Length of the longest common prefix of two word lists. */
export function commonPrefix(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
