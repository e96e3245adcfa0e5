import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LISTENING } from '../../../src/core/audio/defaults';
import { Segmenter, type HeardFrame } from '../../../src/core/audio/segmenter';
import type { SampleRange, UtteranceEvent } from '../../../src/core/model';
import { FRAME_SAMPLES, msToSamples } from '../../../src/core/units';

/** Runs of frames that sound alike, as speech and silence do; a few frames to a few seconds. */
const runs = fc.array(
  fc.record({
    frames: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 400 })),
    probability: fc.constantFrom(0, 0.2, 0.4, 0.6, 1),
    peak: fc.double({ min: 0, max: 1, noNaN: true }),
    gated: fc.boolean(),
    endNow: fc.boolean(),
  }),
  { maxLength: 25 },
);
const options = fc.record({
  preRollMs: fc.integer({ min: 0, max: 800 }),
  onsetFrames: fc.integer({ min: 1, max: 4 }),
  pauseMs: fc.integer({ min: 32, max: 400 }),
  endMs: fc.integer({ min: 64, max: 1_000 }),
  splitMs: fc.integer({ min: 2_000, max: 15_000 }),
  splitSearchMs: fc.integer({ min: 200, max: 5_000 }),
  maxUtteranceSamples: fc.integer({ min: 2 * 16_000, max: 30 * 16_000 }),
});
type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Run = ValueOf<typeof runs>[number];
type Options = ValueOf<typeof options>;

function play(parts: readonly Run[], changed: Options, allowEndNow: boolean) {
  const segmenter = new Segmenter({ ...DEFAULT_LISTENING.vad, ...changed });
  const frames: HeardFrame[] = [];
  const events: UtteranceEvent[] = [];
  for (const { frames: count, endNow, ...heard } of parts) {
    for (let i = 0; i < count; i++) {
      frames.push({ start: frames.length * FRAME_SAMPLES, ...heard });
      const clock = frames.length * FRAME_SAMPLES;
      const now = segmenter.push({ start: clock - FRAME_SAMPLES, ...heard });
      for (const event of now)
        if ('range' in event) {
          expect(event.range.start).toBeGreaterThanOrEqual(0);
          expect(event.range.end).toBeLessThanOrEqual(clock);
        }
      events.push(...now);
    }
    if (endNow && allowEndNow) events.push(...segmenter.endNow());
  }
  events.push(...segmenter.finish());
  return { frames, events };
}

const ends = (events: readonly UtteranceEvent[]) => events.filter((event) => event.type === 'utterance-end');
const covers = ({ start, end }: SampleRange, frame: HeardFrame) =>
  start <= frame.start && frame.start + FRAME_SAMPLES <= end;

describe('Segmenter, for any sound and any figures', () => {
  it('gives each utterance one start and one end, ids rise by one, ranges never overlap or pass the limit', () => {
    fc.assert(
      fc.property(runs, options, (parts, changed) => {
        const { events } = play(parts, changed, true);
        let open: number | undefined;
        let id = 0;
        let before = 0;
        for (const event of events) {
          if (event.type === 'utterance-start') {
            expect(open).toBeUndefined();
            expect(event.utteranceId).toBe(++id);
            expect(event.start).toBeGreaterThanOrEqual(before);
            open = event.start;
            continue;
          }
          expect([event.utteranceId, open === undefined]).toEqual([id, false]);
          if (event.type === 'utterance-resume') continue;
          expect(event.range.start).toBe(open);
          expect(event.range.end - event.range.start).toBeLessThanOrEqual(
            Math.min(msToSamples(changed.splitMs), changed.maxUtteranceSamples),
          );
          if (event.type !== 'utterance-end') continue;
          expect(event.range.end).toBeGreaterThan(event.range.start);
          expect(event.speechEnd).toBeGreaterThan(event.range.start);
          expect(event.speechEnd).toBeLessThanOrEqual(event.range.end);
          expect(event.voiced).toBeGreaterThanOrEqual(2 * FRAME_SAMPLES);
          before = event.range.end;
          open = undefined;
        }
        expect(open).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('covers every stretch of voice that is long enough to be an onset', () => {
    fc.assert(
      fc.property(runs, options, (parts, changed) => {
        const { frames, events } = play(parts, changed, false);
        const ranges = ends(events).map(({ range }) => range);
        const onset = Math.max(2, changed.onsetFrames);
        let run: HeardFrame[] = [];
        for (const frame of frames) {
          run = frame.probability >= 0.5 && !frame.gated ? [...run, frame] : [];
          if (run.length < onset) continue;
          for (const voiced of run.slice(-onset))
            expect(ranges.some((range) => covers(range, voiced))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('counts as voiced exactly what the two thresholds say, over all utterances', () => {
    fc.assert(
      fc.property(runs, options, (parts, changed) => {
        const { frames, events } = play(parts, changed, true);
        const ended = ends(events);
        for (const { range, voiced } of ended) {
          const inside = frames.filter((frame) => covers(range, frame));
          const sure = inside.filter(({ probability, gated }) => probability >= 0.5 && !gated).length;
          const possible = inside.filter(({ probability }) => probability >= 0.35).length;
          expect(voiced / FRAME_SAMPLES).toBeLessThanOrEqual(possible);
          // In the pre-roll there may be a frame that was no onset by itself: it is heard, but not counted.
          const preRoll = Math.ceil(msToSamples(changed.preRollMs) / FRAME_SAMPLES) + changed.onsetFrames;
          expect(voiced / FRAME_SAMPLES).toBeGreaterThanOrEqual(sure - preRoll);
        }
      }),
    );
  });

  it('leaves nothing between the parts of a split', () => {
    fc.assert(
      fc.property(runs, options, (parts, changed) => {
        const { events } = play(parts, changed, false);
        events.forEach((event, i) => {
          const next = events[i + 1];
          if (event.type !== 'utterance-end' || event.reason !== 'split' || next?.type !== 'utterance-start')
            return;
          // Either it goes on at once, exactly here, or a new onset came later with a pre-roll of its own.
          expect(next.start).toBeGreaterThanOrEqual(event.range.end);
          const heardAlready = events.slice(0, i).findLast((earlier) => earlier.type === 'utterance-audio');
          if (heardAlready?.type === 'utterance-audio' && next.start < heardAlready.range.end)
            expect(next.start).toBe(event.range.end);
        });
      }),
    );
  });
});
