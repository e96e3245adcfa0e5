import { comparableWords } from './words';

interface Shown {
  readonly atMs: number;
  readonly words: readonly string[];
}

/** Remembers what an utterance showed and when, to tell for every final word the first moment it stood there. */
export class FirstShown {
  private readonly states: Shown[] = [];

  show(text: string, atMs: number): void {
    this.states.push({ atMs, words: comparableWords(text) });
  }

  /**
   * @param final the utterance's comparable final words
   * @returns for each, when a longest common subsequence of some earlier text and the final one first contained it;
   *   `undefined` for a word that was never shown
   */
  times(final: readonly string[]): (number | undefined)[] {
    const times = new Array<number | undefined>(final.length).fill(undefined);
    for (const { atMs, words } of this.states) {
      for (const index of alignedIndices(words, final)) times[index] ??= atMs;
    }
    return times;
  }
}

/** Indices of `final` that one longest common subsequence with `shown` covers. */
function alignedIndices(shown: readonly string[], final: readonly string[]): number[] {
  // table[i][j]: common length of shown[i…] and final[j…]; filled from the end so that the walk goes forward.
  const table = Array.from({ length: shown.length + 1 }, () => new Array<number>(final.length + 1).fill(0));
  for (let i = shown.length - 1; i >= 0; i--) {
    for (let j = final.length - 1; j >= 0; j--) {
      table[i]![j] =
        shown[i] === final[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  const indices: number[] = [];
  for (let i = 0, j = 0; i < shown.length && j < final.length;) {
    if (shown[i] === final[j]) {
      indices.push(j);
      i++;
      j++;
    } else if (table[i + 1]![j]! >= table[i]![j + 1]!) i++;
    else j++;
  }
  return indices;
}
