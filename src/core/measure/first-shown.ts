import { alignedWords, comparableWords } from '../word-comparison';

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
      for (const [, index] of alignedWords(words, final)) times[index] ??= atMs;
    }
    return times;
  }
}
