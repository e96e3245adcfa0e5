import type { WordView } from './heard';
import { numberAt } from './numbers';
import { heardPiece, writtenPiece } from './pieces';
import { heardWords, type Rule } from './spoken-rules';
import type { NameSource, TextContext } from './types';

const PAUSE = /[,.;:?!…]/u;
const SENTENCE_END = /[.?!…]/u;

/** "c plus plus" → `C++`. */
export const termRule: Rule = (situation) => {
  const { view, language, index, codeLike } = situation;
  // In code "dot net" is a member.
  if (codeLike && language.symbols.match(view, index)) return undefined;
  const found = language.terms.match(view, index);
  if (!found) return undefined;
  const words = heardWords(situation, index, found.words);
  if (words.slice(0, -1).some((word) => word && SENTENCE_END.test(word.trail))) return undefined;
  return writtenPiece(words, index, found.value, false);
};

/** Project names: "get user by id" → `getUserById`. */
export function nameRule(names: NameSource, { position, language: spoken }: TextContext): Rule {
  return (situation) => {
    const { view, index, codeLike } = situation;
    // What stands in another sentence says nothing about a name.
    const wordAt = (at: number): string | undefined =>
      isApart(view, at, index) ? undefined : view.at(at)?.text;
    const afterPause = PAUSE.test(view.at(index - 1)?.trail ?? '');
    const found = names.match(wordAt, index, { position, codeLike, afterPause, language: spoken });
    if (!found) return undefined;
    const words = heardWords(situation, index, found.words);
    // In prose a pause parts words; in code commas are the recogniser's own.
    const parts = codeLike ? SENTENCE_END : PAUSE;
    if (words.slice(0, -1).some((word) => word && parts.test(word.trail))) return undefined;
    return writtenPiece(words, index, found.text, true);
  };
}

/** True if a sentence ends between a word and the one at `index`. */
function isApart(view: WordView, at: number, index: number): boolean {
  for (let between = Math.min(at, index); between < Math.max(at, index); between++)
    if (SENTENCE_END.test(view.at(between)?.trail ?? '')) return true;
  return false;
}

/** Numbers as digits. */
export const numberRule: Rule = (situation) => {
  const { view, language, index, codeLike, previous } = situation;
  const place = { codeLike, afterSymbol: previous?.kind === 'symbol' };
  const found = language.numbers && numberAt(view, index, language.numbers, place);
  return found && writtenPiece(heardWords(situation, index, found.words), index, found.text, false);
};

/** Leaves out "um". */
export const fillerRule: Rule = ({ view, language, index }) => {
  const word = view.at(index);
  if (!word || !language.fillers.has(word.key)) return undefined;
  return { kind: 'nothing', from: index, to: index + 1, trail: word.trail };
};

/** "the the" → "the", fillers between them or not. The first one stays, with its capital. */
export const repeatRule: Rule = ({ view, language, index }) => {
  const word = view.at(index);
  if (!word || !language.repeatable.has(word.key) || SENTENCE_END.test(word.trail)) return undefined;
  let last = index;
  for (;;) {
    let next = last + 1;
    while (language.fillers.has(view.key(next))) next++;
    if (view.key(next) !== word.key || SENTENCE_END.test(view.at(last)?.trail ?? '')) break;
    last = next;
  }
  if (last === index) return undefined;
  return { ...heardPiece(word, index), to: last + 1, trail: view.at(last)?.trail ?? '' };
};
