import type { Word } from '../model';
import { alignedWords, commonPrefix as commonLength } from '../word-comparison';
import { normalise } from './words';

/** Words that two overlapping texts are compared on at most; more adds nothing but chances of a false match. */
export const MAX_OVERLAP_WORDS = 5;
/** Cost of a word that was probably misheard (same beginning), against 1 for another word. */
const MISHEARD_COST = 0.5;
/** How much one word of distance from the expected place costs: decides between equals, never against a match. */
const DISTANCE_COST = 0.15;
/** Letters that make two words "the same beginning". */
const SHARED_LETTERS = 2;

function substitutionCost(a: string, b: string): number {
  if (a === b) return 0;
  return a.slice(0, SHARED_LETTERS) === b.slice(0, SHARED_LETTERS) ? MISHEARD_COST : 1;
}

/**
 * Two texts of overlapping audio: how many words at the front of `newer` are already said by `settled`.
 * Edit distance of all of `settled` against any stretch of `newer` (its front may hold older words); the end of the
 * cheapest stretch is the answer. `expected` is the count that the times suggest.
 */
export function coveredBy(settled: readonly Word[], newer: readonly Word[], expected: number): number {
  if (settled.length === 0 || newer.length === 0) return 0;
  const words = newer.map((word) => normalise(word.text));
  let row = new Array<number>(words.length + 1).fill(0);
  for (const [index, { text }] of settled.entries()) {
    const word = normalise(text);
    const next = [index + 1];
    for (let column = 1; column <= words.length; column += 1) {
      const other = words[column - 1] ?? '';
      next.push(
        Math.min(
          (row[column - 1] ?? 0) + substitutionCost(word, other),
          (row[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
        ),
      );
    }
    row = next;
  }
  let best = 0;
  let bestCost = Infinity;
  for (const [count, distance] of row.entries()) {
    const cost = distance + DISTANCE_COST * Math.abs(count - expected);
    if (cost < bestCost) [best, bestCost] = [count, cost];
  }
  return best;
}

/**
 * Removes from the front of `newer` what repeats the last words of `before` (the 200 ms of overlap at a seam): the
 * longest run of at most 5 words that ends `before` and begins `newer`. Words that start at or after `limit` (samples)
 * were spoken again and stay.
 */
export function withoutSeam(before: readonly Word[], newer: readonly Word[], limit: number): readonly Word[] {
  const longest = Math.min(MAX_OVERLAP_WORDS, before.length, newer.length);
  for (let count = longest; count > 0; count -= 1) {
    const repeats = newer
      .slice(0, count)
      .every(
        (word, index) =>
          normalise(word.text) === normalise(before[before.length - count + index]?.text ?? '') &&
          (word.start === undefined || word.start < limit),
      );
    if (repeats) return newer.slice(count);
  }
  return newer;
}

const compared = (words: readonly Word[]) => words.map((word) => normalise(word.text));

/** Longest common prefix, compared without case and punctuation: how many words. */
export function commonPrefix(a: readonly Word[], b: readonly Word[]): number {
  return commonLength(compared(a), compared(b));
}

/** Index pairs of a longest common subsequence of two texts, in order. */
export function commonWords(a: readonly Word[], b: readonly Word[]): readonly (readonly [number, number])[] {
  return alignedWords(compared(a), compared(b));
}

/** How much of the shorter text the longer one contains, in order: 0…1. Growth alone does not make texts different. */
export function similarity(a: readonly Word[], b: readonly Word[]): number {
  const shorter = Math.min(a.length, b.length);
  if (shorter === 0) return a.length === b.length ? 1 : 0;
  return commonWords(a, b).length / shorter;
}
