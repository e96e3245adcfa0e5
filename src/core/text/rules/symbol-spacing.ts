import { NAME_ENDINGS, SYMBOLS, type Spacing, type SymbolForm } from '../symbols';
import type { Piece, SymbolPiece } from './pieces';
import type { Position } from './types';

/** How a symbol stands on the line it lands on. */
export interface SymbolPlace {
  readonly write: string;
  readonly blankBefore: boolean;
  /** Nothing comes between it and what follows. */
  readonly joinsNext: boolean;
}

/** "'s", "'ll". */
const LONGEST_ENDING = 2;
const WORD_END = /[\p{L}\p{N}_)\]}"'`?!]$/u;
/** After these words a bracket opens an expression, not a call. */
const KEYWORD_END =
  /(?:^|[^\p{L}\p{N}_])(?:if|elif|else|for|foreach|while|until|switch|case|match|catch|return|yield|await|with|in|of|and|or|not|is|throw|when|typeof|function|assert|del|print|echo|let|const|var|from|import|export|default|new|as)$/u;
/** Where an operand is missing: a sign that follows belongs to what comes. */
const OPERAND_MISSING = /(?:^|[([{,;:=+\-*/%<>&|^!~?]|=>)\s*$/u;
/** Commands after whose name a slash or a dot begins a path, with wrappers in front of them. */
const COMMAND_ONLY = /^\s*(?:\S+[$#%>]\s+)?(?:(?:sudo|time|env|exec|nohup)\s+)*[\w.-]+$/u;
const AFTER_OPTION_OR_OPERATOR = /(?:^|\s)(?:-{1,2}[\w-]+|[|&;<>]+)$/u;
/** A folder by itself, if an option follows: "find dot dash name". */
const ENDS_PATH: ReadonlySet<string> = new Set(['.', '~']);
const LONG_OPTION = /(?:^|\s)--\p{L}[\p{L}\p{N}-]*$/u;
/** Shorter ones are rather letters of short options. */
const OPTION_WORD = /^\p{L}[\p{L}\p{N}]{2,}$/u;
const ALL_CAPITALS = /^\p{Lu}+$/u;
/** Folders at the root of a file system: "cp hosts slash etc" means a path of its own. */
const ROOT_FOLDERS: ReadonlySet<string> = new Set(
  'etc usr tmp home var opt dev bin sbin proc sys root mnt srv lib boot run media'.split(' '),
);
const PACKAGE_MANAGER = /^\s*(?:npm|npx|pnpm|yarn|bun|deno)\b/u;
/** A quote after these belongs to the literal they begin: f"…", r'…'. */
const STRING_PREFIX = /(?:^|[^\p{L}\p{N}_])(?:f|r|b|u|rb|br|fr|rf|L|c)$/u;

/** Places `piece` after `line`, the text of its line so far; `rest` are the pieces that follow. */
export function placeSymbol(
  piece: SymbolPiece & Pick<Piece, 'codeLike'>,
  line: string,
  rest: readonly Piece[],
  position: Position,
): SymbolPlace {
  const form: SymbolForm = SYMBOLS[piece.id];
  const spacing = spacingOf(form, piece.codeLike, position);
  const sides = sidesOf(spacing, form.write, piece, line.trimEnd(), rest, position);
  const apart = position === 'terminal' && ENDS_PATH.has(form.write) && isOption(rest[0]);
  return { write: form.write, ...sides, ...(apart && { joinsNext: false }) };
}

/** Spacing of a symbol where it stands. */
function spacingOf(form: SymbolForm, codeLike: boolean, position: Position): Spacing {
  if (position === 'terminal') return form.terminal ?? form.prose;
  return codeLike ? (form.code ?? form.prose) : form.prose;
}

type Sides = Omit<SymbolPlace, 'write'>;
const AFTER: Sides = { blankBefore: false, joinsNext: false };
const BEFORE: Sides = { blankBefore: true, joinsNext: true };
const JOINED: Sides = { blankBefore: false, joinsNext: true };
const APART: Sides = { blankBefore: true, joinsNext: false };

function sidesOf(
  spacing: Spacing,
  write: string,
  piece: SymbolPiece & Pick<Piece, 'codeLike'>,
  line: string,
  rest: readonly Piece[],
  position: Position,
): Sides {
  const next = rest[0];
  const empty = isPair(piece, next);
  switch (spacing) {
    case 'after':
    case 'break':
      return AFTER;
    case 'before':
      // "call it open paren close paren": an empty pair is a call in prose too.
      return empty && write === '(' ? JOINED : BEFORE;
    case 'joined':
      return JOINED;
    case 'apart':
      return insideQuotes(line) && write === '/' ? JOINED : APART;
    case 'call':
      return WORD_END.test(line) && !KEYWORD_END.test(line) ? JOINED : BEFORE;
    case 'sign':
      return OPERAND_MISSING.test(line) || KEYWORD_END.test(line) ? BEFORE : APART;
    case 'member':
      return memberSides(line, next, position);
    case 'option':
      return write === '-' ? dashSides(line, next) : BEFORE;
    case 'path':
      return pathSides(line, next);
    case 'at':
      return position === 'terminal' ? (PACKAGE_MANAGER.test(line) ? BEFORE : JOINED) : addressSides(rest);
    case 'genitive':
      return next?.kind === 'text' && next.text.length <= LONGEST_ENDING ? JOINED : AFTER;
    case 'toggle':
      return toggleSides(write, line);
    case 'block':
      return blockSides(write, line, empty);
  }
}

/** An opening bracket with its closing one right behind. */
function isPair(piece: SymbolPiece, next: Piece | undefined): boolean {
  if (next?.kind !== 'symbol') return false;
  return next.id === piece.id.replace('open', 'close') && next.id !== piece.id && next.id !== 'closeQuote';
}

function memberSides(line: string, next: Piece | undefined, position: Position): Sides {
  if (position !== 'terminal') return JOINED;
  if (/[./*~]$/u.test(line)) return JOINED;
  const beginsPath =
    next === undefined ||
    next.kind === 'symbol' ||
    COMMAND_ONLY.test(line) ||
    AFTER_OPTION_OR_OPERATOR.test(line);
  const ending = next?.kind === 'text' && NAME_ENDINGS.has(next.text.toLowerCase());
  return beginsPath && !ending ? BEFORE : JOINED;
}

function isOption(next: Piece | undefined): boolean {
  return next?.kind === 'symbol' && (SYMBOLS[next.id] as SymbolForm).terminal === 'option';
}

/** "dash dash force dash with dash lease" goes on with the long option; "dash u" is one of its own. */
function dashSides(line: string, next: Piece | undefined): Sides {
  const goesOn = next?.kind === 'text' && OPTION_WORD.test(next.text) && !ALL_CAPITALS.test(next.text);
  return goesOn && LONG_OPTION.test(line) ? JOINED : BEFORE;
}

function pathSides(line: string, next: Piece | undefined): Sides {
  if (/[./~*=:@]$/u.test(line)) return JOINED;
  const root = next?.kind === 'text' && ROOT_FOLDERS.has(next.text.toLowerCase());
  const begins = root || COMMAND_ONLY.test(line) || AFTER_OPTION_OR_OPERATOR.test(line);
  return begins ? BEFORE : JOINED;
}

/** "me at sign example dot com" is an address, "ask at sign anna" a mention. */
function addressSides([host, dot]: readonly Piece[]): Sides {
  return host?.kind === 'text' && dot?.kind === 'symbol' && dot.id === 'dot' ? JOINED : BEFORE;
}

function toggleSides(write: string, line: string): Sides {
  if (insideQuotesOf(write, line)) return AFTER;
  return STRING_PREFIX.test(line) ? JOINED : BEFORE;
}

function blockSides(write: string, line: string, empty: boolean): Sides {
  if (write === '{') {
    if (/[$#]$/u.test(line)) return JOINED;
    return empty || insideQuotes(line) ? BEFORE : APART;
  }
  // A brace that was opened without a blank is closed without one: ${name}.
  const opened = line.lastIndexOf('{');
  const tight = opened !== -1 && (opened === line.length - 1 || /\S/u.test(line.charAt(opened + 1)));
  return tight ? AFTER : APART;
}

function insideQuotes(line: string): boolean {
  return ['"', "'", '`'].some((quote) => insideQuotesOf(quote, line));
}

function insideQuotesOf(quote: string, line: string): boolean {
  // An apostrophe inside a word is no quote.
  const text = quote === "'" ? line.replace(/(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}])/gu, '') : line;
  return text.split(quote).length % 2 === 0;
}
