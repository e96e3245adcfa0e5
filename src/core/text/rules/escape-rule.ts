import { hasDeterminer } from './guards';
import { writtenPiece, type TextPiece } from './pieces';
import { heardWords, type Rule, type Situation } from './spoken-rules';

const CAPITALISED = /^\p{Lu}\p{Ll}+$/u;

/**
 * "literal comma" → the word "comma". Acts only before words that would mean something else: names of symbols and
 * formatters, project names, terms, numbers, fillers; at the start of an utterance before a voice command.
 */
export const escapeRule: Rule = (situation) => {
  const { view, language, index, mode } = situation;
  const found = language.escape.match(view, index);
  if (!found || mode === 'off') return undefined;
  const first = index + found.words;
  const count = phraseWords(situation, first) || otherWords(situation, first, found.value.sure);
  if (count === 0) return undefined;
  const heard = heardWords(situation, first, count).map((word) => word?.text ?? '');
  const words = heardWords(situation, index, found.words + count);
  const text = heard.map((word) => (isOwnCapital(situation, word) ? word : word.toLowerCase())).join(' ');
  // As if it had been heard so: what begins a sentence gets its capital.
  const piece: TextPiece = { ...writtenPiece(words, index, text, false), asHeard: true };
  return piece;
};

/** How many words at `index` are a phrase of the language's table; 0 if none. */
function phraseWords({ view, language }: Situation, index: number): number {
  const { symbols, formatters, over, capital, noSpace, spell, escape } = language;
  const lengths = [symbols, formatters, over, capital, noSpace, spell, escape].map(
    (phrases) => phrases.match(view, index)?.words ?? 0,
  );
  return Math.max(...lengths);
}

/** How many words at `index` are a command or would be written differently; 0 if none. */
function otherWords(situation: Situation, index: number, sure: boolean): number {
  const { view, language, mode, codeLike, commands } = situation;
  const before = view.at(situation.index - 1);
  const escape = view.at(index - 1);
  if (!escape || escape.trail.replace(',', '') !== '') return 0;
  if (view.first && situation.index === 0) {
    const command = commands?.commandAt((at) => view.at(at)?.text, index);
    if (command !== undefined) return command;
  }
  if (mode !== 'always' && !codeLike) {
    // "a string literal", "press escape twice"
    const noun = language.escapeNotAfter.has(before?.key ?? '') || hasDeterminer({ ...situation, words: 1 });
    if (!sure || (before?.trail === '' && noun)) return 0;
  }
  const piece = situation.scanAt(index);
  const asHeard = piece === undefined || (piece.kind === 'text' && piece.asHeard);
  return asHeard ? 0 : piece.to - index;
}

/** Capitals that are not the recogniser's idea of a sentence: "C", "URL", "GitHub". */
function isOwnCapital({ language }: Situation, word: string): boolean {
  return !CAPITALISED.test(word) || language.alwaysCapital.has(word.toLowerCase());
}
