import type { SampleRange, Segment, Word } from '../model';
import { msToSamples } from '../units';
import { commonPrefix } from './align';

/** Audio before the trim point that a window keeps, so that no word is cut in half. */
export const OVERLAP = msToSamples(200);
/** Words that end so close to the end of the window may still grow or change. */
export const UNSETTLED_TAIL = msToSamples(500);
/** A word that the model doubts is not committed before the utterance's final pass. */
export const COMMIT_SURE = 0.6;
/** A word that ends a sentence: the window may be cut after it. */
const SENTENCE_END = /[.!?…。！？]["'”’)]*$/u;
/** How far a segment's end may lie behind the end of its last word (both are rounded). */
const SEGMENT_SLACK = msToSamples(200);
/** Words of a committed sentence that stay in the window: the time of a word inside a segment is an estimate. */
const KEPT_WORDS = 3;

/**
 * LocalAgreement-2 (Liu et al. 2020, as used for Whisper by Macháček et al. 2023): the words that two consecutive
 * hypotheses begin with alike are taken for certain, up to the first that is too fresh, unsure or without a time.
 * Both lists begin behind what is committed. Returns how many words of `current` may be committed.
 * @param ended how many words were said before a pause: they will not grow, wherever their times are thought to be
 * @param sure probability that a word needs, 0…1
 */
export function agreed(
  previous: readonly Word[],
  current: readonly Word[],
  windowEnd: number,
  ended = 0,
  sure = COMMIT_SURE,
): number {
  const common = commonPrefix(previous, current);
  let count = 0;
  while (count < common) {
    const word = current[count];
    if (word?.end === undefined || word.p < sure) break;
    if (word.end > windowEnd - UNSETTLED_TAIL && count >= ended) break;
    count += 1;
  }
  return count;
}

/**
 * A window that ends within this is not worth trimming at an estimated place: the model would hear the middle of a sentence
 * without its beginning, and understand it worse than it saves time.
 */
const LONG_WINDOW = msToSamples(8_000);
/** How far before the end of a window that ended at a pause the next one may begin: well within the 160 ms of silence. */
const PAUSE_LEAD = msToSamples(100);

/** Where the next window may start after a commit. */
export interface TrimPoint {
  /** Sample position. */
  readonly at: number;
  /** How many of the committed words lie before it. */
  readonly words: number;
  /** It lies in silence: no overlap is needed, no word can be cut in half. */
  readonly silent?: boolean;
}

/** Where windows begin after a trim: at a place in silence, or so far before an estimated one that no word is cut in half. */
export function windowStart({ at, silent }: TrimPoint): number {
  return silent ? at : at - OVERLAP;
}

/** In so little audio behind a silent trim point no word has been said: a split there lies in the same silence. */
const NO_WORD = msToSamples(250);
/** How far the times of words are off: no word fits between a split and the end of a word so close before it. */
export const WORD_TIME_ERROR = msToSamples(100);

/**
 * True if everything that was said before `end` is committed, so that there is nothing left to hear: the utterance was split in the
 * silence behind its trim point, or before the end of words that had been agreed on by then. A model that is asked all the same
 * makes something up.
 * @param horizon sample position up to which text is committed
 */
export function isHeardBefore(
  end: number,
  { trim, horizon }: { readonly trim: TrimPoint; readonly horizon: number },
): boolean {
  return end - trim.at < (trim.silent ? NO_WORD : 1) || end - horizon <= WORD_TIME_ERROR;
}

/** A pause inside an utterance: everything that the heavy model heard before it, from the utterance's beginning. */
export interface Pause {
  /** Sample position in the silence. */
  readonly at: number;
  readonly words: readonly Word[];
}

/** The pause at which a window over `range` ended; `words` are all of the utterance up to there. */
export function pauseAfter(range: SampleRange, words: readonly Word[]): Pause {
  return { at: range.end - PAUSE_LEAD, words };
}

/**
 * Where the window may be cut after a commit: at the last pause before which every word is committed; where a speaker
 * makes none, in a window that has become long, at a place that the words' times suggest.
 * @param committed all committed words of the utterance
 * @param heard what was heard when they were committed
 */
export function cutAfter(
  committed: readonly Word[],
  pauses: readonly Pause[],
  heard: { readonly range: SampleRange; readonly segments: readonly Segment[] },
): TrimPoint | undefined {
  const said = pauses.findLast(({ words }) => commonPrefix(words, committed) === words.length);
  if (said && said.words.length > 0) return { at: said.at, words: said.words.length, silent: true };
  const { start, end } = heard.range;
  return end - start > LONG_WINDOW ? trimPoint(committed, heard.segments) : undefined;
}

/**
 * Finds the trim point in `committed` (all words of the utterance that are committed, with their times): exactly at the
 * end of a segment, which Whisper timed, or a few words before the end of a sentence, whose time is an estimate.
 * Undefined if neither a sentence nor one of `segments` ended in them.
 */
export function trimPoint(committed: readonly Word[], segments: readonly Segment[]): TrimPoint | undefined {
  for (let index = committed.length - 1; index >= 0; index -= 1) {
    const word = committed[index];
    const end = word?.end;
    if (word === undefined || end === undefined) continue;
    if (segments.some(({ range }) => Math.abs(range.end - end) <= SEGMENT_SLACK)) {
      return { at: end, words: index + 1 };
    }
    const kept = committed[index - KEPT_WORDS]?.end;
    if (SENTENCE_END.test(word.text) && kept !== undefined)
      return { at: kept, words: index - KEPT_WORDS + 1 };
  }
  return undefined;
}
