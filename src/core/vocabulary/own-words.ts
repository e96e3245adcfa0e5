/** Words of the user's own: "write", or "sounds like → write". */

/** One word and the ways it is heard. */
export interface OwnWord {
  readonly write: string;
  readonly soundsLike: readonly string[];
}

/** What can be wrong with an entry. `too-many`: this one and all that follow were left out. */
export type WordProblemReason = 'no-text' | 'no-letters' | 'too-long' | 'control' | 'too-many';

/** An entry that is not used. */
export interface WordProblem {
  /** Line of the file, or position in the list; the first is 1. */
  readonly line: number;
  /** The entry, shortened; empty for one that is no text. */
  readonly entry: string;
  readonly reason: WordProblemReason;
}

/** What was read, and what is wrong with the rest. */
export interface OwnWords {
  readonly words: readonly OwnWord[];
  readonly problems: readonly WordProblem[];
}

/** Characters of a word, heard or written. */
export const LONGEST_OWN_WORD = 100;
/** Entries of a list; a file of the project is not trusted to be small. */
export const MOST_OWN_WORDS = 2_000;

const ARROW = /\s*(?:→|->|=>)\s*/u;
const CONTROL = /\p{Cc}/u;
const COMMENT = /(?:^|\s)#.*$/u;

interface Entry {
  readonly line: number;
  readonly text: unknown;
}

/** Reads the setting: a list of words ("Kubernetes") and of "sounds like → write" ("cube control → kubectl"). */
export function readOwnWords(setting: readonly unknown[]): OwnWords {
  return collect(setting.map((text, index) => ({ line: index + 1, text })));
}

/** Reads the project's file: a word or "sounds like → write" a line; `#` at the start or behind a blank begins a comment. */
export function readWordFile(text: string): OwnWords {
  const entries = text.split(/\r?\n/u).map((line, index) => ({
    line: index + 1,
    text: line.replace(COMMENT, '').trim(),
  }));
  return collect(entries.filter((entry) => entry.text !== ''));
}

/** The entry for a word as both lists have it, the plain word if it is heard as it is written. */
export function ownWordEntry(write: string, soundsLike: string): string {
  return soundsLike.trim() === '' ? write.trim() : `${soundsLike.trim()} → ${write.trim()}`;
}

function collect(entries: readonly Entry[]): OwnWords {
  const words = new Map<string, readonly string[]>();
  const problems: WordProblem[] = [];
  for (const { line, text } of entries.slice(0, MOST_OWN_WORDS)) {
    const [first = '', second] = typeof text === 'string' ? partsOf(text) : [];
    const write = second ?? first;
    const reason = typeof text === 'string' ? problemOf(write, first) : 'no-text';
    if (reason)
      problems.push({ line, entry: typeof text === 'string' ? text.slice(0, LONGEST_OWN_WORD) : '', reason });
    else words.set(write, [...(words.get(write) ?? []), ...(second === undefined ? [] : [first])]);
  }
  const next = entries[MOST_OWN_WORDS];
  if (next) problems.push({ line: next.line, entry: '', reason: 'too-many' });
  return { words: [...words].map(([write, soundsLike]) => ({ write, soundsLike })), problems };
}

/** What is heard and what is written, parted by the first arrow: the written word may have one, too. */
function partsOf(text: string): readonly string[] {
  const arrow = ARROW.exec(text);
  const parts = arrow ? [text.slice(0, arrow.index), text.slice(arrow.index + arrow[0].length)] : [text];
  return parts.map((part) => part.trim());
}

function problemOf(write: string, heard: string): WordProblemReason | undefined {
  if (!/[\p{L}\p{N}]/u.test(write) || !/[\p{L}\p{N}]/u.test(heard)) return 'no-letters';
  if (write.length > LONGEST_OWN_WORD || heard.length > LONGEST_OWN_WORD) return 'too-long';
  return CONTROL.test(write) ? 'control' : undefined;
}
