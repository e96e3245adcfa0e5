import { meantFormatter, meantSymbol, type Heard } from './guards';
import { formatWords, makesName } from './formatters';
import type { HeardWord } from './heard';
import type { CommandSource, Position } from './types';
import type { SymbolId } from '../symbols';
import { writtenPiece, type Found } from './pieces';
import { endsReach } from './reach';

/** A rule: what it makes of the words from `heard.index` on, or `undefined` if it has nothing to say. */
export type Rule = (heard: Situation) => Found | undefined;

/** What rules look at. */
export interface Situation extends Omit<Heard, 'words'> {
  readonly position: Position;
  /** What may be said instead of text; absent: nothing. */
  readonly commands?: CommandSource;
  /** Runs all rules at another word: what "cap" and "no space" act on. */
  readonly scanAt: (index: number) => Found | undefined;
}

const SENTENCE_END = /[.?!…]/u;
const PAUSE = /[,.;:?!…]/u;
const LETTER = /^\p{L}$/u;
const SPELT_TOGETHER = /^\p{Lu}{2,8}$/u;
const NOT_IN_TERMINALS: ReadonlySet<SymbolId> = new Set(['newLine', 'newParagraph', 'tab']);
const DIGIT = /^\d$/u;

/** The heard words of a range. */
export function heardWords(
  { view }: Situation,
  from: number,
  count: number,
): readonly (HeardWord | undefined)[] {
  return Array.from({ length: count }, (_, offset) => view.at(from + offset));
}

/** "open paren" → `(`. */
export const symbolRule: Rule = (situation) => {
  const { view, language, index } = situation;
  const found = language.symbols.match(view, index);
  if (!found) return undefined;
  const meaning = meantSymbol(found.value, { ...situation, words: found.words });
  // A line break would run the command, a tab complete it.
  if (!meaning || (situation.position === 'terminal' && NOT_IN_TERMINALS.has(meaning.id))) return undefined;
  const trail = view.at(index + found.words - 1)?.trail ?? '';
  return { kind: 'symbol', from: index, to: index + found.words, id: meaning.id, trail, joined: false };
};

/** "camel case get user over" → `getUser`. Reaches to "over", a spoken symbol, the end of a sentence or of the utterance. */
export const formatterRule: Rule = (situation) => {
  const { view, language, index, codeLike } = situation;
  const found = language.formatters.match(view, index);
  if (!found || !meantFormatter(found.value.sure, { ...situation, words: found.words })) return undefined;
  const first = index + found.words;
  const { id } = found.value;
  let next = first;
  let trail = '';
  while (next === first || !endsReach(situation, next)) {
    const word = view.at(next);
    if (!word) break;
    next++;
    ({ trail } = word);
    if (!codeLike && (makesName(id) ? PAUSE : SENTENCE_END).test(trail)) break;
  }
  const words = heardWords(situation, first, next - first).map((word) => word?.text ?? '');
  const over = language.over.match(view, next);
  const to = next + (over?.words ?? 0);
  if (over) trail = view.at(to - 1)?.trail ?? '';
  const piece = writtenPiece(
    heardWords(situation, index, to - index),
    index,
    formatWords(id, words),
    makesName(id),
  );
  return { ...piece, trail };
};

/** "cap next" → `Next`. */
export const capitalRule: Rule = (situation) => {
  const { view, language, index, codeLike, mode, previous } = situation;
  const found = language.capital.match(view, index);
  if (!found || mode === 'off') return undefined;
  const next = view.at(index + found.words);
  if (!next || view.at(index + found.words - 1)?.trail.replace(',', '') !== '') return undefined;
  if (mode === 'prose-safe' && !codeLike) {
    const before = view.at(index - 1);
    const noun = before?.trail === '' && previous?.kind !== 'symbol' && language.nounBefore.has(before.key);
    if (noun || language.capitalNotBefore.has(next.key)) return undefined;
  }
  const piece = situation.scanAt(index + found.words);
  if (piece?.kind !== 'text') return undefined;
  const text = piece.text.charAt(0).toUpperCase() + piece.text.slice(1);
  return { ...piece, from: index, text, asHeard: false, gap: view.at(index)?.gap ?? '' };
};

/** "no space next": nothing between the word before and the next one. */
export const noSpaceRule: Rule = (situation) => {
  const { view, language, index, mode } = situation;
  const found = language.noSpace.match(view, index);
  if (!found || mode === 'off') return undefined;
  const before = view.at(index - 1);
  if (mode === 'prose-safe' && !situation.codeLike) {
    // "there is no space left" talks of it.
    const talked = before?.trail === '' && language.noSpaceNotAfter.has(before.key);
    if (talked || language.noSpaceNotBefore.has(view.key(index + found.words))) return undefined;
  }
  const piece = situation.scanAt(index + found.words);
  if (!piece || piece.kind === 'nothing') return undefined;
  return { ...piece, from: index, joined: true };
};

/** "spell alpha bravo cap charlie" → `abC`. At least two letters. */
export const spellingRule: Rule = (situation) => {
  const { view, language, index, mode } = situation;
  const found = language.spell.match(view, index);
  if (!found || mode === 'off') return undefined;
  const first = index + found.words;
  let text = '';
  let to = first;
  for (;;) {
    const capital = to === first ? capitalAt(situation, to) : capitalAt(situation, to, view.key(to - 1));
    const letter = letterAt(situation, to + capital);
    if (!letter) break;
    text += capital > 0 ? letter.text.toUpperCase() : letter.text;
    to += capital + letter.words;
  }
  if (text.length < 2) return undefined;
  return writtenPiece(heardWords(situation, index, to - index), index, text, true);
};

/**
 * How many words at `index` make the letter behind them a capital. In Talon's alphabet "cap" is a letter, the c: beside
 * another one of its letters it is that.
 */
function capitalAt(situation: Situation, index: number, before = ''): number {
  const { view, language } = situation;
  const words = language.capital.match(view, index)?.words ?? 0;
  if (words === 0 || !letterAt(situation, index + words)) return 0;
  const { wordLetters } = language;
  const isLetter = wordLetters.has(view.key(index));
  const besideOne = wordLetters.has(before) || wordLetters.has(view.key(index + words));
  return isLetter && besideOne ? 0 : words;
}

function letterAt(
  { view, language }: Situation,
  index: number,
): { readonly text: string; readonly words: number } | undefined {
  const word = view.at(index);
  if (!word) return undefined;
  if (SPELT_TOGETHER.test(word.text)) return { text: word.text.toLowerCase(), words: 1 };
  // "x ray" before x.
  const named = language.letters.match(view, index);
  if (named) return { text: named.value, words: named.words };
  return LETTER.test(word.key) || DIGIT.test(word.key) ? { text: word.key, words: 1 } : undefined;
}
