import { SYMBOLS, type SymbolForm } from '../symbols';
import type { Piece } from './pieces';
import type { Position } from './types';

/** What becomes of the marks a recogniser puts between words when some of the words are symbols or the text is code. */

const MADE_UP_IN_CODE = /[,.?!…]/gu;
const PAUSES = /[,.;:?!…]/gu;
const WEAK_PAUSES = /[,;]/gu;
const QUOTES = ['"', "'", '`'];
const SENTENCE_END = /[.?!…]/u;
const NOT_SENTENCE_END = /[^.?!…]/gu;
/** Before these the end of a sentence is believed: a quotation or a line may begin after one. */
const KEEP_END_BEFORE: ReadonlySet<string> = new Set([
  'newLine',
  'newParagraph',
  'openQuote',
  'quote',
  'codeFence',
  'dash',
  'hash',
  'star',
]);
/** After these a sentence may end: a closing bracket or quote. */
const CLOSING = new Set([
  ')',
  ']',
  '}',
  '"',
  "'",
  '`',
  '>',
  '%',
  '_',
  '*',
  '/',
  '$',
  '#',
  '~',
  '++',
  '+',
  '^',
]);

/** Marks that stay after a text piece in front of `next`. */
export function marksAfterText(trail: string, codeLike: boolean, next: Piece | undefined): string {
  if (trail === '') return trail;
  const kept = codeLike ? trail.replace(MADE_UP_IN_CODE, '') : trail;
  if (next?.kind === 'symbol') {
    return kept.replace(KEEP_END_BEFORE.has(next.id) && !next.codeLike ? WEAK_PAUSES : PAUSES, '');
  }
  // "so, um, I": the commas are the filler's.
  if (next?.kind === 'nothing' && next.trail !== '') return kept.replace(WEAK_PAUSES, '');
  return kept;
}

/** Marks that stay after a symbol: the end of a sentence behind a closing one in prose. */
export function marksAfterSymbol(
  trail: string,
  piece: Piece & { kind: 'symbol' },
  next: Piece | undefined,
): string {
  const form: SymbolForm = SYMBOLS[piece.id];
  // The back tick that closes a span of code still counts as code; what follows it does not.
  const inCode = piece.codeLike && piece.id !== 'backtick';
  if (inCode || next?.kind === 'symbol' || !CLOSING.has(form.write)) return '';
  return trail.replace(NOT_SENTENCE_END, '');
}

/** True if marks that ended a sentence were left out: the capital behind them was the recogniser's idea. */
export function lostSentenceEnd(heard: string, kept: string): boolean {
  return SENTENCE_END.test(heard) && !SENTENCE_END.test(kept);
}

/** The final full stop is dropped in headings, first lines of commit messages, strings, and in front of more text. */
export function dropsFinalStop(position: Position, before: string, text: string, after: string): boolean {
  const rest = after.split('\n', 1)[0]!.trim();
  if (rest !== '' && position !== 'string') return /^[\p{L}\p{N}.,;:!?]/u.test(rest);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  switch (position) {
    case 'commit-message':
      return !before.includes('\n') && !text.includes('\n');
    case 'markdown':
      return /^\s*#{1,6}\s/u.test(line + text) && !text.includes('\n');
    case 'string':
      return !/[.?!…]\s/u.test(
        line.slice(Math.max(...QUOTES.map((quote) => line.lastIndexOf(quote))) + 1) + text,
      );
    case 'prose':
    case 'line-comment':
    case 'block-comment':
    case 'code':
    case 'terminal':
      return false;
  }
}
