import type { Hypothesis, Word } from '../model';
import { normaliseWord } from '../word-comparison';

/** Scripts that are written without spaces between words. */
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}]/u;
/** A letter of such a script; the marks that several of them share have it among their extensions. */
const SPACELESS_LETTER = /^(?=\p{L})[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}]/u;
/** Their letters and marks, and the wide forms of others. */
const SPACELESS_END = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\uff01-\uff65]$/u;
/** Punctuation that belongs to the word before it, should an engine hand it over by itself. */
const CLOSING = /^[.,!?;:%…、。！？；：)\]}»”’]+$/u;

/** A word as it is compared: see {@link normaliseWord}. Pure punctuation stays as it is. */
export function normalise(word: string): string {
  return normaliseWord(word) || word;
}

/** True if the word belongs to a script without spaces, where a "word" is about a character. */
export function isSpaceless(text: string): boolean {
  return SPACELESS.test(text);
}

/** True if `next` follows `text` without a blank: a letter of a script that uses none, behind a letter or mark of one. */
export function runsOn(text: string, next: string): boolean {
  return SPACELESS_END.test(text) && SPACELESS_LETTER.test(next);
}

/** Words as text: spaces between them, but not inside scripts that use none. */
export function joinWords(words: readonly Word[]): string {
  let text = '';
  for (const { text: word } of words) text += text === '' || runsOn(text, word) ? word : ` ${word}`;
  return text;
}

/** The words of a hypothesis; split from its text if the engine gave none, stray punctuation put back on its word. */
export function wordsOf(hypothesis: Hypothesis): readonly Word[] {
  const given =
    hypothesis.words.length > 0
      ? hypothesis.words
      : hypothesis.text
          .split(/\s+/u)
          .filter((text) => text !== '')
          .map((text): Word => ({ text, p: hypothesis.confidence }));
  const words: Word[] = [];
  for (const word of given) {
    const text = word.text.trim();
    const before = words.at(-1);
    if (text === '') continue;
    if (before && CLOSING.test(text)) {
      words[words.length - 1] = {
        ...before,
        text: before.text + text,
        ...(word.end !== undefined && { end: word.end }),
      };
    } else {
      words.push(text === word.text ? word : { ...word, text });
    }
  }
  return words;
}

/** Mean probability of the words, 0…1; 0 for none. */
export function meanProbability(words: readonly Word[]): number {
  return words.length === 0 ? 0 : words.reduce((sum, word) => sum + word.p, 0) / words.length;
}
