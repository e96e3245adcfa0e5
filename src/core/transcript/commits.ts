import type { SampleRange, TranscriptEvent, Window, Word } from '../model';
import { MAX_WORDS_PER_SECOND } from './guards';
import type { TranscriptState, TranscriptStep, UtteranceState } from './state';
import { joinWords } from './words';

/** Committed text kept for prompts; a prompt takes at most 200 characters of it. */
const HISTORY_CHARACTERS = 400;
/** Committed words that a forced split, at most 3 s back, may fall before. */
const RECENT_WORDS = 3 * MAX_WORDS_PER_SECOND;

/** Commits every decided utterance whose turn it is. */
export function commitFromHead(state: TranscriptState): TranscriptStep {
  const events: TranscriptEvent[] = [];
  let next = state;
  for (;;) {
    const head = next.utterances[0];
    if (!head?.verdict) return { state: next, events };
    const { window, words, verified, trusted } = head.verdict;
    const event = commitEvent(head, window, words, {
      end: window.end,
      final: true,
      verified,
      ...(trusted && { trusted }),
    });
    events.push(event);
    const unverified = next.unverified + (verified ? 0 : 1);
    next = remember({ ...next, utterances: next.utterances.slice(1), unverified }, event.text, words);
  }
}

/** Words of an utterance leave for the document: a piece of it, or all that was left. */
export function commitEvent(
  utterance: UtteranceState,
  window: Window,
  words: readonly Word[],
  piece: { end: number; final: boolean; verified: boolean; trusted?: true },
): Extract<TranscriptEvent, { type: 'commit' }> {
  const covered = utterance.answered.filter(({ end }) => piece.final || end <= piece.end);
  const range: SampleRange = { start: utterance.horizon, end: piece.end };
  return {
    type: 'commit',
    utteranceId: utterance.id,
    windowId: window.id,
    text: joinWords(words),
    range,
    timestamp: window.end,
    correctsWindowIds: [...new Set(covered.map(({ id }) => id))].sort((a, b) => a - b),
    final: piece.final,
    verified: piece.verified,
    ...(piece.trusted && { trusted: piece.trusted }),
    ...(piece.verified && { words }),
    replacedDraft: piece.final ? utterance.shownText : joinWords(utterance.shown.slice(0, words.length)),
  };
}

/** Keeps the end of what was committed. */
export function remember(state: TranscriptState, text: string, words: readonly Word[]): TranscriptState {
  const recent = [...state.recent, ...words].slice(-RECENT_WORDS);
  return { ...state, recent, history: `${state.history} ${text}`.trim().slice(-HISTORY_CHARACTERS) };
}
