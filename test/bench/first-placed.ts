import { comparableWords } from '../../src/core/word-comparison';

interface Shown {
  readonly atMs: number;
  readonly words: readonly string[];
}

/**
 * Remembers what an utterance showed, to tell for every final word the first moment when a word stood in its place, be it the
 * right one or a misheard one: how fast a draft follows the speaker, whatever the model's accuracy is.
 */
export class FirstPlaced {
  private readonly states: Shown[] = [];

  show(text: string, atMs: number): void {
    this.states.push({ atMs, words: comparableWords(text) });
  }

  /** For each of the `final` words the moment in ms; undefined for a place that was never filled. */
  times(final: readonly string[]): (number | undefined)[] {
    const times = new Array<number | undefined>(final.length).fill(undefined);
    for (const { atMs, words } of this.states) {
      for (const index of filledPlaces(words, final)) times[index] ??= atMs;
    }
    return times;
  }
}

/**
 * Places of `final` that `shown`, a text that is not finished, fills: the cheapest edits that make it a beginning of `final`;
 * of equally cheap ones the beginning whose length is nearest.
 */
function filledPlaces(shown: readonly string[], final: readonly string[]): number[] {
  const costs = [Array.from({ length: final.length + 1 }, (_, column) => column)];
  const at = (i: number, j: number) => costs[i]?.[j] ?? Infinity;
  const replaced = (i: number, j: number) => at(i - 1, j - 1) + (shown[i - 1] === final[j - 1] ? 0 : 1);
  for (let i = 1; i <= shown.length; i += 1) {
    const row = [i];
    costs.push(row);
    for (let j = 1; j <= final.length; j += 1) {
      row.push(Math.min(replaced(i, j), at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  let end = 0;
  for (let j = 1; j <= final.length; j += 1) {
    const change = at(shown.length, j) - at(shown.length, end);
    const nearer = Math.abs(j - shown.length) < Math.abs(end - shown.length);
    if (change < 0 || (change === 0 && nearer)) end = j;
  }
  const places: number[] = [];
  for (let i = shown.length, j = end; i > 0 && j > 0;) {
    if (at(i, j) === replaced(i, j)) {
      places.push(j - 1);
      i -= 1;
      j -= 1;
    } else if (at(i, j) === at(i - 1, j) + 1) i -= 1;
    else j -= 1;
  }
  return places;
}
