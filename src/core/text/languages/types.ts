import type { SymbolId } from '../symbols';

/**
 * How sure a phrase is in prose (in code and terminals every phrase acts): `plain` acts unless its neighbours make it a
 * noun; `opener` likewise, but only determiners and verbs of typing do; `edge` acts at the end of a sentence only;
 * `name` acts inside file and host names only; `near` acts beside another spoken symbol only; `code` never acts.
 */
export type ProseLevel = 'plain' | 'opener' | 'edge' | 'name' | 'near' | 'code';

/** How one symbol is spoken. Lists of words are separated by blanks. */
export type SpokenSymbol = { readonly [Level in ProseLevel]?: readonly string[] } & {
  /** After these words it is an ordinary word, whatever the level. */
  readonly notAfter?: string;
  /** Before these words it is an ordinary word. */
  readonly notBefore?: string;
  /** Behind these, with a determiner before them, it is an ordinary word: "a long dash", "the warranty period". */
  readonly compounds?: string;
};

/** Ids of formatters; what they do is in `formatters.ts`. */
export type FormatterId =
  | 'camel'
  | 'pascal'
  | 'snake'
  | 'kebab'
  | 'constant'
  | 'dotted'
  | 'slashed'
  | 'absolute'
  | 'packed'
  | 'dunder'
  | 'smash'
  | 'title'
  | 'sentence'
  | 'upper'
  | 'lower';

/**
 * How one formatter is spoken: `sure` phrases act in prose too, `short` ones in code and terminals only, `named` ones where
 * nothing but a formatter can be meant ("format that title").
 */
export interface SpokenFormatter {
  readonly sure: readonly string[];
  readonly short?: readonly string[];
  readonly named?: readonly string[];
}

/** Spoken numbers of a language. */
export interface NumberWords {
  /** Phrases of 0 and up (to 99, or 999 where hundreds are part of the word). */
  readonly small: ReadonlyMap<string, number>;
  readonly hundreds: Readonly<Record<string, number>>;
  /** Words that multiply what stands before by 100, and by more. */
  readonly hundred: readonly string[];
  readonly scales: Readonly<Record<string, number>>;
  /** Words between hundreds and the rest that say nothing: "two hundred and five". */
  readonly and: readonly string[];
  /** Words between the whole and its fraction, with the mark each of them is: a comma stands once, points make versions. */
  readonly point: Readonly<Record<string, '.' | ','>>;
  readonly percent: readonly string[];
  /** What follows a number before `%`: nothing, or a narrow blank where the language wants one. */
  readonly percentSign: string;
  /** "twenty first": the last word of an ordinal and its value below 20, and how it ends in digits. */
  readonly ordinals: Readonly<Record<string, number>>;
  /** Words after an hour: "pm", "Uhr". With the way it is written; minutes are absent if none were said. */
  readonly clock: Readonly<Record<string, (hour: number, minute?: number) => string>>;
  /** Minutes are said after the clock word: "quinze heures trente". */
  readonly minutesAfterClock: boolean;
  /** Words before an hour and a minute that make them a time without a clock word: "at three thirty". */
  readonly timeCues?: string;
  /** Words that stand before amounts as well, "around two fifty": a time only if something else speaks for it. */
  readonly weakTimeCues?: string;
  /** Words of the same sentence that speak for a time: "tomorrow", "meet". */
  readonly timeEvidence?: string;
  /** Words that speak for an amount: "divide by", "it grew to". */
  readonly changes?: string;
  /** Words before an amount whose hundred is not said: "by one twenty eight" is by 128. */
  readonly amountCues?: string;
  /** Units that make an adjective of the number before them: "two fifty byte blocks". */
  readonly singularUnits?: string;
  /** Words that may be plurals: what is counted is no time. */
  readonly plural?: RegExp;
  /** Words between two such times: "from three thirty to four fifteen". */
  readonly timeJoins?: string;
  /** Words after two numbers that make them no time: "from two ten year plans". */
  readonly notAfterTime?: string;
  /** Letters that are said for zero inside numbers, and words that make an exclamation of them: "oh no". */
  readonly zeroLetters?: string;
  readonly notAfterZeroLetter?: string;
  /** The word for a hundred or a thousand may stand without a number before it. */
  readonly bareHundred: boolean;
  /** Pairs such as "nineteen eighty four" are years. */
  readonly pairedYears: boolean;
  /** Words before single digits that make them a number: "port eight zero eight zero". */
  readonly digitCues: string;
  /** Numbers below this stay words in prose. */
  readonly writtenBelow: number;
}

/** Everything the rules know of a spoken language. */
export interface LanguageTable {
  readonly code: string;
  readonly symbols: { readonly [Id in SymbolId]?: SpokenSymbol };
  /** Words before a symbol's name that make it a noun: determiners, prepositions, verbs of typing. */
  readonly nounBefore: string;
  /** The same for `opener` phrases, fewer. */
  readonly openerBefore: string;
  /** Nouns that end as adjectives do: "string", "variable". */
  readonly notAdjectives?: string;
  /** Units that make an adjective with a number before them: "a two week period". */
  readonly units?: string;
  /** Determiners that count, too: "a second" is a unit behind them. */
  readonly indefinite?: string;
  /** Words after a symbol's name that make it a noun: "comma separated". */
  readonly nounAfter: string;
  readonly formatters: { readonly [Id in FormatterId]?: SpokenFormatter };
  /** Words before and after a formatter's name that make it the topic: "in camel case", "snake case is". */
  readonly formatterNotAfter: string;
  readonly formatterNotBefore: string;
  /** Words that begin a sentence: before one of them an `edge` phrase acts. */
  readonly sentenceOpeners: string;
  /** Words that end a formatter's reach. */
  readonly over: readonly string[];
  readonly capital: readonly string[];
  readonly capitalNotBefore: string;
  readonly noSpace: readonly string[];
  /** "there is no space left": words around it when space is the topic. */
  readonly noSpaceNotAfter: string;
  readonly noSpaceNotBefore: string;
  readonly spell: readonly string[];
  /** `short` phrases are ordinary words: in prose they act before symbols, formatters and commands only. */
  readonly escape: { readonly sure: readonly string[]; readonly short?: readonly string[] };
  /** "a string literal": words before a phrase of `escape` that make it a noun. */
  readonly escapeNotAfter?: string;
  /** Spoken letters ("alpha", "air") and what they spell; single letters are known anyway. */
  readonly letters: Readonly<Record<string, string>>;
  /** Letters of an alphabet of common words, in which a word of `capital` may be a letter itself. */
  readonly wordLetters?: string;
  readonly fillers: readonly string[];
  /** Words whose repetition is a slip. */
  readonly repeatable: string;
  /** Words written small inside a sentence. */
  readonly functionWords: string;
  /** Words that keep their capital anywhere: "I", "Monday". */
  readonly alwaysCapital: string;
  /** Set phrases: "c plus plus" → `C++`. */
  readonly terms: Readonly<Record<string, string>>;
  readonly numbers?: NumberWords;
}
