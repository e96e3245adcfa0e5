/** Heard text as words that can be looked at, with a memory of how far ahead a rule has looked. */

/** One heard word, taken apart. */
export interface HeardWord {
  /** Blanks (or the hyphen of a compound) between this word and the one before. */
  readonly gap: string;
  /** Opening marks before the word, e.g. `(` or `"`. */
  readonly lead: string;
  /** The word itself, with marks inside it (`don't`, `3.14`). */
  readonly text: string;
  /** Marks after the word, e.g. `,` or `."`. */
  readonly trail: string;
  /** The word as it is compared: NFKC, lower case, letters, digits and inner apostrophes. Empty for pure marks. */
  readonly key: string;
  /** Offsets in the heard text, marks included, gap not. */
  readonly start: number;
  readonly end: number;
}

const COMPOUND_HYPHEN = /(?<=\p{L})-(?=\p{L})/u;
const NOT_LEADING = /[\p{L}\p{N}\p{M}\p{Emoji_Presentation}_$@#~.\\/+&*=<>|^%-]/u;
const TRAILING_MARKS = /(?<=.)[,.;:?!…)\]}"'`”’»]+$/su;
/** "p.m.", "e.g.": the last full stop belongs to the word. */
const DOTTED_LETTERS = /^(?:\p{L}\.){2,}$/u;
const APOSTROPHES = /[’ʼ]/gu;

/** What is compared of a word; see {@link HeardWord.key}. */
export function wordKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(APOSTROPHES, "'")
    .replace(/[^\p{L}\p{N}\p{M}'.]/gu, '')
    .replace(/^['.]+|['.]+$/gu, '');
}

/** Splits heard text at blanks, and compounds ("semi-colon") at their hyphens. */
export function splitHeard(text: string): readonly HeardWord[] {
  const words: HeardWord[] = [];
  for (const match of text.matchAll(/(\s*)(\S+)/gu)) {
    let gap = match[1]!;
    let start = match.index + gap.length;
    for (const part of match[2]!.split(COMPOUND_HYPHEN)) {
      words.push(takeApart(part, gap, start));
      start += part.length + 1;
      gap = '-';
    }
  }
  return words;
}

function takeApart(raw: string, gap: string, start: number): HeardWord {
  const first = raw.search(NOT_LEADING);
  const lead = first > 0 ? raw.slice(0, first) : '';
  const rest = raw.slice(lead.length);
  const trail = DOTTED_LETTERS.test(rest) ? '' : (TRAILING_MARKS.exec(rest)?.[0] ?? '');
  const word = rest.slice(0, rest.length - trail.length);
  return { gap, lead, text: word, trail, key: wordKey(word), start, end: start + raw.length };
}

/**
 * The words a rule may look at. Notes when it looked past the last word although more may come: what it decided then is
 * not settled. Index 0 is the first undecided word; below it come the words said before, and those before the anchor.
 */
export class WordView {
  private lookedPast = false;

  constructor(
    readonly words: readonly HeardWord[],
    private readonly said: readonly HeardWord[],
    /** True if the first of `words` begins the utterance. */
    readonly first: boolean,
    /** True if the utterance is complete. */
    readonly final: boolean,
  ) {}

  get length(): number {
    return this.words.length;
  }

  /** The word at `index`, or `undefined` outside. */
  at(index: number): HeardWord | undefined {
    if (index < 0) return this.said[this.said.length + index];
    if (index >= this.words.length && !this.final) this.lookedPast = true;
    return this.words[index];
  }

  /** Key of the word at `index`; empty outside. */
  key(index: number): string {
    return this.at(index)?.key ?? '';
  }

  /** Runs `decide` and tells whether it looked past the last word. */
  watch<T>(decide: () => T): { readonly result: T; readonly open: boolean } {
    this.lookedPast = false;
    const result = decide();
    return { result, open: this.lookedPast };
  }
}
