import { Phrases } from '../rules/phrases';
import { wordKey } from '../rules/heard';
import type { SymbolId } from '../symbols';
import type { FormatterId, LanguageTable, NumberWords, ProseLevel } from './types';

/** One meaning of a symbol's phrase. */
export interface SymbolMeaning {
  readonly id: SymbolId;
  readonly level: ProseLevel;
  readonly notAfter: ReadonlySet<string>;
  readonly notBefore: ReadonlySet<string>;
  readonly compounds: ReadonlySet<string>;
}

/** A language's table, made fast to look up. */
export interface Language {
  readonly table: LanguageTable;
  readonly symbols: Phrases<readonly SymbolMeaning[]>;
  readonly formatters: Phrases<{ readonly id: FormatterId; readonly sure: boolean }>;
  readonly over: Phrases<true>;
  readonly capital: Phrases<true>;
  readonly noSpace: Phrases<true>;
  readonly spell: Phrases<true>;
  readonly escape: Phrases<{ readonly sure: boolean }>;
  readonly escapeNotAfter: ReadonlySet<string>;
  readonly letters: Phrases<string>;
  readonly wordLetters: ReadonlySet<string>;
  readonly terms: Phrases<string>;
  readonly fillers: ReadonlySet<string>;
  readonly repeatable: ReadonlySet<string>;
  readonly nounBefore: ReadonlySet<string>;
  readonly openerBefore: ReadonlySet<string>;
  readonly indefinite: ReadonlySet<string>;
  readonly notAdjectives: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  readonly nounAfter: ReadonlySet<string>;
  readonly formatterNotAfter: ReadonlySet<string>;
  readonly formatterNotBefore: ReadonlySet<string>;
  readonly sentenceOpeners: ReadonlySet<string>;
  readonly capitalNotBefore: ReadonlySet<string>;
  readonly noSpaceNotAfter: ReadonlySet<string>;
  readonly noSpaceNotBefore: ReadonlySet<string>;
  readonly functionWords: ReadonlySet<string>;
  readonly alwaysCapital: ReadonlySet<string>;
  readonly numbers?: CompiledNumbers;
}

/** {@link NumberWords} with its phrases as tries. */
export interface CompiledNumbers {
  readonly words: NumberWords;
  readonly small: Phrases<number>;
  readonly point: Phrases<'.' | ','>;
  readonly percent: Phrases<true>;
  readonly digitCues: ReadonlySet<string>;
  readonly timeCues: ReadonlySet<string>;
  readonly weakTimeCues: ReadonlySet<string>;
  readonly timeEvidence: ReadonlySet<string>;
  readonly changes: ReadonlySet<string>;
  readonly amountCues: ReadonlySet<string>;
  readonly singularUnits: ReadonlySet<string>;
  readonly timeJoins: ReadonlySet<string>;
  readonly notAfterTime: ReadonlySet<string>;
  readonly zeroLetters: ReadonlySet<string>;
  readonly notAfterZeroLetter: ReadonlySet<string>;
}

/** Levels whose meaning comes first in code: "punto" is a dot there and a full stop in prose. */
const FIRST_IN_CODE: readonly ProseLevel[] = ['name', 'code'];

/** Prepares a table; costs a millisecond, so it is done once a language. */
export function compileLanguage(table: LanguageTable): Language {
  return {
    table,
    symbols: symbolPhrases(table),
    formatters: new Phrases(
      Object.entries(table.formatters).flatMap(([id, { sure, short = [] }]) =>
        [...sure.map((say) => [say, true] as const), ...short.map((say) => [say, false] as const)].map(
          ([say, isSure]) => [say, { id: id as FormatterId, sure: isSure }] as const,
        ),
      ),
    ),
    over: flags(table.over),
    capital: flags(table.capital),
    noSpace: flags(table.noSpace),
    spell: flags(table.spell),
    escape: new Phrases<{ readonly sure: boolean }>([
      ...table.escape.sure.map((say) => [say, { sure: true }] as const),
      ...(table.escape.short ?? []).map((say) => [say, { sure: false }] as const),
    ]),
    escapeNotAfter: wordSet(table.escapeNotAfter ?? ''),
    letters: new Phrases(Object.entries(table.letters)),
    wordLetters: wordSet(table.wordLetters ?? ''),
    terms: new Phrases(Object.entries(table.terms)),
    fillers: new Set(table.fillers),
    repeatable: wordSet(table.repeatable),
    nounBefore: wordSet(table.nounBefore),
    openerBefore: wordSet(table.openerBefore),
    indefinite: wordSet(table.indefinite ?? ''),
    notAdjectives: wordSet(table.notAdjectives ?? ''),
    units: wordSet(table.units ?? ''),
    nounAfter: wordSet(table.nounAfter),
    formatterNotAfter: wordSet(table.formatterNotAfter),
    formatterNotBefore: wordSet(table.formatterNotBefore),
    sentenceOpeners: wordSet(table.sentenceOpeners),
    capitalNotBefore: wordSet(table.capitalNotBefore),
    noSpaceNotAfter: wordSet(table.noSpaceNotAfter),
    noSpaceNotBefore: wordSet(table.noSpaceNotBefore),
    functionWords: wordSet(table.functionWords),
    alwaysCapital: wordSet(table.alwaysCapital),
    ...(table.numbers && { numbers: compileNumbers(table.numbers) }),
  };
}

function compileNumbers(words: NumberWords): CompiledNumbers {
  return {
    words,
    small: new Phrases(words.small),
    point: new Phrases(Object.entries(words.point)),
    percent: flags(words.percent),
    digitCues: wordSet(words.digitCues),
    timeCues: wordSet(words.timeCues ?? ''),
    weakTimeCues: wordSet(words.weakTimeCues ?? ''),
    timeEvidence: wordSet(words.timeEvidence ?? ''),
    changes: wordSet(words.changes ?? ''),
    amountCues: wordSet(words.amountCues ?? ''),
    singularUnits: wordSet(words.singularUnits ?? ''),
    timeJoins: wordSet(words.timeJoins ?? ''),
    notAfterTime: wordSet(words.notAfterTime ?? ''),
    zeroLetters: wordSet(words.zeroLetters ?? ''),
    notAfterZeroLetter: wordSet(words.notAfterZeroLetter ?? ''),
  };
}

function symbolPhrases(table: LanguageTable): Phrases<readonly SymbolMeaning[]> {
  const meanings = new Map<string, SymbolMeaning[]>();
  for (const [id, spoken] of Object.entries(table.symbols)) {
    const { notAfter = '', notBefore = '', compounds = '', ...levels } = spoken;
    for (const [level, phrases] of Object.entries(levels) as [ProseLevel, readonly string[]][]) {
      for (const phrase of phrases) {
        const meaning: SymbolMeaning = {
          id: id as SymbolId,
          level,
          notAfter: wordSet(notAfter),
          notBefore: wordSet(notBefore),
          compounds: wordSet(compounds),
        };
        const others = meanings.get(phrase) ?? [];
        meanings.set(phrase, FIRST_IN_CODE.includes(level) ? [meaning, ...others] : [...others, meaning]);
      }
    }
  }
  return new Phrases(meanings);
}

function flags(phrases: readonly string[]): Phrases<true> {
  return new Phrases(phrases.map((phrase) => [phrase, true] as const));
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').filter(Boolean).map(wordKey));
}
