/** Words of the user's own: "write", or "sounds like → write". */

/** One word and the ways it is heard. */
export interface OwnWord {
  readonly write: string;
  readonly soundsLike: readonly string[];
}

/** What was read, and what is wrong with the rest, one sentence each for the user. */
export interface OwnWords {
  readonly words: readonly OwnWord[];
  readonly problems: readonly string[];
}

const ARROW = /\s*(?:→|->|=>)\s*/u;
const CONTROL = /\p{Cc}/u;
const LONGEST = 100;
/** A file of the project is not trusted to be small. */
const MOST_WORDS = 2000;

/**
 * Reads the setting: a list of words ("Kubernetes"), or an object from what is heard to what is written
 * (`{ "cube control": "kubectl" }`), or a list with arrows ("cube control → kubectl").
 */
export function readOwnWords(setting: unknown): OwnWords {
  if (setting === undefined || setting === null) return { words: [], problems: [] };
  if (Array.isArray(setting))
    return collect(setting.map((entry) => (typeof entry === 'string' ? entry : undefined)));
  if (typeof setting === 'object') {
    return collect(
      Object.entries(setting).map(([heard, write]) =>
        typeof write === 'string' ? `${heard} → ${write}` : undefined,
      ),
    );
  }
  return {
    words: [],
    problems: ['The vocabulary must be a list of words, or an object from what is heard to what is written.'],
  };
}

/** Reads the project's file: a word or "sounds like → write" a line, `#` begins a comment. */
export function readWordFile(text: string): OwnWords {
  const lines = text.split(/\r?\n/u).map((line) => line.replace(/(?:^|\s)#.*$/u, '').trim());
  return collect(lines.filter((line) => line !== ''));
}

function collect(entries: readonly (string | undefined)[]): OwnWords {
  const words = new Map<string, readonly string[]>();
  const problems: string[] = [];
  if (entries.length > MOST_WORDS)
    problems.push(`Only the first ${MOST_WORDS} words of the vocabulary are used.`);
  for (const entry of entries.slice(0, MOST_WORDS)) {
    const [first = '', second] = entry?.split(ARROW).map((part) => part.trim()) ?? [];
    const write = second ?? first;
    const problem =
      entry === undefined ? 'is no text' : wordProblem(write, second === undefined ? write : first);
    if (problem) problems.push(`The vocabulary's entry "${(entry ?? '').slice(0, LONGEST)}" ${problem}.`);
    else words.set(write, [...(words.get(write) ?? []), ...(second === undefined ? [] : [first])]);
  }
  return { words: [...words].map(([write, soundsLike]) => ({ write, soundsLike })), problems };
}

function wordProblem(write: string, heard: string): string | undefined {
  if (!/[\p{L}\p{N}]/u.test(write) || !/[\p{L}\p{N}]/u.test(heard)) return 'has no letters';
  if (write.length > LONGEST || heard.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (CONTROL.test(write)) return 'has control characters';
  return undefined;
}
