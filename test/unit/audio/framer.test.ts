import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Framer } from '../../../src/core/audio/framer';
import { peakOf, rmsOf } from '../../../src/core/audio/levels';
import { FRAME_SAMPLES } from '../../../src/core/units';

describe('Framer', () => {
  it('gives back every sample, in order, however it is cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_500 }), { maxLength: 12 }), (sizes) => {
        const framer = new Framer();
        let sent = 0;
        const frames = sizes.flatMap((size) =>
          framer.push(Float32Array.from({ length: size }, () => ++sent)),
        );
        expect(framer.position).toBe(sent);
        expect(frames).toHaveLength(Math.floor(sent / FRAME_SAMPLES));
        frames.push(...framer.finish());
        frames.forEach((frame, i) => {
          expect(frame.start).toBe(i * FRAME_SAMPLES);
          expect(frame.samples).toHaveLength(FRAME_SAMPLES);
        });
        const heard = frames.flatMap((frame) => [...frame.samples]);
        expect(heard.slice(0, sent)).toEqual(Array.from({ length: sent }, (_, i) => i + 1));
        expect(heard.slice(sent).every((sample) => sample === 0)).toBe(true);
        expect(framer.finish()).toEqual([]);
      }),
    );
  });

  it('owns its samples', () => {
    const chunk = new Float32Array(FRAME_SAMPLES).fill(0.5);
    const [frame] = new Framer().push(chunk);
    chunk.fill(0);
    expect(frame?.samples[0]).toBe(0.5);
  });
});

describe('levels', () => {
  it('measures peak and rms', () => {
    expect(peakOf(Float32Array.of(0.25, -0.5, 0))).toBe(0.5);
    expect(rmsOf(Float32Array.of(0.5, -0.5))).toBeCloseTo(0.5);
    expect([peakOf(new Float32Array()), rmsOf(new Float32Array())]).toEqual([0, 0]);
  });
});
