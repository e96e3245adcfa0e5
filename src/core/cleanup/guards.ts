import { alignedWords, comparableWords } from '../word-comparison';

/** Why a cleaned text is not believed. */
export type Refusal = 'empty' | 'several-lines' | 'too-long' | 'too-short' | 'other-numbers' | 'other-words';

/** A clean-up adds marks, and a word here and there. */
const LONGEST_RATIO = 1.3;
const LONGEST_ADDED_CHARACTERS = 15;
/** Fillers, false starts and words said twice are less than half of what one says. */
const LEAST_KEPT = 0.5;
/** Words that were not heard: a fifth of what was, two in a short text, and never many in a row ("Sure, here is the text"). */
const MOST_NEW = 0.2;
const MOST_NEW_IN_SHORT = 2;
const MOST_NEW_IN_A_ROW = 3;
const NUMBER = /\d+/gu;

/**
 * Whether a language model's text may take the place of what was heard: it must be nearly the same words. An answer to what
 * was said, a refusal, an explanation and a translation are not. `undefined` if it may.
 */
export function refusal(heard: string, cleaned: string): Refusal | undefined {
  const [before, after] = [comparableWords(heard), comparableWords(cleaned)];
  if (after.length === 0) return 'empty';
  if (/[\p{Cc}\u2028\u2029]/u.test(cleaned)) return 'several-lines';
  if (cleaned.length > heard.length * LONGEST_RATIO + LONGEST_ADDED_CHARACTERS) return 'too-long';
  const pairs = alignedWords(before, after);
  const common = pairs.length;
  if (common < before.length * LEAST_KEPT)
    return after.length < before.length * LEAST_KEPT ? 'too-short' : 'other-words';
  if (!sameNumbers(heard, cleaned)) return 'other-numbers';
  const most = Math.max(MOST_NEW_IN_SHORT, before.length * MOST_NEW);
  if (
    after.length - common > most ||
    longestGap(
      pairs.map(([, index]) => index),
      after.length,
    ) > MOST_NEW_IN_A_ROW
  )
    return 'other-words';
  return undefined;
}

/** Digits that were heard may go with a false start; none may come that was not. */
function sameNumbers(heard: string, cleaned: string): boolean {
  const known: readonly string[] = heard.match(NUMBER) ?? [];
  // Without digits numbers were heard as words, and may well be written in digits.
  return known.length === 0 || (cleaned.match(NUMBER) ?? []).every((number) => known.includes(number));
}

/** The longest stretch of `length` items without any of these ascending indices. */
function longestGap(known: readonly number[], length: number): number {
  const ends = [...known, length];
  return Math.max(...ends.map((end, at) => end - (at === 0 ? 0 : ends[at - 1]! + 1)));
}
