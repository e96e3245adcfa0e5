import { describe, expect, it } from 'vitest';
import type { TranscriptEvent } from '../../../src/core/model';
import { msToSamples } from '../../../src/core/units';
import { TruthMeter } from '../../bench/truth';

/** Words of half a second each, the first from `from` ms on. */
const spoken = (text: string, from = 0) =>
  text.split(' ').map((word, index) => ({
    text: word,
    start: msToSamples(from + 500 * index),
    end: msToSamples(from + 500 * (index + 1)),
  }));

/** A meter for `words`, and ways to tell it what happens at a moment in ms. */
function watching(words: string) {
  let now = 0;
  const meter = new TruthMeter(spoken(words), () => now);
  meter.captured(0);
  const commit = (utteranceId: number, text: string, final = true, verified = true): TranscriptEvent => ({
    type: 'commit',
    utteranceId,
    windowId: 1,
    text,
    range: { start: 0, end: 0 },
    timestamp: 0,
    correctsWindowIds: [],
    final,
    verified,
    replacedDraft: '',
  });
  const at = (ms: number) => {
    now = ms;
    return {
      draft: (utteranceId: number, text: string) =>
        meter.observe({ type: 'draft', utteranceId, windowId: 1, text, timestamp: 0 }),
      commit: (utteranceId: number, text: string, final = true, verified = true) =>
        meter.observe(commit(utteranceId, text, final, verified)),
      begin: (utteranceId: number, start: number) => {
        const position = msToSamples(start);
        meter.observe({ type: 'utterance', utteranceId, phase: 'start', start: position, end: position });
      },
      end: (utteranceId: number, start: number, end: number, speechEnd: number) =>
        meter.observe({
          type: 'utterance',
          utteranceId,
          phase: 'end',
          start: msToSamples(start),
          end: msToSamples(end),
          speechEnd: msToSamples(speechEnd),
        }),
    };
  };
  return { at, result: () => meter.result() };
}

describe('latencies against the true times', () => {
  it('run from the end of a word until it, or any other, stands in its place', () => {
    const { at, result } = watching('open the file now please');
    at(0).begin(1, 0);
    at(700).draft(1, 'open');
    at(1_800).draft(1, 'open the vial');
    at(2_300).draft(1, 'open the file now');
    at(3_000).end(1, 0, 3_000, 2_500);
    at(3_100).commit(1, 'Open the file now.');
    const { wordMs, draftMs, placeMs } = result();
    expect(wordMs).toEqual([200, 800, 800, 300, undefined]);
    expect(draftMs).toEqual([200, 800, 800, 300]);
    expect(placeMs).toEqual([200, 800, 300, 300]);
  });

  it('count from the decision and from the last word, where the speaker paused', () => {
    const { at, result } = watching('one two three four five');
    at(0).begin(1, 0);
    at(3_050).end(1, 0, 3_050, 2_500);
    at(3_250).commit(1, 'one two three four five');
    expect(result()).toMatchObject({ confirmMs: [200], acousticMs: [750], lost: 0, unverified: 0 });
  });

  it('follow a word that a forced split moves to the next utterance', () => {
    const { at, result } = watching('one two three four five six');
    at(0).begin(1, 0);
    at(2_200).draft(1, 'one two three four');
    at(2_300).end(1, 0, 1_500, 1_500);
    at(2_300).draft(1, 'one two three');
    at(2_300).begin(2, 1_500);
    at(2_300).draft(2, 'four');
    at(3_200).draft(2, 'four five six');
    at(3_500).commit(1, 'one two three');
    at(4_000).end(2, 1_500, 3_600, 3_000);
    at(4_100).commit(2, 'four five six');
    const { draftMs, erasure, upwr } = result();
    expect(draftMs).toEqual([1_700, 1_200, 700, 200, 700, 200]);
    expect({ erasure, upwr }).toEqual({ erasure: 0, upwr: 0 });
  });

  it('tell what was lost, not confirmed, or contradicted', () => {
    const { at, result } = watching('one two');
    at(0).begin(1, 0);
    at(500).commit(1, 'one', true, false);
    at(600).commit(1, 'again');
    at(700).begin(2, 600);
    at(800).draft(2, 'two');
    expect(result()).toMatchObject({ utterances: 2, lost: 1, unverified: 1, violations: 1 });
  });
});
