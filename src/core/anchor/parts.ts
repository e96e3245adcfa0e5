import type { TextChange } from './anchor';
import type { Span } from './site';
import { moveTrace, rewritten, standing, takenOut, traceOf, type Trace } from './trace';
import type { WrittenPart } from './written';

/** One piece of an utterance in its document, followed through the edits of others. Immutable. */
export interface Part {
  readonly text: Trace;
  /** The blank behind it, if we wrote one. */
  readonly trail?: Trace;
  readonly replaced: string;
  /** Which of several cursors. */
  readonly site: number;
}

/** Where one piece stands now. */
export interface StandingPart {
  readonly span: Span;
  /** The span with the blank behind it, if that is ours. */
  readonly whole: Span;
  /** What was selected before. */
  readonly replaced: string;
  /** Which of several cursors. */
  readonly site: number;
}

/** Text of the document between two offsets. */
export type TextAt = (start: number, end: number) => string;

/** The parts with one more that has just been written; one that follows another directly goes on with it. */
export function withPart(parts: readonly Part[], written: WrittenPart, textAt: TextAt): readonly Part[] {
  const { start, text, trail, replaced, site } = written;
  const behind = trail === '' ? {} : { trail: traceOf(start + text.length, trail) };
  const former = parts.find((part) => standing(part.text, textAt)?.end === start);
  if (!former) return [...parts, { text: traceOf(start, text), ...behind, replaced, site }];
  const from = former.text.start;
  const grown = traceOf(from, textAt(from, start) + text);
  return parts.map((part) => (part === former ? { ...former, text: grown, ...behind } : part));
}

/** Where each part stands; `undefined` if one of them was changed or is gone. */
export function standingParts(parts: readonly Part[], textAt: TextAt): readonly StandingPart[] | undefined {
  const found: StandingPart[] = [];
  for (const { text, trail, replaced, site } of parts) {
    const span = standing(text, textAt);
    if (!span) return undefined;
    const behind = trail && standing(trail, textAt);
    const isNext = behind?.start === span.end;
    const whole = isNext ? { start: span.start, end: behind.end } : span;
    found.push({ span, whole, replaced, site });
  }
  return found;
}

/** True if nothing of the parts is left. */
export function areGone(parts: readonly Part[]): boolean {
  return parts.every(({ text: { lost, start, end } }) => lost !== undefined || start >= end);
}

/**
 * A part moved through one change event.
 * @param isBack the event is an undo or redo, which may bring lost text back
 */
export function movePart(part: Part, changes: readonly TextChange[], isBack: boolean): Part {
  return {
    ...part,
    text: moveTrace(part.text, changes, isBack),
    ...(part.trail && { trail: moveTrace(part.trail, changes, isBack) }),
  };
}

/** A part after we have taken it out, its blank with it. */
export function takenOutPart({ trail, ...part }: Part): Part {
  const { start } = part.text;
  return {
    ...part,
    text: takenOut(part.text, start),
    ...(trail && { trail: takenOut(trail, trail.start) }),
  };
}

/** A part that has the form in which it stands now for its own; one that is gone stays as it is. */
export function acceptedPart(part: Part, textAt: TextAt): Part {
  const { start, end, lost } = part.text;
  const text = lost === undefined ? textAt(start, end) : '';
  return text === '' ? part : { ...part, text: rewritten(part.text, start, text) };
}

/**
 * The parts after each was written anew where it stood.
 * @param stood where they stood before
 * @param texts the new text of each; those that are empty were taken out, and are no parts any more
 */
export function rewrittenParts(
  parts: readonly Part[],
  stood: readonly StandingPart[],
  texts: readonly string[],
): readonly Part[] {
  const starts = startsAfter(stood, texts);
  return parts.flatMap((part, index) => {
    const [text, start] = [texts[index], starts[index]];
    return text && start !== undefined ? [{ ...part, text: rewritten(part.text, start, text) }] : [];
  });
}

/** Where each part begins once all were replaced by `texts`. */
function startsAfter(parts: readonly StandingPart[], texts: readonly string[]): readonly number[] {
  return parts.map(({ span }) =>
    parts.reduce((sum, other, index) => {
      const delta = (texts[index]?.length ?? 0) - (other.span.end - other.span.start);
      return other.span.start < span.start ? sum + delta : sum;
    }, span.start),
  );
}
