import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordErrors } from '../../src/core/measure/wer';
import { FRAME_SAMPLES, msToSamples, SAMPLE_RATE } from '../../src/core/units';
import { comparableWords } from '../../src/core/word-comparison';
import { over, withRests } from '../support/audio/mixtures';
import * as noise from '../support/audio/noises';
import { recording } from '../support/engines';
import { type Dictation, dictate, embeddedPair, type Pair } from '../support/pipeline';
import { expectSettled } from '../support/robustness';

/** Somebody speaks while something else is to be heard, and it goes on while nobody speaks. Real detector, real models. */

/** Six sentences, with two seconds in which nobody speaks before, between and behind them. */
const SPOKEN = ['t01', 't02', 't05', 't07', 't09', 't12'].map(recording);
const REST = FRAME_SAMPLES * Math.floor(msToSamples(2_000) / FRAME_SAMPLES);
const SPEECH = withRests(SPOKEN, REST);
const SECONDS = SPEECH.samples.length / SAMPLE_RATE;
const TEXT = SPOKEN.map(({ text }) => text).join(' ');
/** A word's end in `.words.tsv` is where its sound fades; breath, and a click right behind it, may count as voice for some frames more. */
const SLACK = msToSamples(1_000);
/** More words than were spoken, by this share, would be made up. */
const MOST_WORDS = 1.15;

let pair: Pair;
beforeAll(() => {
  pair = embeddedPair();
});
afterAll(() => Promise.all([pair.fast.dispose(), pair.heavy.dispose()]));

/** What was taken for speech where nobody spoke: utterances without a word, and what of one lies behind its last word. */
function phantoms({ events }: Dictation): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== 'utterance' || event.phase !== 'end') return [];
    const { start, end, speechEnd = end } = event;
    const last = SPEECH.words.filter((word) => word.start < end && word.end > start).at(-1);
    if (!last) return [`nobody spoke from ${start} to ${end}`];
    return speechEnd > last.end + SLACK ? [`nobody spoke from ${last.end} to ${speechEnd}`] : [];
  });
}

describe('speech over', () => {
  // The embedded models know clean speech only: heard whole, each sentence by itself, the heavy one gets a quarter to a third of
  // these words wrong. Measured in the pipeline, with other seeds, too: typing 31-46 %, music 32 %, a fan 12 %.
  it.each<[string, () => Float32Array, number, number]>([
    ['typing', () => noise.keyboard(SECONDS), 15, 0.6],
    ['music', () => noise.music(SECONDS), 20, 0.5],
    ['a fan', () => noise.room(SECONDS), 15, 0.3],
  ])('%s: no utterance but what was spoken, and the words come', async (_name, sound, snr, mostErrors) => {
    const dictation = await dictate(pair, over(SPEECH, sound(), snr));
    expect(phantoms(dictation)).toEqual([]);
    expect(dictation.utterances).toBeGreaterThanOrEqual(SPOKEN.length);
    expectSettled(dictation);
    const { text } = dictation;
    expect(wordErrors(TEXT, text).rate, text).toBeLessThanOrEqual(mostErrors);
    const [written, spoken] = [text, TEXT].map((words) => comparableWords(words).length);
    expect(written, text).toBeLessThanOrEqual((spoken ?? 0) * MOST_WORDS);
  });
});
