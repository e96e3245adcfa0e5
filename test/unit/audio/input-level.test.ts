import { from, lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { inputLevels } from '../../../src/core/audio/input-level';
import { FRAME_SAMPLES } from '../../../src/core/units';

/** Frames of constant magnitude, so that peak and RMS are alike. */
function frames(...levels: number[]) {
  return from(
    levels.map((level, index) => ({
      start: index * FRAME_SAMPLES,
      samples: Float32Array.from({ length: FRAME_SAMPLES }, (_, i) => (i % 2 === 0 ? level : -level)),
    })),
  );
}
const readings = (...levels: number[]) => lastValueFrom(inputLevels(frames(...levels)).pipe(toArray()));

describe('inputLevels', () => {
  it('reads every 128 ms and remembers floor, loudest and peak', async () => {
    const [first, second] = await readings(0.25, 0.5, 0.25, 0.125, 0.5, 0.5, 0.75, 0.5);
    expect(first).toMatchObject({ rms: 0.5, floor: 0.125, loudest: 0.5, peak: 0.5, heardMs: 128 });
    expect(second).toMatchObject({ rms: 0.75, floor: 0.125, loudest: 0.75, peak: 0.75, heardMs: 256 });
  });

  it('counts digital zeros until something is heard', async () => {
    const [a, b, c] = await readings(0, 0, 0, 0, 0, 0, 0, 0, 0, 0.001, 0, 0);
    expect([a, b, c].map((one) => one?.zerosMs)).toEqual([128, 256, 0]);
    expect(c?.clipped).toBe(false);
  });

  it('notes that full scale was touched, for good', async () => {
    const [a, b] = await readings(1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
    expect([a?.clipped, b?.clipped]).toEqual([true, true]);
  });
});
