import type { Role, SampleRange, Window } from '../model';
import { isHeardBefore, windowStart } from '../transcript/agreement';
import type { TranscriptState, UtteranceState } from '../transcript/state';
import { joinWords } from '../transcript/words';

/** Longest prompt of committed text; more costs time and steers Whisper too much. */
const PROMPT_CHARACTERS = 200;

function utteranceOf(state: TranscriptState, window: Window): UtteranceState | undefined {
  return state.utterances.find(({ id }) => id === window.utteranceId);
}

/**
 * The audio of a call: up to the window's end, from the utterance's trim point less the overlap, at most `longest`
 * samples. Asked when the call starts, since commits move the trim point while a window waits. A draft needs no words from
 * before a pause once the heavy model has heard them.
 */
export function callRange(
  state: TranscriptState,
  window: Window,
  longest: number,
  role: Role = 'heavy',
): SampleRange {
  const utterance = utteranceOf(state, window);
  const paused = role === 'fast' ? utterance?.pauses.at(-1)?.at : undefined;
  const trimmed =
    paused ?? (utterance && utterance.trim.at > utterance.start ? windowStart(utterance.trim) : 0);
  const start = Math.max(window.utteranceStart, trimmed, window.end - longest);
  return { start: Math.min(start, window.end), end: window.end };
}

/** A prompt for the heavy model: the end of the committed text that is not in its window, then the glossary. */
export function promptFor(
  state: TranscriptState,
  window: Window,
  policy: { readonly prompt: boolean; readonly glossary: () => string },
): string {
  const parts = [policy.prompt ? outsideWindow(state, window) : '', policy.glossary()];
  return parts.filter((part) => part !== '').join(' ');
}

function outsideWindow(state: TranscriptState, window: Window): string {
  const utterance = utteranceOf(state, window);
  const inside = utterance ? joinWords(utterance.committed.slice(utterance.trim.words)) : '';
  const { history } = state;
  const before = inside !== '' && history.endsWith(inside) ? history.slice(0, -inside.length) : history;
  // Never begins in the middle of a word.
  const cut = before.trim().slice(-PROMPT_CHARACTERS);
  return cut.length < before.trim().length ? cut.replace(/^\S*\s+/u, '') : cut;
}

/** The first sample that a call yet to come may ask for: none before it is needed any more. Infinity while nobody speaks. */
export function neededFrom(state: TranscriptState): number {
  const oldest = state.utterances[0];
  return oldest ? Math.max(oldest.start, windowStart(oldest.trim)) : Infinity;
}

/** True if no pass over this window can change anything: its utterance has had its last word, or all up to its end is committed. */
export function isDecided(state: TranscriptState, window: Window): boolean {
  const utterance = utteranceOf(state, window);
  return !utterance || utterance.verdict !== undefined || isHeardOut(state, window);
}

/** True if all that was said up to the window's end is committed; its utterance may wait for its last word still. */
export function isHeardOut(state: TranscriptState, window: Window): boolean {
  const utterance = utteranceOf(state, window);
  return utterance !== undefined && isHeardBefore(window.end, utterance);
}

/** True once it is known where the window's utterance ends: from then on only its final pass has anything to say. */
export function hasEnded(state: TranscriptState, window: Window): boolean {
  return utteranceOf(state, window)?.end !== undefined;
}

/** True if what the fast model said last of the window's utterance is not shown: too unlike what it had said before. */
export function isHeldBack(state: TranscriptState, window: Window): boolean {
  return utteranceOf(state, window)?.heldBack === true;
}

/** Audio of the utterance that is neither committed nor in the draft: what was said before the fast model could hear it. */
export function unheardFront(state: TranscriptState, window: Window): SampleRange {
  const utterance = utteranceOf(state, window);
  const start = utterance?.horizon ?? window.utteranceStart;
  return { start, end: Math.max(start, utterance?.fast?.range.start ?? window.end) };
}
