/** Translation without VS Code: pure, so that it can be tested and used by pure modules. */

/** Translates an English text; `{0}`, `{1}` … stand for the arguments. */
export type Translate = (message: string, ...args: readonly (string | number)[]) => string;

/** Puts the arguments into a text; what VS Code does when its display language is English. */
export const english: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));

/** Translated text by English text. */
export type Bundle = Readonly<Record<string, string>>;

/** Sentences end with one of these, and the next begins after a blank. */
const SENTENCE_END = /(?<=[.!?…])\s+/;
/** Arguments hold arguments at most so deep: a message, its reason, the detail of the reason. */
const MAX_DEPTH = 3;

interface Pattern {
  readonly expression: RegExp;
  /** Position in the list of arguments, by group of the expression. */
  readonly order: readonly number[];
  readonly translation: string;
  readonly literalLength: number;
}

/**
 * Translates texts that were put together elsewhere, by the parts of the product that know no VS Code: an English text
 * is found among the bundle's templates, its arguments are read out, translated likewise, and put into the translation. What is
 * not found stays English.
 */
export class SentenceTranslator {
  private readonly patterns: readonly Pattern[];

  constructor(private readonly bundle: Bundle) {
    this.patterns = Object.entries(bundle)
      .filter(([key]) => key.includes('{'))
      .map(([key, translation]) => pattern(key, translation))
      // The one that says most itself fits best.
      .sort((a, b) => b.literalLength - a.literalLength);
  }

  /** Translates a text of one or several sentences. */
  translate(text: string): string {
    return this.whole(text, 0) ?? this.sentences(text);
  }

  private sentences(text: string): string {
    const parts = text.split(SENTENCE_END);
    if (parts.length === 1) return text;
    const done: string[] = [];
    for (let from = 0; from < parts.length;) {
      // A template may have several sentences: the longest run that is known is taken.
      let to = parts.length;
      let found: string | undefined;
      for (; to > from; to--) {
        found = this.whole(parts.slice(from, to).join(' '), 0);
        if (found !== undefined) break;
      }
      done.push(found ?? parts[from] ?? '');
      from = found === undefined ? from + 1 : to;
    }
    return done.join(' ');
  }

  private whole(text: string, depth: number): string | undefined {
    const known = this.bundle[text] ?? this.bundle[upperFirst(text)];
    if (known !== undefined) return known;
    if (depth >= MAX_DEPTH) return undefined;
    for (const { expression, order, translation } of this.patterns) {
      const match = expression.exec(text);
      if (!match) continue;
      const args: string[] = [];
      order.forEach((position, group) => {
        const argument = match[group + 1] ?? '';
        args[position] = this.whole(argument, depth + 1) ?? argument;
      });
      return english(translation, ...args);
    }
    return undefined;
  }
}

function pattern(key: string, translation: string): Pattern {
  const order: number[] = [];
  const pieces = key.split(/\{(\d+)\}/);
  const source = pieces
    .map((piece, index) => {
      if (index % 2 === 0) return escape(piece);
      order.push(Number(piece));
      return '(.+?)';
    })
    .join('');
  const literal = pieces.filter((_, index) => index % 2 === 0).join('');
  // Case: a sentence within another one begins with a small letter.
  return { expression: new RegExp(`^${source}$`, 'is'), order, translation, literalLength: literal.length };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
