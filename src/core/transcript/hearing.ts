import type { Hypothesis, SampleRange, Window, Word } from '../model';
import { OVERLAP, windowStart, WORD_TIME_ERROR } from './agreement';
import { commonWords, coveredBy, withoutSeam } from './align';
import { guard, type HeardAudio, isHardlySpeech, isPhantom } from './guards';
import type { UtteranceState, Verdict } from './state';
import { wordsOf } from './words';

/** What is known of the audio behind a text: how much of the window and of what came before it in its utterance was voiced. */
function audioOf(window: Window, range: SampleRange): HeardAudio {
  const voiceRatio = window.voiced / Math.max(1, window.end - window.utteranceStart);
  const { voiced, certainty } = window.continues ? { voiced: Infinity, certainty: 1 } : window;
  return { range, voiceRatio, voiced, certainty };
}

/** The words of a hypothesis that somebody said. */
function spokenWords(window: Window, hypothesis: Hypothesis): readonly Word[] {
  return guard(wordsOf(hypothesis), audioOf(window, hypothesis.range));
}

/** What was heard, seen from what is committed. */
interface Divided {
  /** The committed words that are in the window, and what was heard in their place. */
  readonly committed: readonly Word[];
  readonly again: readonly Word[];
  /** What is not committed yet. */
  readonly fresh: readonly Word[];
}

/** Divides `words` (heard from the trim point on) into what is committed already and what is not. */
function divide(utterance: UtteranceState, words: readonly Word[], range: SampleRange): Divided {
  const { committed, trim, horizon } = utterance;
  // A draft that was begun before the last trim has heard more than is left of the window; one that the model's longest
  // window cuts short has heard less.
  const kept = range.start < windowStart(trim) ? committed : committed.slice(trim.words);
  const inWindow = kept.filter(({ end = horizon }) => end > range.start + WORD_TIME_ERROR);
  const before = committed.slice(0, committed.length - inWindow.length);
  // After a cut in silence nothing is heard twice; a word that is said again belongs to the text.
  const seamless = (trim.silent === true && range.start >= trim.at) || beginsAtPause(utterance, range);
  const heard = seamless ? words : withoutSeam(before, words, range.start + OVERLAP + WORD_TIME_ERROR);
  const covered = coveredBy(inWindow, heard, expectedBefore(horizon, heard, range));
  return { committed: inWindow, again: heard.slice(0, covered), fresh: heard.slice(covered) };
}

/** True if a window began in the silence of a pause whose words the heavy model has heard. */
export function beginsAtPause({ pauses }: UtteranceState, { start }: SampleRange): boolean {
  return pauses.some(({ at }) => at === start);
}

/** About how many of `words`, heard in `range`, were said before `position`: by their times, else by their share. */
export function expectedBefore(position: number, words: readonly Word[], range: SampleRange): number {
  if (words.some(({ end }) => end !== undefined)) {
    return words.filter(({ end }) => end !== undefined && end <= position).length;
  }
  const share = (position - range.start) / Math.max(1, range.end - range.start);
  return words.length * Math.min(1, Math.max(0, share));
}

/** What a hypothesis adds to the committed words of its utterance. */
export function newWords(utterance: UtteranceState, window: Window, hypothesis: Hypothesis): readonly Word[] {
  return divide(utterance, spokenWords(window, hypothesis), hypothesis.range).fresh;
}

/**
 * The heavy model's last word on an utterance. When it heard nothing although words are shown, the words are dropped
 * only if they are a known phantom phrase or were doubtful from the start (few voiced samples, or an unsure draft over a
 * short sound: a cough, a click). Otherwise somebody spoke and heavy failed: the draft is taken, marked unverified. Either way the
 * commit's `replacedDraft` tells what was shown, so nothing vanishes silently.
 */
export function verdictOf(utterance: UtteranceState, window: Window, hypothesis: Hypothesis): Verdict {
  const spoken = spokenWords(window, hypothesis);
  const { committed, again, fresh: words } = divide(utterance, spoken, hypothesis.range);
  const disagreed = committed.length - commonWords(committed, again).length;
  const shown = utterance.shown;
  if (spoken.length > 0 || shown.length === 0) return { window, words, verified: true, disagreed };
  const audio = audioOf(window, hypothesis.range);
  if (isPhantom(shown) || isHardlySpeech(shown, audio)) return { window, words, verified: true, disagreed };
  return { window, words: shown, verified: false };
}
