import type { Hypothesis, TranscriptEvent, Window } from '../model';
import { agreed, cutAfter, isHeardBefore, pauseAfter } from './agreement';
import { commitEvent, commitFromHead, remember } from './commits';
import { overhangOf, withDraft } from './draft';
import { newWords, verdictOf } from './hearing';
import type { TranscriptInput, TranscriptState, TranscriptStep, UtteranceState, Verdict } from './state';
import { endedAt, lastResort, newUtterance, redraw } from './utterance';

/** How the merge decides; pure, so that every interleaving can be tried in a table. */
export interface ReducerOptions {
  /** Commit agreed words while the speaker goes on. */
  readonly agreement: boolean;
  /** Probability that an agreed word needs, 0…1. */
  readonly sure?: number;
}

/**
 * The merge: one step for one thing that happened. Utterances commit in the order they were spoken, whatever order
 * their answers come in; a window of an utterance that is decided already changes nothing.
 */
export function reduceTranscript(
  state: TranscriptState,
  input: TranscriptInput,
  options: ReducerOptions,
): TranscriptStep {
  switch (input.type) {
    case 'utterance-start':
      return begin(state, input.utteranceId, input.start);
    case 'utterance-end':
      return end(state, input.utteranceId, input.range.end);
    case 'dropped': {
      const { role, window, reason } = input;
      const { utteranceId, id: windowId } = window;
      return { state, events: [{ type: 'dropped', role, utteranceId, windowId, reason }] };
    }
    case 'heard':
      return heard(state, input.window, input.hypothesis, options);
    case 'trusted':
      return decide(state, input.window, (utterance) => ({
        window: input.window,
        words: lastResort(utterance),
        verified: true,
        trusted: true,
      }));
    case 'unconfirmed':
      return decide(state, input.window, (utterance) => unconfirmed(utterance, input.window));
  }
}

/** What the draft of the utterance before said behind a split is this one's first draft: shown words stay shown. */
function begin(state: TranscriptState, id: number, start: number): TranscriptStep {
  const { overhang, ...rest } = state;
  const fresh = newUtterance(id, start, state.recent);
  if (overhang?.splitAt !== start)
    return { state: { ...rest, utterances: [...state.utterances, fresh] }, events: [] };
  const { draft } = overhang;
  const utterance = { ...fresh, fast: draft };
  const next = { ...rest, utterances: [...state.utterances, utterance] };
  return shown(next, utterance, draft.windowId, draft.range.end, []);
}

function end(state: TranscriptState, id: number, at: number): TranscriptStep {
  const utterance = state.utterances.find((other) => other.id === id);
  if (!utterance) return { state, events: [] };
  const draft = overhangOf(utterance, at);
  const next = { ...state, ...(draft && { overhang: { splitAt: at, draft } }) };
  return shown(next, endedAt(utterance, at), utterance.fast?.windowId ?? 0, at, []);
}

function heard(
  state: TranscriptState,
  window: Window,
  hypothesis: Hypothesis,
  options: ReducerOptions,
): TranscriptStep {
  const utterance = openUtterance(state, window);
  if (!utterance) return { state, events: [] };
  const known = {
    ...utterance,
    answered: [...utterance.answered, { id: window.id, end: hypothesis.range.end }],
  };
  if (hypothesis.role === 'fast') {
    const next = endedAt(withDraft(known, window, hypothesis), utterance.end);
    const heldBack = state.heldBack + (next.heldBack ? 1 : 0);
    return shown({ ...state, heldBack }, next, window.id, hypothesis.range.end, []);
  }
  if (window.final && !window.speculative) {
    return decide(state, window, (current) => verdictOf(current, window, hypothesis));
  }
  return partial(state, known, window, hypothesis, options);
}

/** A heavy hypothesis while the utterance goes on: its words are the tail; what two of them agree on is committed. */
function partial(
  state: TranscriptState,
  utterance: UtteranceState,
  window: Window,
  hypothesis: Hypothesis,
  options: ReducerOptions,
): TranscriptStep {
  const words = newWords(utterance, window, hypothesis);
  const { range } = hypothesis;
  const isHead = state.utterances[0]?.id === utterance.id;
  // A speculative pass becomes the final one within moments, or is one of two that must agree.
  // After its end only the final pass decides: what is on its way may have heard the next utterance's words.
  const mayCommit = options.agreement && isHead && !window.speculative && utterance.end === undefined;
  const said = utterance.pauses.at(-1)?.words.length ?? 0;
  const ended = Math.max(0, said - utterance.committed.length);
  const count = mayCommit ? agreed(utterance.heavy?.words ?? [], words, range.end, ended, options.sure) : 0;
  const pause = window.speculative ? pauseAfter(range, [...utterance.committed, ...words]) : undefined;
  const pauses = pause ? [...utterance.pauses, pause] : utterance.pauses;
  const tail = {
    words: words.slice(count),
    range,
    windowId: window.id,
    ...(pause && { pausedAt: pause.at }),
  };
  const withHeavy = endedAt({ ...utterance, heavy: tail, pauses }, utterance.end);
  if (count === 0) return shown(state, withHeavy, window.id, range.end, []);

  const fixed = words.slice(0, count);
  const committed = [...utterance.committed, ...fixed];
  const horizon = fixed.at(-1)?.end ?? utterance.horizon;
  const cut = cutAfter(committed, pauses, hypothesis);
  const trim = cut && cut.at > utterance.trim.at ? cut : utterance.trim;
  const piece = commitEvent(utterance, window, fixed, { end: horizon, final: false, verified: true });
  const left = utterance.answered.filter(({ end }) => end > horizon);
  const ahead = pauses.filter(({ at }) => at > trim.at);
  const next = { ...utterance, committed, horizon, trim, heavy: tail, pauses: ahead, answered: left };
  return shown(remember(state, piece.text, fixed), next, window.id, range.end, [piece]);
}

/** Nobody hears more of it: what is known is taken, but nothing where all that was said is committed already. */
function unconfirmed(utterance: UtteranceState, window: Window): Verdict {
  const words = isHeardBefore(window.end, utterance) ? [] : lastResort(utterance);
  return { window, words, verified: words.length === 0 };
}

/** Settles an utterance, and with it all that waited behind it. */
function decide(
  state: TranscriptState,
  window: Window,
  verdictFor: (utterance: UtteranceState) => Verdict,
): TranscriptStep {
  const utterance = openUtterance(state, window);
  if (!utterance) return { state, events: [] };
  const verdict = verdictFor(utterance);
  const decided = { ...utterance, verdict };
  const next = replace({ ...state, disagreed: state.disagreed + (verdict.disagreed ?? 0) }, decided);
  // Not its turn yet: until then the decided text is what the draft shows.
  if (next.utterances[0]?.id !== decided.id) return shown(next, decided, window.id, window.end, []);
  return commitFromHead(next);
}

/** Puts the utterance back and tells its draft if that changed. */
function shown(
  state: TranscriptState,
  utterance: UtteranceState,
  windowId: number,
  timestamp: number,
  before: readonly TranscriptEvent[],
): TranscriptStep {
  const drawn = redraw(utterance, windowId, timestamp);
  return { state: replace(state, drawn.utterance), events: [...before, ...drawn.events] };
}

function openUtterance(state: TranscriptState, window: Window): UtteranceState | undefined {
  return state.utterances.find(({ id, verdict }) => id === window.utteranceId && verdict === undefined);
}

function replace(state: TranscriptState, utterance: UtteranceState): TranscriptState {
  return {
    ...state,
    utterances: state.utterances.map((other) => (other.id === utterance.id ? utterance : other)),
  };
}
