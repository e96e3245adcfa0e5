/**
 * Where dictated text will land: an offset that moves with every edit of its document. Pure arithmetic over change
 * events, so that it holds wherever the edit came from: the keyboard, other cursors, a formatter, undo, another program.
 */

/**
 * One replacement of a change event: `rangeLength` UTF-16 units at `rangeOffset` became `text`. All replacements of one
 * event speak of the document before the event and do not overlap (the shape of VS Code's content changes).
 */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** Text that stood on both sides of the anchor before the event; any length, the side towards the anchor matters. */
export interface AnchorContext {
  readonly before: string;
  readonly after: string;
}

/** Pairs that an editor types at once when the opening one is typed; the caret, and so the anchor, stays between them. */
const AUTO_CLOSED_PAIRS: ReadonlySet<string> = new Set(['()', '[]', '{}', '<>', '""', "''", '``']);

/** White space that is looked across when the anchor's surroundings are searched; no formatter indents deeper. */
const LONGEST_GAP = 200;

/**
 * Moves `offset` through one change event.
 *
 * - Edits before it shift it, edits after it do not.
 * - Text inserted exactly at it lands before it: whoever types while a draft is shown types in front of the draft.
 * - A replacement that ends at it pushes it to the replacement's end; one that begins at it leaves it alone.
 * - If the text around it was replaced, it goes where `context` is found again in the new text (a formatter, a file
 *   reloaded from disk), else to the end of the new text.
 */
export function moveOffset(
  offset: number,
  changes: readonly TextChange[],
  context: AnchorContext = { before: '', after: '' },
): number {
  let moved = offset;
  for (const { rangeOffset: start, rangeLength, text } of changes) {
    const end = start + rangeLength;
    if (start === offset && rangeLength === 0) {
      moved += AUTO_CLOSED_PAIRS.has(text) ? 1 : text.length;
    } else if (end <= offset) {
      moved += text.length - rangeLength;
    } else if (start < offset) {
      const inside = offset - start;
      moved += placeInside(text, inside, {
        before: tail(context.before, inside),
        after: context.after.slice(0, end - offset),
      });
      moved -= inside;
    }
  }
  return moved;
}

/** Moves an offset that lies in line `line` (0-based) when all line endings of the document change their length. */
export function moveOffsetByLineEndings(offset: number, line: number, was: string, is: string): number {
  return offset + line * (is.length - was.length);
}

/**
 * Finds the place of an anchor in a text that has nothing to do with change events: a file that was opened again.
 * @returns `undefined` if nothing around the anchor is left
 */
export function findAnchor(text: string, offset: number, context: AnchorContext): number | undefined {
  if (context.before.trim() === '' && context.after.trim() === '') return Math.min(offset, text.length);
  let best: number | undefined;
  let bestScore = 0;
  // The likeness of a place counts characters up to the first difference: four each, see there.
  const enough = 4 * Math.min(SURE_CHARACTERS, visible(context.before) + visible(context.after));
  for (let place = 0; place <= text.length; place++) {
    const score = likeness(text, place, context);
    if (score < enough || score < bestScore) continue;
    if (score > bestScore || Math.abs(place - offset) < Math.abs((best ?? place) - offset)) {
      best = place;
      bestScore = score;
    }
  }
  return best;
}

/** Visible characters around a place that must agree for it to be taken for the same: a few words. */
const SURE_CHARACTERS = 12;

function visible(text: string): number {
  return text.replace(/\s+/gu, '').length;
}

/**
 * The place in `replacement` that looks most like the anchor's old surroundings, white space aside (formatters change
 * that); of equals the nearest to the old place. Its end if nothing of the context is left.
 */
function placeInside(replacement: string, inside: number, context: AnchorContext): number {
  let best = replacement.length;
  let bestScore = 0;
  for (let place = 0; place <= replacement.length; place++) {
    const score = likeness(replacement, place, context);
    if (score === 0 || score < bestScore) continue;
    if (score > bestScore || Math.abs(place - inside) < Math.abs(best - inside)) {
      best = place;
      bestScore = score;
    }
  }
  return best;
}

/**
 * How many visible characters on both sides of `place` agree with the context before the first one that does not,
 * four points each; where some do, the very next characters, blanks too, decide between places in the same white space.
 */
function likeness(text: string, place: number, context: AnchorContext): number {
  const visible =
    agreeing(text, place - 1, context.before, context.before.length - 1, -1) +
    agreeing(text, place, context.after, 0, 1);
  if (visible === 0) return 0;
  const sameBefore = text[place - 1] === context.before.at(-1);
  const sameAfter = text[place] === context.after[0];
  return visible * 4 + (sameBefore ? 2 : 0) + (sameAfter ? 1 : 0);
}

/** Counts equal visible characters of `a` from `i` and `b` from `j`, walking by `step`. */
function agreeing(a: string, i: number, b: string, j: number, step: 1 | -1): number {
  for (let count = 0; ; count++) {
    i = skipBlanks(a, i, step);
    j = skipBlanks(b, j, step);
    if (a[i] === undefined || a[i] !== b[j]) return count;
    i += step;
    j += step;
  }
}

/** The next index from `i` that holds no white space; gives up after {@link LONGEST_GAP} so that cost stays linear. */
function skipBlanks(text: string, i: number, step: 1 | -1): number {
  for (let skipped = 0; skipped < LONGEST_GAP && isSpace(text[i]); skipped++) i += step;
  return i;
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r';
}

function tail(text: string, length: number): string {
  return length >= text.length ? text : text.slice(text.length - length);
}
