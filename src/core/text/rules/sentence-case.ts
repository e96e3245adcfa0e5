import type { Language } from '../languages/compiled';
import { commentPrefixOf, commentText } from '../position/comment-prefix';
import { wordKey } from './heard';
import type { TextContext, TextRuleOptions } from './types';

const INITIAL_CAPITAL = /^\p{Lu}(?:\p{Ll}|['’]|$)/u;
const INNER_CAPITAL = /^\S+\p{Lu}/u;
const SENTENCE_END = /[.?!…。！？]["'”’»)\]]*$/u;
const LIST_OR_HEADING = /^\s*(?:#{1,6}|[-*+>]|\d+[.)]|[-*+] \[[ xX]\])?\s*$/u;
/** A line that is at least this long and ends without a mark was wrapped: its sentence goes on. */
const WRAPPED_COLUMNS = 50;

/** True if `before`, all text up to a word, ends where a sentence begins. */
export function sentenceStarts(before: string, context: TextContext): boolean {
  const lines = before.split('\n');
  const line = withoutPrefix(lines.at(-1)!, context);
  if (!LIST_OR_HEADING.test(line)) return SENTENCE_END.test(line.trimEnd());
  if (/\S/u.test(line) || lines.length === 1) return true;
  const raw = lines.at(-2)!;
  const previous = withoutPrefix(raw, context).trim();
  const goesOn = previous !== '' && raw.length >= WRAPPED_COLUMNS && !/[.?!…:]$/u.test(previous);
  return !goesOn || (isComment(context) && !hasPrefix(raw, context));
}

/** First letter as a capital, unless the word is written in its own way (`iPhone`, `getUser`). */
export function capitalised(word: string): string {
  if (INNER_CAPITAL.test(word)) return word;
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length);
}

/**
 * A capital that only stood for the start of a sentence made small. Names keep theirs: in prose only words known to be
 * ordinary change, in code (`any`) all but those with capitals inside.
 */
export function uncapitalised(
  word: string,
  language: Language,
  options: TextRuleOptions,
  any: boolean,
): string {
  if (!INITIAL_CAPITAL.test(word)) return word;
  const key = wordKey(word);
  if (language.alwaysCapital.has(key)) return word;
  const ordinary = any || language.functionWords.has(key) || (options.isOrdinaryWord?.(key) ?? false);
  return ordinary ? word.charAt(0).toLowerCase() + word.slice(1) : word;
}

function isComment({ position }: TextContext): boolean {
  return position === 'line-comment' || position === 'block-comment';
}

function hasPrefix(line: string, context: TextContext): boolean {
  return commentPrefixOf(line, context) !== '';
}

function withoutPrefix(line: string, context: TextContext): string {
  if (context.position === 'string')
    return line.slice(Math.max(...['"', "'", '`'].map((q) => line.lastIndexOf(q))) + 1);
  return isComment(context) ? commentText(line, context) : line;
}
