import { ENGLISH } from './en';
import { FRENCH } from './fr';
import { GERMAN } from './de';
import { SPANISH } from './es';
import type { LanguageTable } from './types';

/** A language without a table: spacing, sentence case as heard, project names; nothing spoken is a symbol. */
const NEUTRAL: LanguageTable = {
  code: '',
  symbols: {},
  nounBefore: '',
  openerBefore: '',
  nounAfter: '',
  formatters: {},
  formatterNotAfter: '',
  formatterNotBefore: '',
  sentenceOpeners: '',
  over: [],
  capital: [],
  capitalNotBefore: '',
  noSpace: [],
  noSpaceNotAfter: '',
  noSpaceNotBefore: '',
  spell: [],
  escape: { sure: [] },
  letters: {},
  fillers: [],
  repeatable: '',
  functionWords: '',
  alwaysCapital: '',
  terms: {},
};

const TABLES: ReadonlyMap<string, LanguageTable> = new Map(
  [ENGLISH, GERMAN, FRENCH, SPANISH].map((table) => [table.code, table]),
);

/** The table of a spoken language by Whisper's code (`en`, `de`, `fr`, `es`; regions such as `en-GB` are cut off). */
export function languageTable(language: string): LanguageTable {
  return TABLES.get(language.toLowerCase().split('-')[0]!) ?? NEUTRAL;
}

export type { FormatterId, LanguageTable, NumberWords, ProseLevel } from './types';
