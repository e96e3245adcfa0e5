import type { FittedText } from '../spacing';

/** Where dictated text lands. Decides which spoken symbols are meant, how they are spaced, and what becomes of capitals. */
export type Position =
  'prose' | 'line-comment' | 'block-comment' | 'string' | 'code' | 'markdown' | 'commit-message' | 'terminal';

/** Text around the anchor and what is known about it. */
export interface TextContext {
  /** Text before the anchor; its last line is the anchor's line. A few lines are enough, one will do. */
  readonly before: string;
  /** Text after the anchor; its first line is the rest of the anchor's line. */
  readonly after: string;
  /** VS Code's language id, e.g. `typescript`, `plaintext`, `scminput`. */
  readonly languageId: string;
  readonly position: Position;
  /** Spoken language as Whisper codes it, e.g. `en`. Unknown ones get spacing and capitals only. */
  readonly language: string;
}

/** Every rule that can be switched off by itself. */
export type RuleId =
  /** "open paren" → `(`. */
  | 'symbols'
  /** "camel case get user" → `getUser`. */
  | 'formatters'
  /** "cap next", "no space". */
  | 'modifiers'
  /** "spell alpha bravo" → `ab`. */
  | 'spelling'
  /** "literal comma" → the word "comma". */
  | 'escape'
  /** "C plus plus" → `C++`. */
  | 'terms'
  /** Names of the project, through {@link TextRuleOptions.names}. */
  | 'names'
  /** Numbers, percentages, versions, times. */
  | 'numbers'
  /** Leaves out "um". */
  | 'fillers'
  /** "the the" → "the". */
  | 'repeats'
  /** Capital at the start of a sentence and nowhere else. */
  | 'case'
  /** Drops marks the recogniser made up: a final full stop in code, a comma before a spoken symbol. */
  | 'marks'
  /** A new line in a comment carries the comment's prefix on. */
  | 'commentPrefix';

/** All rule ids, for settings. */
export const RULE_IDS: readonly RuleId[] = [
  'symbols',
  'formatters',
  'modifiers',
  'spelling',
  'escape',
  'terms',
  'names',
  'numbers',
  'fillers',
  'repeats',
  'case',
  'marks',
  'commentPrefix',
];

/** When a spoken symbol, formatter or modifier acts: never, only where it cannot be an ordinary word, or always. */
export type SpokenMode = 'off' | 'prose-safe' | 'always';

/** Where a word stands, for whoever respells it. */
export interface NamePlace {
  readonly position: Position;
  /** True in code, in a terminal, and between back ticks in prose. */
  readonly codeLike: boolean;
  /** A comma stands before the words: another clause may begin. */
  readonly afterPause: boolean;
  /** Spoken language as Whisper codes it. */
  readonly language: string;
}

/** Reads heard words: index 0 is the first one that is not settled, negative ones were said or stand before. */
export type WordAt = (index: number) => string | undefined;

/** Knows the project's names. Implemented by the vocabulary. */
export interface NameSource {
  /**
   * The name that the words from `at` on are meant to be, with the number of words it takes; `undefined` if it is not sure.
   * Must only read words through `wordAt`: what was looked at decides how long text is held back.
   */
  match(
    wordAt: WordAt,
    at: number,
    place: NamePlace,
  ): { readonly words: number; readonly text: string } | undefined;
}

/** Knows the voice commands. */
export interface CommandSource {
  /**
   * How many words a command has that begins at `at` and ends with the utterance; `undefined` if there is none. Must only
   * read words through `wordAt`: what was looked at decides how long text is held back.
   */
  commandAt(wordAt: WordAt, at: number): number | undefined;
}

/** How the rules act; see `DEFAULT_TEXT_RULES`. */
export interface TextRuleOptions {
  /** Rules that are switched off. */
  readonly off: ReadonlySet<RuleId>;
  /** Mode of symbols, formatters and modifiers. */
  readonly spoken: SpokenMode;
  readonly names?: NameSource;
  /** What is a command unless "literal" stands before it. */
  readonly commands?: CommandSource;
  /** True for words that are written in lower case inside a sentence; without it only function words are. */
  readonly isOrdinaryWord?: (word: string) => boolean;
  /** Column (characters) at which comments and commit messages are wrapped; absent: no wrapping. */
  readonly ruler?: number;
  /** Width of a tab stop in columns, for the ruler. */
  readonly tabSize: number;
}

/** Prose-safe symbols, every rule on, no project names, no wrapping. */
export const DEFAULT_TEXT_RULES: TextRuleOptions = { off: new Set(), spoken: 'prose-safe', tabSize: 4 };

/** Text ready to be inserted, fitted to its neighbours. May begin or end with line breaks. */
export type RuledText = FittedText;

/** Heard text of one utterance that the rules have not decided yet. Value object; carried from piece to piece. */
export interface Carry {
  /** The last words that were decided: what follows is read in their light. Empty at the start of an utterance. */
  readonly said: string;
  /** Heard, but undecided: comes first in the next piece. */
  readonly pending: string;
}

/** State before an utterance's first piece. */
export const NOTHING_CARRIED: Carry = { said: '', pending: '' };
