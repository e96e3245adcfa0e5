import type { TextChange } from './anchor';
import type { Span } from './site';

/**
 * Text of ours in a document, followed through the edits of others, so that it can be taken back or written anew as
 * long as it stands there unchanged. Immutable.
 */
export interface Trace {
  readonly start: number;
  readonly end: number;
  /** Every form in which we wrote it, the latest last: an undo brings a former one back. */
  readonly forms: readonly string[];
  /**
   * Its text was taken out: so many characters stood before it in what the change took out; then the same for the place
   * where it had stood, for each change that took out that.
   */
  readonly lost?: readonly number[];
}

/** Text that has just been written at `start`. */
export function traceOf(start: number, text: string): Trace {
  return { start, end: start + text.length, forms: [text] };
}

/**
 * Moves a trace through one change event.
 * @param isBack the event is an undo or redo, which may bring lost text back
 */
export function moveTrace(trace: Trace, changes: readonly TextChange[], isBack: boolean): Trace {
  return [...changes]
    .sort((a, b) => b.rangeOffset - a.rangeOffset)
    .reduce((moved, change) => moveThrough(moved, change, isBack), trace);
}

/**
 * Where the text stands in one of its forms; `undefined` if somebody has changed it, or it is gone.
 * @param textAt text of the document between two offsets
 */
export function standing(trace: Trace, textAt: (start: number, end: number) => string): Span | undefined {
  if (trace.lost !== undefined) return undefined;
  const { start, forms } = trace;
  const form = forms.findLast((one) => one !== '' && textAt(start, start + one.length) === one);
  return form === undefined ? undefined : { start, end: start + form.length };
}

/** The trace after we have written `text` at `start` in its place. */
export function rewritten(trace: Trace, start: number, text: string): Trace {
  const forms = [...trace.forms.filter((form) => form !== text), text];
  return { start, end: start + text.length, forms };
}

/** The trace after we have taken its text out. */
export function takenOut(trace: Trace, at: number): Trace {
  return { start: at, end: at, forms: trace.forms, lost: [0] };
}

function moveThrough(trace: Trace, change: TextChange, isBack: boolean): Trace {
  const { rangeOffset, rangeLength, text } = change;
  const { start, end, forms } = trace;
  const rangeEnd = rangeOffset + rangeLength;
  const delta = text.length - rangeLength;
  if (trace.lost !== undefined) return moveLost(trace, trace.lost, change, isBack);
  if (rangeEnd <= start) return { ...trace, start: start + delta, end: end + delta };
  if (rangeOffset >= end) return trace;
  if (rangeOffset <= start && rangeEnd >= end) {
    // A formatter, or a file that was read anew, replaces everything: the text may be in what came.
    const found = findForm(forms, text, start - rangeOffset);
    if (found) return placed(trace, rangeOffset, found);
    return { start: rangeOffset, end: rangeOffset, forms, lost: [start - rangeOffset] };
  }
  if (rangeOffset < start) return { ...trace, start: rangeOffset + text.length, end: end + delta };
  return { ...trace, end: rangeEnd <= end ? end + delta : rangeOffset };
}

/** Moves the place where text was taken out; an undo brings the text back, or the surroundings of the place. */
function moveLost(trace: Trace, lost: readonly number[], change: TextChange, isBack: boolean): Trace {
  const { rangeOffset, rangeLength, text } = change;
  const { start } = trace;
  const rangeEnd = rangeOffset + rangeLength;
  const at = (place: number, more = lost): Trace => ({ ...trace, start: place, end: place, lost: more });
  if (rangeOffset > start) return trace;
  if (rangeEnd < start) return at(start + text.length - rangeLength);
  const inside = lost.at(-1) ?? 0;
  if (isBack) {
    const found = lost.length === 1 && findForm(trace.forms, text, start - rangeOffset + inside);
    if (found) return placed(trace, rangeOffset, found);
    if (lost.length > 1 && text.length >= inside) return at(rangeOffset + inside, lost.slice(0, -1));
  }
  if (rangeEnd === start) return at(start + text.length - rangeLength);
  return at(rangeOffset, [...lost, start - rangeOffset]);
}

function placed({ forms }: Trace, offset: number, { at, length }: { at: number; length: number }): Trace {
  return { start: offset + at, end: offset + at + length, forms };
}

/** The form in `text` that is nearest to `inside`; later forms first. */
function findForm(
  forms: readonly string[],
  text: string,
  inside: number,
): { readonly at: number; readonly length: number } | undefined {
  for (const form of [...forms].reverse()) {
    if (form === '') continue;
    const before = text.lastIndexOf(form, Math.max(0, inside));
    const after = text.indexOf(form, Math.max(0, inside));
    const both = [before, after].filter((at) => at !== -1);
    const [nearest] = both.sort((a, b) => Math.abs(a - inside) - Math.abs(b - inside));
    if (nearest !== undefined) return { at: nearest, length: form.length };
  }
  return undefined;
}
