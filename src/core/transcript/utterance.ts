import type { TranscriptEvent, Word } from '../model';
import { msToSamples } from '../units';
import { coveredBy, MAX_OVERLAP_WORDS } from './align';
import { allWords, upTo } from './draft';
import { expectedBefore } from './hearing';
import type { Heard, UtteranceState } from './state';
import { joinWords } from './words';

/** The last word of a window that ends in mid-speech is often half a word; the fast model has heard more of it. */
const HALF_WORD = msToSamples(300);

/**
 * An utterance that has just begun at sample `start`. After a forced split it may begin before the last of the
 * `recent`ly committed words: they are in its audio, but must not be committed again.
 */
export function newUtterance(id: number, start: number, recent: readonly Word[]): UtteranceState {
  const committed = recent.filter((word) => ((word.start ?? 0) + (word.end ?? 0)) / 2 > start);
  return {
    id,
    start,
    answered: [],
    committed,
    trim: { at: start, words: 0 },
    pauses: [],
    horizon: Math.max(start, committed.at(-1)?.end ?? start),
    heldBack: false,
    shown: [],
    shownText: '',
  };
}

/** The utterance with its end known (nothing changes while it is not): words behind the end are taken out of its draft. */
export function endedAt(utterance: UtteranceState, end: number | undefined): UtteranceState {
  if (end === undefined) return utterance;
  const { heavy, fast } = utterance;
  return {
    ...utterance,
    end,
    ...(heavy && { heavy: upTo(heavy, end) }),
    ...(fast && { fast: upTo(fast, end) }),
  };
}

/** The fast model's words for audio behind `decided`, the end of the `settled` words. */
function wordsBeyond(settled: readonly Word[], decided: number, fast: Heard | undefined): readonly Word[] {
  if (!fast) return [];
  const { range, words } = fast;
  if (range.end <= decided) return [];
  if (decided <= range.start) return words;
  const expected = expectedBefore(decided, allWords(fast), range);
  // Older words cannot be among the draft's: it was heard after they were committed.
  const heardTwice = settled.filter(({ end }) => end === undefined || end > range.start);
  if (heardTwice.length === 0) return words.slice(Math.round(expected));
  return words.slice(coveredBy(heardTwice.slice(-MAX_OVERLAP_WORDS), words, expected));
}

/** Everything of the utterance that is not committed: the heavy model's tail, then the fast model's words beyond it. */
export function pendingWords(utterance: UtteranceState): readonly Word[] {
  const { heavy, fast, verdict, horizon } = utterance;
  if (verdict) return verdict.words;
  // Heavy that heard nothing yet takes nothing away.
  if (!heavy || heavy.words.length === 0) return wordsBeyond(utterance.committed, horizon, fast);
  if (!fast || fast.range.end <= heavy.range.end) return heavy.words;
  const { pausedAt } = heavy;
  if (pausedAt !== undefined) {
    const settled = [...utterance.committed, ...heavy.words];
    return [...heavy.words, ...wordsBeyond(settled, pausedAt, fast)];
  }
  const fresh = heavy.words.findIndex(({ end }) => end !== undefined && end > heavy.range.end - HALF_WORD);
  const whole = fresh < 0 ? heavy.words : heavy.words.slice(0, fresh);
  const last = whole.at(-1);
  const decided = last ? (last.end ?? heavy.range.end) : horizon;
  return [...whole, ...wordsBeyond([...utterance.committed, ...whole], decided, fast)];
}

/** All that is known of an utterance that nobody will confirm: what is shown, and what waited to be heard again. */
export function lastResort(utterance: UtteranceState): readonly Word[] {
  const { fast } = utterance;
  return pendingWords(fast ? { ...utterance, fast: { ...fast, words: allWords(fast) } } : utterance);
}

/** Tells the draft anew if its text changed. */
export function redraw(
  utterance: UtteranceState,
  windowId: number,
  timestamp: number,
): { utterance: UtteranceState; events: readonly TranscriptEvent[] } {
  const shown = pendingWords(utterance);
  const text = joinWords(shown);
  if (text === utterance.shownText) return { utterance: { ...utterance, shown }, events: [] };
  const draft: TranscriptEvent = { type: 'draft', utteranceId: utterance.id, windowId, text, timestamp };
  return { utterance: { ...utterance, shown, shownText: text }, events: [draft] };
}
