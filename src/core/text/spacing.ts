/** Blanks between dictated text and the text it lands in. Pure; looks only at the line on both sides of the anchor. */

/** Text ready to be inserted. The anchor belongs between `text` and `trail`: what is dictated next goes on from there. */
export interface FittedText {
  /** A blank or nothing. */
  readonly lead: string;
  readonly text: string;
  /** A blank or nothing. */
  readonly trail: string;
}

/** No text, and nothing around it. */
export const NO_TEXT: FittedText = { lead: '', text: '', trail: '' };

/** Nothing goes between these and a word that follows: opening brackets and quotes, and what begins a handle or a price. */
const OPENING = new Set('([{<“‘«¿¡@$€£');
/** Text that begins with one of these joins the word before it. */
const CLOSING = new Set(',.;:!?…)]}>”’»%');
/** Quotes that look the same at both ends; which end it is follows from how many stand on the line. */
const STRAIGHT_QUOTES = new Set('"`');
/** Joins two words when it follows one directly ("well-known", "and/or", "a_b"). */
const JOINING = new Set("-/\\_'");
/** Scripts written without blanks between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\u3000-\u303f\uff00-\uffef]/u;
const WORD = /[\p{L}\p{N}]/u;

/**
 * Fits dictated `text` between `before` and `after`, the rest of the line on both sides of the anchor. White space at
 * the ends of `text` is replaced by what the neighbours call for; inside it nothing changes.
 */
export function fitText(text: string, before: string, after: string): FittedText {
  const core = text.trim();
  if (core === '') return { lead: '', text: '', trail: '' };
  return {
    lead: needsLead(core, before) ? ' ' : '',
    text: core,
    trail: needsTrail(core, before, after) ? ' ' : '',
  };
}

/** Joins pieces of dictated text as they would stand one after the other in a document. */
export function joinTexts(pieces: readonly string[]): string {
  return pieces.reduce((joined, piece) => {
    const { lead, text } = fitText(piece, joined, '');
    return joined + lead + text;
  }, '');
}

/** Joins pieces of heard text: a blank between them, unless both sides are written without. */
export function joinHeard(first: string, second: string): string {
  if (first === '' || second.trim() === '') return first === '' ? second : first;
  const [head, tail] = [first.trimEnd(), second.trimStart()];
  const unspaced = endsUnspaced(head) && UNSPACED.test(firstChar(tail));
  return unspaced ? head + tail : `${first} ${tail}`;
}

/** True if a text ends in a script that is written without blanks between words. */
export function endsUnspaced(text: string): boolean {
  return UNSPACED.test(lastChar(text.trimEnd()));
}

function needsLead(text: string, before: string): boolean {
  const last = lastChar(before);
  const first = firstChar(text);
  if (last === '' || isBlank(last)) return false;
  if (OPENING.has(last) || (CLOSING.has(first) && !isDottedName(text))) return false;
  if (UNSPACED.test(last) || UNSPACED.test(first)) return false;
  if (STRAIGHT_QUOTES.has(last)) return count(before, last) % 2 === 0;
  if (JOINING.has(last)) return !joinsWord(before);
  return true;
}

function needsTrail(text: string, before: string, after: string): boolean {
  const last = lastChar(text);
  const next = firstChar(after);
  if (next === '' || isBlank(next)) return false;
  if (CLOSING.has(next) || OPENING.has(last)) return false;
  if (UNSPACED.test(last) || UNSPACED.test(next)) return false;
  if (STRAIGHT_QUOTES.has(next)) return count(before, next) % 2 === 0;
  // An apostrophe closes a quotation that was opened before the anchor, or belongs to the word ("'s").
  if (next === "'") return false;
  return true;
}

/** True if the joining character at the end of `before` binds what follows: it stands directly after a word. */
function joinsWord(before: string): boolean {
  const last = lastChar(before);
  const previous = lastChar(before.slice(0, -1));
  // After a word an apostrophe closes ("users' data"); after nothing, a blank or a bracket it opens a quotation.
  if (last === "'") return previous === '' || isBlank(previous) || OPENING.has(previous) || previous === '=';
  return last === '_' || last === '\\' || WORD.test(previous);
}

/** `.gitignore` and `.5` begin with a full stop that belongs to them. */
function isDottedName(text: string): boolean {
  return text.startsWith('.') && WORD.test(text.charAt(1));
}

function isBlank(char: string): boolean {
  return /\s/u.test(char);
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}

/** First character, whole even if it takes two UTF-16 units; empty for an empty text. */
function firstChar(text: string): string {
  const point = text.codePointAt(0);
  return point === undefined ? '' : String.fromCodePoint(point);
}

/** Last character, whole even if it takes two UTF-16 units; empty for an empty text. */
function lastChar(text: string): string {
  const low = text.at(-1) ?? '';
  const pair = text.slice(-2);
  return (pair.codePointAt(0) ?? 0) > 0xffff ? pair : low;
}
