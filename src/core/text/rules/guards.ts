import type { Language, SymbolMeaning } from '../languages/compiled';
import { NAME_ENDINGS, SYMBOLS } from '../symbols';
import type { HeardWord, WordView } from './heard';
import type { Found } from './pieces';
import { beginsName } from './reach';
import type { SpokenMode } from './types';

/** Where a spoken phrase was heard, for deciding whether it is meant. */
export interface Heard {
  readonly view: WordView;
  readonly language: Language;
  readonly mode: SpokenMode;
  readonly codeLike: boolean;
  /** First word of the phrase, and how many words it has. */
  readonly index: number;
  readonly words: number;
  /** What stands before it; absent at the start of what is undecided. */
  readonly previous: Found | undefined;
  /** The anchor's line is blank before the utterance. */
  readonly lineIsBlank: boolean;
}

const PAUSE_MARK = /[,.;:?!…]/u;
const SENTENCE_END = /[.?!…]/u;
const CAPITAL = /^\p{Lu}/u;
/** "the fiscal period", "the testing period": adjectives and participles by their ending. */
const ADJECTIVE = /(?:al|ic|ive|ing|ous|ary|ed|able|ible)$/u;
/** How far before a noun its determiner may stand. */
const NOUN_PHRASE_WORDS = 3;
/** The same where every word between them is known to belong to the noun: "the two year warranty period". */
const KNOWN_NOUN_PHRASE_WORDS = 4;

/** The first meaning of a phrase that is meant here, or `undefined` if the words are ordinary ones. */
export function meantSymbol(meanings: readonly SymbolMeaning[], heard: Heard): SymbolMeaning | undefined {
  if (heard.mode === 'off') return undefined;
  if (heard.mode === 'always' || heard.codeLike) return meanings[0];
  return meanings.find((meaning) => meantInProse(meaning, heard));
}

function meantInProse(meaning: SymbolMeaning, heard: Heard): boolean {
  const { view, index, words, previous } = heard;
  const { level } = meaning;
  if (level === 'code') return false;
  if (level === 'name') return insideName(heard);
  const alone = view.first && index === 0 && view.words.length === words && view.at(words) === undefined;
  if (alone && previous === undefined) return true;
  if (isNoun(meaning, heard)) return false;
  // A mark that belongs to the word before it makes no sense where there is none.
  const leads = index === 0 && view.key(-1) === '' && heard.lineIsBlank;
  const afterSymbol = previous?.kind === 'symbol';
  switch (level) {
    case 'opener':
      return true;
    case 'plain':
      return !leads;
    case 'edge':
      return !leads && (afterSymbol || endsSentence(heard));
    case 'near':
      // A symbol behind a line break would lead its line: "reads the next line comma".
      if (SYMBOLS[meaning.id].prose === 'break') return afterSymbol;
      return afterSymbol || opensWithSymbol(heard, index + words);
  }
}

/** "a dash of salt", "comma separated", "the open paren". Marks the recogniser heard around the phrase part it from its neighbours. */
function isNoun(meaning: SymbolMeaning, heard: Heard): boolean {
  const { view, language, index, words, previous } = heard;
  const before = view.at(index - 1);
  const last = view.at(index + words - 1);
  if (before && previous?.kind !== 'symbol' && !PAUSE_MARK.test(before.trail)) {
    const determiners = meaning.level === 'opener' ? language.openerBefore : language.nounBefore;
    if (!isLetter(heard, before) && determiners.has(before.key)) return true;
    if (meaning.notAfter.has(before.key)) return true;
    if (isDescribed(meaning, heard)) return true;
    const adjective = ADJECTIVE.test(before.key) && !language.notAdjectives.has(before.key);
    if (meaning.level === 'edge' && adjective && hasDeterminer(heard)) return true;
  }
  if (last && PAUSE_MARK.test(last.trail)) return false;
  const after = view.key(index + words);
  if (language.nounAfter.has(after) || meaning.notBefore.has(after)) return true;
  return false;
}

/** A capital inside a sentence: "A" is a letter there, not the article. */
function isLetter({ view, index }: Heard, { text }: HeardWord): boolean {
  const first = view.at(index - 2);
  return text.length === 1 && CAPITAL.test(text) && first !== undefined && !SENTENCE_END.test(first.trail);
}

/** "a long dash", "the warranty period", "a two week period": nothing but what describes it stands behind the determiner. */
function isDescribed({ level, compounds }: SymbolMeaning, heard: Heard): boolean {
  const { view, language, index } = heard;
  for (let at = index - 1; at >= index - KNOWN_NOUN_PHRASE_WORDS; at--) {
    const word = view.at(at);
    if (!word || PAUSE_MARK.test(word.trail)) return false;
    if (at < index - 1 && language.openerBefore.has(word.key)) return !countsUnit(heard, at);
    if (level === 'edge' && isMeasure(heard, at)) return true;
    if (!compounds.has(word.key)) return false;
  }
  return false;
}

/** "wait a second" */
function countsUnit({ view, language, index }: Heard, determiner: number): boolean {
  const isUnit = determiner === index - 2 && language.units.has(view.key(index - 1));
  return isUnit && language.indefinite.has(view.key(determiner));
}

/** "two week", "90 day": a unit in the singular behind a number that wants the plural, or "a one week". */
function isMeasure({ view, language }: Heard, index: number): boolean {
  if (!language.units.has(view.key(index))) return false;
  const count = view.at(index - 1);
  if (!count || PAUSE_MARK.test(count.trail)) return false;
  const number = language.numbers?.small.match(view, index - 1);
  const value = number?.words === 1 ? number.value : Number(count.key || NaN);
  if (value === 1) return language.openerBefore.has(view.key(index - 2));
  return value > 1 || (language.numbers?.words.hundred.includes(count.key) ?? false);
}

/** "the numeric literal": a determiner stands before the words in front of a phrase. */
export function hasDeterminer({ view, language, index }: Heard): boolean {
  for (let offset = 2; offset <= NOUN_PHRASE_WORDS; offset++) {
    const word = view.at(index - offset);
    if (!word || PAUSE_MARK.test(word.trail)) return false;
    if (language.openerBefore.has(word.key)) return true;
  }
  return false;
}

/** "period" at the end, before a mark, a capital, another symbol or a word that begins a sentence. */
function endsSentence(heard: Heard): boolean {
  const { view, language, index, words } = heard;
  const last = view.at(index + words - 1);
  const next = view.at(index + words);
  if (!next || PAUSE_MARK.test(last?.trail ?? '') || PAUSE_MARK.test(view.at(index - 1)?.trail ?? ''))
    return true;
  if (CAPITAL.test(next.text) && !language.alwaysCapital.has(next.key)) return true;
  return language.sentenceOpeners.has(next.key) || opensWithSymbol(heard, index + words);
}

/** "index dot ts", "example dot com": a word, the dot, a known ending. */
function insideName({ view, language, index, words }: Heard): boolean {
  const before = view.at(index - 1);
  if (!before || PAUSE_MARK.test(before.trail) || language.openerBefore.has(before.key)) return false;
  // "Move it to dot py files" names no file "to".
  if (language.functionWords.has(before.key)) return false;
  return NAME_ENDINGS.has(view.key(index + words));
}

/** True if an unambiguous symbol's phrase begins at `index`. */
function opensWithSymbol({ view, language }: Heard, index: number): boolean {
  const found = language.symbols.match(view, index);
  return found?.value.some(({ level }) => level === 'opener' || level === 'plain') ?? false;
}

/** True if a formatter's name starts formatting here rather than being talked about. */
export function meantFormatter(sure: boolean, heard: Heard): boolean {
  const { view, language, mode, codeLike, index, words } = heard;
  if (mode === 'off' || view.at(index + words) === undefined) return false;
  if (PAUSE_MARK.test(view.at(index + words - 1)?.trail.replace(',', '') ?? '')) return false;
  if (!sure && (mode === 'always' || codeLike)) return beginsName(heard, index + words);
  if (mode === 'always') return true;
  const before = view.at(index - 1);
  const topic =
    before !== undefined &&
    heard.previous?.kind !== 'symbol' &&
    before.trail === '' &&
    language.formatterNotAfter.has(before.key);
  if (codeLike) return true;
  return sure && !topic && !language.formatterNotBefore.has(view.key(index + words));
}
