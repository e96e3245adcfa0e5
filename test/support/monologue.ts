import type { Segment, TranscribeRequest, Word } from '../../src/core/model';
import { msToSamples, samplesToMs } from '../../src/core/units';
import { say, type SpokenWord } from './fake-engine';

/** A minute of speech without a pause, for tests of what happens at the seams between windows. */

/** Sentences of two to fifteen words; words come again nearby, and some twice in a row. */
export const SENTENCES =
  'I had a look at the build this morning. It fails on the second machine and only on the second machine. ' +
  'The log says that that is a matter of the cache. The cache is empty there. It is empty each time. So each ' +
  'and every test starts from nothing, and then runs out of time. Well well. We could make the limit longer. ' +
  'We could make it much much longer. But that would only hide what is wrong with the machine. I would rather ' +
  'find out why the cache is empty. There are two things that I would like to try. First we should look at the ' +
  'path that the cache is written to. The path has a blank in it on this machine, and on this machine only. ' +
  'Second we should look at who may write there. I think it is the path. I think so because the old machine had ' +
  'had the same path. It had no blank there and all was well. If it is the path we can mend it in a minute. ' +
  'If it is not we have to ask the people who run the machine. They know it well. Let me try the path first.';

/** How fast somebody speaks: the length of a word and of the gap behind it, ms; neither is long enough for a pause. */
export interface Pace {
  readonly wordMs: number;
  readonly gapMs: number;
}

/** {@link SENTENCES} as they are said, from half a second on, without the punctuation if `plain`. */
export function monologue({ wordMs, gapMs }: Pace, plain = false): readonly SpokenWord[] {
  return say(plain ? SENTENCES.replace(/[.,]/g, '').toLowerCase() : SENTENCES, 500, wordMs, gapMs);
}

/**
 * Divides what was heard as Whisper's time-stamps do: a segment ends with each word that `ends` names by the place where it
 * is said; the last one reaches to the end of the window.
 */
export function segmentsAt(
  ends: readonly number[],
): (heard: readonly Word[], request: Pick<TranscribeRequest, 'range'>) => readonly Segment[] {
  return (heard, { range }) => {
    const segments: Segment[] = [];
    let own: Word[] = [];
    let start = range.start;
    for (const word of heard) {
      own.push(word);
      if (!ends.includes(word.end ?? NaN) && word !== heard.at(-1)) continue;
      const end = word === heard.at(-1) ? range.end : (word.end ?? range.end);
      segments.push({ text: own.map(({ text }) => text).join(' '), range: { start, end } });
      own = [];
      start = end;
    }
    return segments;
  };
}

/** Ends of every phrase: of so many words each, in turn. */
export function phraseEnds(said: readonly SpokenWord[], lengths: readonly number[]): readonly number[] {
  const ends: number[] = [];
  let index = -1;
  for (let phrase = 0; index < said.length; phrase += 1) {
    index += lengths[phrase % lengths.length] ?? 1;
    const last = said[index];
    if (last) ends.push(last.end);
  }
  return ends;
}

/** Audio that a call was given, ms. */
export function windowMs({ range }: Pick<TranscribeRequest, 'range'>): number {
  return samplesToMs(range.end - range.start);
}

/** The engine's opinion of when each word was said, `lateMs` after it was (or before, if negative). */
export function timedLate(
  lateMs: number,
): (request: TranscribeRequest, heard: readonly Word[]) => readonly Word[] {
  const late = msToSamples(lateMs);
  const moved = (at: number, { start, end }: TranscribeRequest['range']) =>
    Math.min(end, Math.max(start, at + late));
  return ({ range }, heard) =>
    heard.map((word) =>
      word.start === undefined || word.end === undefined
        ? word
        : { ...word, start: moved(word.start, range), end: moved(word.end, range) },
    );
}
