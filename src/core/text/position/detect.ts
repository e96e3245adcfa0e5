import type { Position } from '../rules/types';
import {
  COMMIT_LANGUAGES,
  MARKDOWN_LANGUAGES,
  MARKUP_LANGUAGES,
  PROSE_LANGUAGES,
  syntaxOf,
  type StringForm,
  type Syntax,
} from './languages';

/** A regular expression or a division? After these a slash begins the former. */
const BEFORE_REGEX = /(?:^|[=(,:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else))\s*$/u;
const REGEX = /^\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/u;
/** Longest character literal: `'\u{10ffff}'`. */
const LONGEST_CHAR = 12;
const FENCE = /^\s*(?:```|~~~)/u;

/**
 * Where the end of `before` is, read from the text alone. `before` is the text in front of the anchor, as many lines as
 * are at hand: more lines make comments and strings over several lines certain; the anchor's own line is the least.
 * `after` helps if `before` begins inside a block comment.
 */
export function detectPosition(languageId: string, before: string, after = ''): Position {
  if (languageId === 'git-commit' && /^\s*#/u.test(lastLine(before))) return 'line-comment';
  if (COMMIT_LANGUAGES.has(languageId)) return 'commit-message';
  if (MARKDOWN_LANGUAGES.has(languageId)) return inFence(before) ? 'code' : 'markdown';
  const syntax = syntaxOf(languageId);
  const found = new Scanner(syntax, before).end(startsInBlock(syntax, before, after));
  if (PROSE_LANGUAGES.has(languageId)) return found === 'line-comment' ? found : 'prose';
  if (MARKUP_LANGUAGES.has(languageId) && found === 'code') return inMarkupText(before) ? 'prose' : 'code';
  return found;
}

type State =
  | { readonly kind: 'code'; depth: number }
  | { readonly kind: 'line-comment' }
  | { readonly kind: 'block-comment'; readonly close: string }
  | { readonly kind: 'string'; readonly form: StringForm; readonly doc: boolean };

/** Reads code from the start to the end and knows in what it is. */
class Scanner {
  private readonly stack: State[] = [{ kind: 'code', depth: 0 }];
  private at = 0;

  constructor(
    private readonly syntax: Syntax,
    private readonly text: string,
  ) {}

  end(inBlock: string | undefined): Position {
    if (inBlock !== undefined) this.stack.push({ kind: 'block-comment', close: inBlock });
    while (this.at < this.text.length) this.step(this.stack.at(-1)!);
    const state = this.stack.at(-1)!;
    return state.kind === 'string' && state.doc ? 'block-comment' : state.kind;
  }

  private step(state: State): void {
    switch (state.kind) {
      case 'line-comment':
        if (this.text[this.at] === '\n') this.stack.pop();
        this.at++;
        return;
      case 'block-comment':
        if (this.take(state.close)) this.stack.pop();
        else this.at++;
        return;
      case 'string':
        return this.stepString(state.form);
      case 'code':
        return this.stepCode(state);
    }
  }

  private stepString(form: StringForm): void {
    if (this.take(form.close)) {
      this.stack.pop();
    } else if (form.interpolation && this.take(form.interpolation)) {
      this.stack.push({ kind: 'code', depth: 0 });
    } else if (form.escapes && this.text[this.at] === '\\') {
      this.at += 2;
    } else {
      // A string that must end on its line has lost its quote.
      if (this.text[this.at] === '\n' && !form.multiline) this.stack.pop();
      this.at++;
    }
  }

  private stepCode(state: { depth: number }): void {
    const { line, block, strings, regex } = this.syntax;
    const opened = block.find(([open]) => this.text.startsWith(open, this.at));
    if (opened) {
      this.at += opened[0].length;
      this.stack.push({ kind: 'block-comment', close: opened[1] });
      return;
    }
    if (line.some((marker) => this.take(marker))) {
      this.stack.push({ kind: 'line-comment' });
      return;
    }
    const form = strings.find((candidate) => this.opensString(candidate));
    if (form) {
      const doc = (form.doc ?? false) && this.text.slice(this.lineStart(), this.at).trim() === '';
      this.at += form.open.length;
      this.stack.push({ kind: 'string', form, doc });
      return;
    }
    const expression = regex && this.text[this.at] === '/' && this.regexAt();
    if (expression) {
      this.at += expression.length;
      return;
    }
    if (this.text[this.at] === '{') state.depth++;
    if (this.text[this.at] === '}') {
      if (state.depth === 0 && this.stack.length > 1) this.stack.pop();
      else state.depth--;
    }
    this.at++;
  }

  private opensString(form: StringForm): boolean {
    if (!this.text.startsWith(form.open, this.at)) return false;
    if (!form.char) return true;
    const rest = this.text.slice(this.at + 1, this.at + 1 + LONGEST_CHAR);
    return /^(?:\\[^\n]{1,10}|[^'\\\n])'/u.test(rest);
  }

  private regexAt(): string | undefined {
    if (!BEFORE_REGEX.test(this.text.slice(this.lineStart(), this.at))) return undefined;
    const end = this.text.indexOf('\n', this.at);
    return REGEX.exec(this.text.slice(this.at, end === -1 ? undefined : end))?.[0];
  }

  private lineStart(): number {
    return this.text.lastIndexOf('\n', this.at - 1) + 1;
  }

  private take(marker: string): boolean {
    if (!this.text.startsWith(marker, this.at)) return false;
    this.at += marker.length;
    return true;
  }
}

/** The end marker of the block comment that `before` begins in, if it does. */
function startsInBlock(syntax: Syntax, before: string, after: string): string | undefined {
  for (const [open, close] of syntax.block) {
    const [opened, closed] = [before.indexOf(open), before.indexOf(close)];
    if (closed !== -1 && (opened === -1 || closed < opened) && looksLikeBlock(before.slice(0, closed)))
      return close;
    if (opened !== -1 || closed !== -1) continue;
    const [opens, closes] = [after.indexOf(open), after.indexOf(close)];
    const ends = closes !== -1 && (opens === -1 || closes < opens);
    if (ends && looksLikeBlock(before)) return close;
    if (open === '/*' && /^\s*\*(?:\s|$)/u.test(lastLine(before))) return close;
  }
  return undefined;
}

/** A stretch that ends a block comment it did not open: anything without code's own statements on its first line. */
function looksLikeBlock(text: string): boolean {
  return !/[;{}]\s*$/u.test(text.split('\n', 1)[0]!);
}

function inFence(before: string): boolean {
  const fences = before
    .split('\n')
    .slice(0, -1)
    .filter((line) => FENCE.test(line));
  return fences.length % 2 === 1;
}

/** Between tags, and not inside a script or a style sheet. */
function inMarkupText(before: string): boolean {
  const element = Math.max(before.lastIndexOf('<script'), before.lastIndexOf('<style'));
  const closed = Math.max(before.lastIndexOf('</script'), before.lastIndexOf('</style'));
  if (element > closed) return false;
  return before.lastIndexOf('<') <= before.lastIndexOf('>');
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}
