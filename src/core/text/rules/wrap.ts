import { continuedPrefix } from '../position/comment-prefix';
import type { TextContext, TextRuleOptions } from './types';

/** Positions whose lines are wrapped at the ruler when that is asked for. */
const WRAPPED: ReadonlySet<TextContext['position']> = new Set([
  'line-comment',
  'block-comment',
  'commit-message',
]);

/**
 * Breaks inserted text at blanks so that no line reaches over the ruler; the lines that follow go on with the comment's
 * prefix. A word longer than the line stays whole. The first line of a commit message is never broken.
 */
export function wrapInserted(text: string, context: TextContext, options: TextRuleOptions): string {
  const { ruler, tabSize } = options;
  if (ruler === undefined || !WRAPPED.has(context.position)) return text;
  if (context.position === 'commit-message' && !(context.before + text).includes('\n')) return text;
  let line = context.before.slice(context.before.lastIndexOf('\n') + 1);
  let wrapped = '';
  for (const [, blanks, word] of text.matchAll(/([^\S\n]*)(\n|[^\s]*)/gu)) {
    if (word === '\n') {
      wrapped += '\n';
      line = '';
      continue;
    }
    const prefix = continuedPrefix(line, context);
    const fits = columns(line + blanks + word, tabSize) <= ruler;
    const breaks =
      !fits && word !== '' && blanks !== '' && line.trim() !== prefix.trim() && line.trim() !== '';
    const piece = breaks ? `\n${prefix}${word}` : `${blanks}${word}`;
    wrapped += piece;
    line = breaks ? prefix + word : line + piece;
  }
  return wrapped;
}

/** Width of a line in columns. */
function columns(line: string, tabSize: number): number {
  let width = 0;
  for (const char of line) width += char === '\t' ? tabSize - (width % tabSize) : 1;
  return width;
}
