import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rmsOf } from '../../../src/core/audio/levels';
import { Resampler } from '../../../src/core/audio/resampler';

const RATES = [8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
const sine = (rate: number, hertz: number, seconds = 0.5) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) =>
    Math.sin((2 * Math.PI * hertz * i) / rate),
  );

function resample(rate: number, input: Float32Array, cuts: readonly number[] = []): Float32Array {
  const resampler = new Resampler(rate);
  const edges = [0, ...cuts, input.length];
  const pieces = edges.slice(1).map((end, i) => resampler.push(input.subarray(edges[i], end)));
  pieces.push(resampler.finish());
  return Float32Array.from(pieces.flatMap((piece) => [...piece]));
}
/** The middle, where neither end is near. */
const middle = (samples: Float32Array) => samples.subarray(1_000, samples.length - 1_000);

describe('Resampler', () => {
  it.each(RATES)('keeps a tone at %i Hz in place, in phase and as loud', (rate) => {
    const output = resample(rate, sine(rate, 440));
    const expected = sine(16_000, 440);
    expect(output.length).toBe(Math.ceil((Math.round(rate * 0.5) * 16_000) / rate));
    const error = middle(output).map((sample, i) => sample - (middle(expected)[i] ?? 0));
    expect(rmsOf(error)).toBeLessThan(1e-3);
  });

  it.each([32_000, 44_100, 48_000, 96_000])('lets nothing alias from %i Hz', (rate) => {
    for (const hertz of [8_100, 10_000, 15_000])
      expect(rmsOf(middle(resample(rate, sine(rate, hertz))))).toBeLessThan(1e-3);
    expect(rmsOf(middle(resample(rate, sine(rate, 6_000))))).toBeCloseTo(Math.SQRT1_2, 2);
  });

  it('leaves no images when the rate rises', () => {
    const output = middle(resample(8_000, sine(8_000, 1_000)));
    const expected = middle(sine(16_000, 1_000));
    expect(rmsOf(output.map((sample, i) => sample - (expected[i] ?? 0)))).toBeLessThan(1e-3);
  });

  it('keeps a constant constant', () => {
    for (const rate of RATES) {
      const output = middle(resample(rate, new Float32Array(rate / 2).fill(0.5)));
      expect(Math.max(...output.map((sample) => Math.abs(sample - 0.5)))).toBeLessThan(1e-4);
    }
  });

  it('does not care how the input is cut', () => {
    const cuts = fc.array(fc.nat(4_000), { maxLength: 6 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.constantFrom(...RATES), cuts, (rate, edges) => {
        const input = sine(rate, 700, 0.1);
        const inside = edges.filter((edge) => edge < input.length);
        expect(resample(rate, input, inside)).toEqual(resample(rate, input));
      }),
      { numRuns: 40 },
    );
  });

  it('passes 16 kHz through untouched, and survives no input at all', () => {
    const input = sine(16_000, 440, 0.1);
    expect(resample(16_000, input)).toEqual(input);
    expect(resample(44_100, new Float32Array())).toHaveLength(0);
    expect(resample(44_100, new Float32Array(1))).toHaveLength(1);
  });
});
