import { comparableWords } from '../word-comparison';

/** Word errors of a hypothesis against a reference. */
export interface WordErrors {
  /** Substitutions + deletions + insertions of the cheapest alignment (Levenshtein over words). */
  readonly errors: number;
  /** Words in the reference. */
  readonly words: number;
  /** `errors / words`; 0 for two empty texts, infinite for words against an empty reference. */
  readonly rate: number;
}

/** Word error rate, case and punctuation ignored. */
export function wordErrors(reference: string, hypothesis: string): WordErrors {
  const expected = comparableWords(reference);
  const heard = comparableWords(hypothesis);
  let row = Array.from({ length: heard.length + 1 }, (_, j) => j);
  expected.forEach((word, i) => {
    const next = [i + 1];
    heard.forEach((other, j) => {
      next.push(Math.min(row[j]! + (word === other ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    });
    row = next;
  });
  const errors = row[heard.length]!;
  return { errors, words: expected.length, rate: errors === 0 ? 0 : errors / expected.length };
}

/** Sums of several comparisons, so that long texts weigh more. */
export function totalWordErrors(parts: readonly WordErrors[]): WordErrors {
  const errors = parts.reduce((sum, part) => sum + part.errors, 0);
  const words = parts.reduce((sum, part) => sum + part.words, 0);
  return { errors, words, rate: errors === 0 ? 0 : errors / words };
}
