import type { Hypothesis, SampleRange, Window, Word } from '../model';
import { coveredBy, MAX_OVERLAP_WORDS, similarity, withoutSeam } from './align';
import { uncommitted } from './beyond';
import { beginsAtPause, expectedBefore, newWords } from './hearing';
import type { Heard, UtteranceState } from './state';
import { cutOff, steady, type DraftWord } from './steady';

/** A draft less similar to the one before is held back once. */
const OUTLIER_SIMILARITY = 0.35;
/** Drafts of fewer words jump about without anybody minding. */
const OUTLIER_WORDS = 3;

/**
 * Takes in a draft. Audio that left the fast model's window keeps the words it had. A draft that has little in common
 * with the one before is held back, once in a row: a lone outlier would flicker.
 */
export function withDraft(utterance: UtteranceState, window: Window, hypothesis: Hypothesis): UtteranceState {
  const { horizon } = utterance;
  const before = continued(utterance, hypothesis.range);
  const range = { start: Math.max(hypothesis.range.start, horizon), end: hypothesis.range.end };
  const said = newWords(utterance, window, hypothesis);
  const heard = { words: window.final ? said : cutOff(said), range, windowId: window.id };
  const raw = before ? joined(before, heard, horizon) : heard;
  const outlier =
    before !== undefined &&
    !utterance.heldBack &&
    before.words.length >= OUTLIER_WORDS &&
    similarity(before.words, raw.words) < OUTLIER_SIMILARITY;
  if (outlier) return { ...utterance, heldBack: true };
  const words = steady(before?.words ?? [], raw.words, raw.range.end);
  return { ...utterance, fast: { ...raw, words, complete: window.final }, heldBack: false };
}

/** The draft that a new one goes on; none if the new one is the first after a pause: what was said before is known from the heavy model. */
function continued(utterance: UtteranceState, range: SampleRange): Heard | undefined {
  const { fast } = utterance;
  return fast && beginsAtPause(utterance, range) && fast.range.start < range.start
    ? undefined
    : uncommitted(utterance);
}

/** A new draft together with what an older one says about audio that the new one did not hear. */
function joined(before: Heard, heard: Heard, horizon: number): Heard {
  if (heard.range.end <= before.range.start) {
    const words = [...heard.words, ...withoutSeam(heard.words, before.words, Infinity)];
    return { ...before, words, range: { start: heard.range.start, end: before.range.end } };
  }
  if (heard.range.start <= Math.max(before.range.start, horizon)) return heard;
  const range = { start: before.range.start, end: heard.range.end };
  return { ...heard, words: stitch(before, heard.words, heard.range), range };
}

/** Words that left the window, then what is heard now. */
function stitch(
  before: Heard,
  [first, ...others]: readonly DraftWord[],
  range: SampleRange,
): readonly DraftWord[] {
  const heard: readonly DraftWord[] = first ? [{ ...first, opening: true }, ...others] : [];
  const share = (before.range.end - range.start) / Math.max(1, range.end - range.start);
  const twice = Math.min(MAX_OVERLAP_WORDS, Math.round(heard.length * share));
  const old = before.words;
  if (twice <= 0) return [...old, ...withoutSeam(old, heard, Infinity)];
  const left = expectedBefore(range.start, old, before.range);
  // Where in the old text the new one begins: the end of its opening there, less the opening's length.
  const end = coveredBy(heard.slice(0, twice), old, left + twice);
  return [...old.slice(0, Math.max(0, end - twice)), ...heard];
}

/** The part of the utterance's draft that lies behind `at`, if there is any. It begins no earlier than what is committed ends. */
export function overhangOf({ fast, committed }: UtteranceState, at: number): Heard | undefined {
  if (!fast || fast.range.end <= at) return undefined;
  const words = fast.words.slice(upTo(fast, at, committed.at(-1)).words.length);
  return { ...fast, words, range: { start: Math.max(at, fast.range.start), end: fast.range.end } };
}

/**
 * Words of `heard` up to a sample position.
 * @param previous the word before them, if there is one
 */
export function upTo(heard: Heard, end: number, previous: Word | undefined): Heard {
  const { words, range } = heard;
  if (range.end <= end) return heard;
  const count = wordsBefore(expectedBefore(end, words, range), words, previous);
  return {
    ...heard,
    words: words.slice(0, count),
    range: { start: Math.min(range.start, end), end },
  };
}

/** Behind such a word speakers leave a gap. */
const CLAUSE_END = /[.,;:!?…。，；：！？]["'”’)]*$/u;
/**
 * A gap is looked for in silence: where a committed clause has ended and hardly a word is expected before the gap, it is the one behind
 * that clause. Words of a draft have no times, and their share of the time forgets the silence.
 */
const HARDLY_A_WORD = 1.5;

/** How many of `words` are said before a gap where so many are `expected`. */
function wordsBefore(expected: number, words: readonly Word[], previous: Word | undefined): number {
  const isTimed = words.some(({ end }) => end !== undefined);
  const hasEnded = previous !== undefined && CLAUSE_END.test(previous.text);
  return !isTimed && hasEnded && expected < HARDLY_A_WORD ? 0 : Math.round(expected);
}
