import { describe, expect, it } from 'vitest';
import { HumFilter } from '../../../src/core/audio/hum-filter';
import { rmsOf } from '../../../src/core/audio/levels';
import { add, framesOf, noise, type Signal, tone } from './signals';

/** A voice that holds one pitch, with a short pause every second. */
const monotone =
  (hertz: number): Signal =>
  (t, i) =>
    t % 1 > 0.15 ? tone(0.1, hertz)(t, i) : 0;

function filtered(...stretches: Parameters<typeof framesOf>) {
  const filter = new HumFilter();
  return framesOf(...stretches).map(({ samples }) => ({ before: samples, after: filter.apply(samples) }));
}

/** Frames that are not, sample by sample, what they were before. */
const touched = (frames: ReturnType<typeof filtered>) =>
  frames.filter(
    ({ before, after }) => after.length !== before.length || after.some((sample, i) => sample !== before[i]),
  );

describe('HumFilter', () => {
  it.each([50, 60, 100, 110, 200, 300, 330])('leaves a voice at %i Hz untouched', (hertz) => {
    expect(touched(filtered([add(monotone(hertz), noise(0.001)), 6]))).toEqual([]);
  });

  it.each([50, 60])(
    'finds hum of mains at %i Hz under a voice, takes it out, and lets go when it is over',
    (mains) => {
      const hum = add(tone(0.05, mains), tone(0.02, 2 * mains), tone(0.01, 3 * mains), noise(0.001));
      const frames = filtered([add(monotone(220), hum), 4], [add(monotone(220), noise(0.001)), 6]);
      /** Frames of the pauses in the last second of hum. */
      const pauses = frames.slice(94, 124).filter(({ before }) => rmsOf(before) < 0.05);
      expect(pauses.length).toBeGreaterThan(2);
      for (const { before, after } of pauses) expect(rmsOf(after)).toBeLessThan(rmsOf(before) / 2);
      expect(touched(frames.slice(-62))).toEqual([]);
    },
  );

  it('does not mistake hiss or silence for it', () => {
    expect(touched(filtered([() => 0, 2], [noise(0.05), 4]))).toEqual([]);
  });
});
