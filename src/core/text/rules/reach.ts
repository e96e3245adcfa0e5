import type { Language } from '../languages/compiled';
import type { SymbolId } from '../symbols';
import type { WordView } from './heard';

/** Where a formatter's words are read. */
export interface Reach {
  readonly view: WordView;
  readonly language: Language;
  readonly codeLike: boolean;
}

/** Operators whose names are rarely part of a name. */
const OPERATORS: ReadonlySet<SymbolId> = new Set(['equals', 'plus', 'minus']);
/** Brackets end a name by their one-word names, too: "camel get user paren". */
const BRACKETS: ReadonlySet<SymbolId> = new Set([
  'openParen',
  'closeParen',
  'openBracket',
  'closeBracket',
  'openBrace',
  'closeBrace',
]);
/** Symbols that names begin with: "camel new line count". */
const NAME_BEGINNINGS: ReadonlySet<SymbolId> = new Set(['newLine', 'newParagraph']);

/** "over" and spoken symbols end a formatter's reach, but words that are symbols beside others only do not ("star"). */
export function endsReach(reach: Reach, index: number): boolean {
  const { view, language, codeLike } = reach;
  if (language.over.match(view, index)) return true;
  const symbol = language.symbols.match(view, index);
  if (!symbol) return language.formatters.match(view, index)?.value.sure ?? false;
  if (symbol.words > 1) return true;
  if (codeLike && symbol.value.some(({ id }) => OPERATORS.has(id) || BRACKETS.has(id))) return true;
  // "camel get user semi" ends a statement, "camel semi major axis" is a name.
  if (codeLike && symbol.value.some(({ id }) => id === 'semicolon') && !isWord(reach, index + 1)) return true;
  return symbol.value.some(({ level }) => level === 'plain' || level === 'name' || level === 'opener');
}

/** True if a name may begin at `index`: short formatters are words of their own ("snake equals five"). */
export function beginsName(reach: Reach, index: number): boolean {
  const symbol = reach.language.symbols.match(reach.view, index);
  return !endsReach(reach, index) || (symbol?.value.some(({ id }) => NAME_BEGINNINGS.has(id)) ?? false);
}

function isWord({ view, language }: Reach, index: number): boolean {
  return view.at(index) !== undefined && !language.symbols.match(view, index);
}
