import type { SampleRange, TranscriptEvent, Word } from '../model';
import { msToSamples } from '../units';
import { UNSETTLED_TAIL } from './agreement';
import { commonPrefix } from './align';
import { wordsBeyond } from './beyond';
import { upTo } from './draft';
import type { Heard, UtteranceState } from './state';
import { cutOff, type DraftWord, flowing, revealed, SURE } from './steady';
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
  const { heavy, fast, committed } = utterance;
  const previous = committed.at(-1);
  return {
    ...utterance,
    end,
    ...(heavy && { heavy: upTo(heavy, end, previous) }),
    ...(fast && { fast: upTo(fast, end, previous) }),
  };
}

/** Everything of the utterance that is not committed: the heavy model's tail, then the fast model's words beyond it. */
export function pendingWords(utterance: UtteranceState): readonly DraftWord[] {
  return flowing(joinedWords(utterance));
}

function joinedWords(utterance: UtteranceState): readonly DraftWord[] {
  const { heavy, fast, verdict, horizon, committed } = utterance;
  if (verdict) return verdict.words;
  // Heavy that heard nothing yet takes nothing away.
  if (!heavy || heavy.words.length === 0) return wordsBeyond(utterance, committed, horizon);
  const { pausedAt } = heavy;
  if (!fast || fast.range.end <= heavy.range.end)
    return pausedAt === undefined ? tailOf(utterance, heavy) : heavy.words;
  if (pausedAt !== undefined)
    return [...heavy.words, ...wordsBeyond(utterance, [...committed, ...heavy.words], pausedAt)];
  const whole = wholeWords(utterance, heavy);
  const last = whole.at(-1);
  const decided = last ? (last.end ?? heavy.range.end) : horizon;
  return [...whole, ...wordsBeyond(utterance, [...committed, ...whole], decided)];
}

/** The heavy model's words alone: in mid-speech even its last ones may be half words, and wait if it doubts them. */
function tailOf(utterance: UtteranceState, heavy: Heard): readonly DraftWord[] {
  const words = heavy.words.map((word) => (isDoubted(word, heavy) ? { ...word, settled: false } : word));
  return cutOff(words, edgeOf(utterance, heavy));
}

/**
 * The heavy model's words less those at the end of its window that the fast one has heard more of: half words, and what it
 * only supposes to follow.
 */
function wholeWords(utterance: UtteranceState, heavy: Heard): readonly DraftWord[] {
  const { words, range } = heavy;
  const fresh = words.findIndex(
    (word) => (word.end !== undefined && word.end > range.end - HALF_WORD) || isDoubted(word, heavy),
  );
  const whole = fresh < 0 ? words : words.slice(0, Math.max(fresh, saidBeforePause(utterance, heavy)));
  return cutOff(whole, edgeOf(utterance, heavy));
}

/** True for a word at the end of a window in mid-speech that the model is not sure of. */
function isDoubted({ end, p }: Word, { range }: Heard): boolean {
  return isLate(end, range) && p < SURE;
}

function isLate(end: number | undefined, range: SampleRange): boolean {
  return end !== undefined && end > range.end - UNSETTLED_TAIL;
}

/** The first of the heavy model's words whose mark is but that of its window's end: what follows it is not known for sure. */
function edgeOf(utterance: UtteranceState, heavy: Heard): number {
  const { words, range } = heavy;
  const late = words.findIndex(({ end }) => isLate(end, range));
  return Math.max(saidBeforePause(utterance, heavy), (late < 0 ? words.length : late) - 1);
}

/** How many of the heavy model's words were said before a pause: those will not grow. */
function saidBeforePause({ committed, pauses }: UtteranceState, { words }: Heard): number {
  const said = pauses.at(-1)?.words ?? [];
  const ended = commonPrefix(said, [...committed, ...words]) === said.length ? said.length : 0;
  return Math.max(0, ended - committed.length);
}

/** All that is known of an utterance that nobody will confirm: what is shown, and what waited to be heard again. */
export function lastResort(utterance: UtteranceState): readonly Word[] {
  return pendingWords(utterance);
}

/** What of the pending words is shown. */
function shownWords(utterance: UtteranceState): readonly Word[] {
  return revealed(utterance.shown, pendingWords(utterance), utterance.fast?.complete === true);
}

/** Tells the draft anew if its text changed. */
export function redraw(
  utterance: UtteranceState,
  windowId: number,
  timestamp: number,
): { utterance: UtteranceState; events: readonly TranscriptEvent[] } {
  const shown = shownWords(utterance);
  const text = joinWords(shown);
  if (text === utterance.shownText) return { utterance: { ...utterance, shown }, events: [] };
  const draft: TranscriptEvent = { type: 'draft', utteranceId: utterance.id, windowId, text, timestamp };
  return { utterance: { ...utterance, shown, shownText: text }, events: [draft] };
}
