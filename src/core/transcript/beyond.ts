import type { Word } from '../model';
import { coveredBy, MAX_OVERLAP_WORDS } from './align';
import { expectedBefore } from './hearing';
import type { Heard, UtteranceState } from './state';
import type { DraftWord } from './steady';

/** How many words of the utterance were said before the silence in which `position` lies, if it lies in a known one. */
function saidBefore({ pauses, trim }: UtteranceState, position: number): number | undefined {
  if (trim.silent && trim.at === position) return trim.words;
  return pauses.find(({ at }) => at === position)?.words.length;
}

/** The fast model's words for audio behind `decided`, the end of the `settled` words (all of the utterance). */
export function wordsBeyond(
  utterance: UtteranceState,
  settled: readonly Word[],
  decided: number,
): readonly DraftWord[] {
  const { fast } = utterance;
  if (!fast) return [];
  const { range, words } = fast;
  const said = saidBefore(utterance, range.start);
  // A draft that begins in a silence has none of the words before it, wherever their times are thought to be.
  if (said !== undefined && said >= settled.length) return words;
  if (range.end <= decided) return [];
  if (said === undefined && decided <= range.start) return words;
  const expected = expectedBefore(decided, words, range);
  // Older words cannot be among the draft's: it was heard after they were committed.
  const heardTwice =
    said === undefined
      ? settled.filter(({ end }) => end === undefined || end > range.start)
      : settled.slice(said);
  if (heardTwice.length === 0) return words.slice(Math.round(expected));
  return words.slice(coveredBy(heardTwice.slice(-MAX_OVERLAP_WORDS), words, expected));
}

/**
 * The draft less what was committed since it was heard: what the next one, which has none of that, is compared with. None if nothing is
 * left.
 */
export function uncommitted(utterance: UtteranceState): Heard | undefined {
  const { fast, committed, horizon } = utterance;
  if (!fast || fast.range.start >= horizon) return fast;
  const words = wordsBeyond(utterance, committed, horizon);
  return words.length === 0 ? undefined : { ...fast, words, range: { ...fast.range, start: horizon } };
}
