import { doubleMetaphone } from 'double-metaphone';

/** How words sound, roughly: Lawrence Philips' Double Metaphone, word by word. */

const DIGIT_NAMES = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  DIGIT_NAMES.map((word, digit) => [word, String(digit)]),
);
/** Its code for "th" and for any vowel at the start. */
const VOWEL = 'A';

/**
 * The sound of words said one after the other, as a string of phonemes; vowels count at the very start only, so that it
 * does not matter how the words are divided ("use effect", "useeffect").
 */
export function soundOf(words: readonly string[]): string {
  return words.reduce((sound, word) => sound + addedSound(sound, word), '');
}

/** What one more word adds to a sound. A double sound at a seam is heard as one: "this set". */
export function addedSound(sound: string, word: string): string {
  const code = codeOf(word);
  const added = sound !== '' && code.startsWith(VOWEL) ? code.slice(1) : code;
  return added !== '' && added[0] === sound.at(-1) ? added.slice(1) : added;
}

/** Letters of words without their division, numbers as digits, American spelling: what spellings are compared by. */
export function lettersOf(words: readonly string[]): string {
  return words.map((word) => NUMBER_WORDS.get(word) ?? american(word)).join('');
}

/** "tokenise", "colour" as most programs write them. */
function american(word: string): string {
  return word
    .replace(/is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)/u, 'iz')
    .replace(/(?<=[a-z]{2})our(?=s|ed|$)/u, 'or');
}

function codeOf(word: string): string {
  const spoken = /^\d+$/u.test(word) ? [...word].map((digit) => DIGIT_NAMES[Number(digit)]!) : [word];
  return spoken
    .map((part) => doubleMetaphone(part)[0])
    .join('')
    .replace(/(.)\1+/gu, '$1');
}
