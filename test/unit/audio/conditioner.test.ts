import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Conditioner } from '../../../src/core/audio/conditioner';
import { DEFAULT_LISTENING } from '../../../src/core/audio/defaults';
import { peakOf } from '../../../src/core/audio/levels';
import type { Frame } from '../../../src/core/model';
import { add, babble, framesOf, noise, silence, tone, type Signal } from './signals';

function condition(frames: readonly Frame[], options: Partial<typeof DEFAULT_LISTENING> = {}) {
  const conditioner = new Conditioner({ ...DEFAULT_LISTENING, ...options });
  return frames.map((frame) => conditioner.push(frame));
}
const constant =
  (value: number): Signal =>
  () =>
    value;

describe('Conditioner', () => {
  it('lifts quiet speech until it is loud enough, by at most 8 times, and leaves loud speech alone', () => {
    const loudest = (amplitude: number) => {
      const heard = condition(framesOf([babble(amplitude), 3])).slice(40);
      expect(heard.every(({ level }) => level.gain >= 1 && level.gain <= 8)).toBe(true);
      return Math.max(...heard.map(({ level }) => level.peak));
    };
    expect(loudest(0.02)).toBeCloseTo(0.16, 2);
    expect(loudest(0.05)).toBeGreaterThan(0.22);
    expect(loudest(0.05)).toBeLessThan(0.35);
    expect(loudest(0.4)).toBeCloseTo(0.4, 2);
    expect(loudest(0.9)).toBeCloseTo(0.9, 2);
  });

  it('gates by the level that full gain would give: soft words of a loud speaker begin speech', () => {
    const heard = condition(framesOf([babble(0.3), 3], [silence, 1], [babble(0.03), 1]));
    expect(heard.slice(-25).some(({ gated }) => !gated)).toBe(true);
  });

  it('never passes the target, whatever comes', () => {
    const chunk = fc.float32Array({ minLength: 512, maxLength: 512, noNaN: true, min: -1, max: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(chunk, fc.double({ min: 0, max: 4, noNaN: true })), { maxLength: 8 }),
        (parts) => {
          const conditioner = new Conditioner(DEFAULT_LISTENING);
          parts.forEach(([samples, factor], i) => {
            const { level, frame } = conditioner.push({
              start: i * 512,
              samples: samples.map((x) => x * factor),
            });
            expect(peakOf(frame.samples)).toBeLessThanOrEqual(0.95 + 1e-6);
            expect(level.peak).toBe(peakOf(frame.samples));
          });
        },
      ),
    );
  });

  it('does not click when the gain falls or rises', () => {
    // No frequency of the mains: those are filtered.
    const step = (amplitude: number) => 2 * Math.PI * (130 / 16_000) * amplitude;
    const swelling: Signal = (t, i) => tone(0.02 + 0.2 * t, 130)(t, i);
    const samples = condition(framesOf([swelling, 4], [tone(0.1, 130), 3])).flatMap(({ frame }) => [
      ...frame.samples,
    ]);
    const jumps = samples.slice(1, 63_000).map((sample, i) => Math.abs(sample - (samples[i] ?? 0)));
    expect(Math.max(...jumps)).toBeLessThan(step(0.95) * 1.5);
  });

  it('forgets most of a knock within a second', () => {
    const heard = condition(framesOf([babble(0.02), 1], [tone(0.9), 0.06], [babble(0.02), 2]));
    const gains = heard.map(({ level }) => level.gain);
    const knocked = gains.indexOf(Math.min(...gains));
    expect(gains[knocked]).toBeLessThan(1.2);
    // 6 dB at most remain: a few loud frames may as well be the beginning of loud speech.
    expect(gains[knocked + 31]).toBeGreaterThan(4);
  });

  it('keeps the gain of the speaker through a long silence, and takes it back slowly for a quieter one', () => {
    const gains = condition(framesOf([babble(0.1), 4], [noise(0.001), 10], [babble(0.02), 10])).map(
      ({ level }) => level.gain,
    );
    const [speaking, silent, after] = [gains[124], gains[124 + 310], gains.at(-1)];
    expect(speaking).toBeGreaterThan(2);
    expect(speaking).toBeLessThan(3.7);
    expect(silent).toBeGreaterThan((speaking ?? 0) * 0.99);
    expect(silent).toBeLessThan((speaking ?? 0) * 1.3);
    expect(after).toBeGreaterThan(6);
    expect(gains[124 + 310 + 31]).toBeLessThan(5);
  });

  it('gates silence, faint noise and a constant offset, and passes speech', () => {
    const gated = (signal: Signal) =>
      condition(framesOf([signal, 1])).filter((heard) => heard.gated).length / 31;
    expect(gated(silence)).toBe(1);
    expect(gated(noise(0.003))).toBe(1);
    expect(gated(add(constant(0.2), noise(0.003)))).toBe(1);
    expect(gated(add(constant(0.2), tone(0.05)))).toBe(0);
    expect(gated(tone(0.01))).toBe(0);
    const off = condition(framesOf([silence, 1]), { gate: { enabled: false, threshold: 0.04 } });
    expect(off.some((heard) => heard.gated)).toBe(false);
  });

  it('never silences the audio itself: what is gated still reaches the models', () => {
    const faint = condition(framesOf([noise(0.003), 1]));
    expect(faint.every(({ gated, level }) => gated && level.rms > 0.005)).toBe(true);
  });

  it('takes a constant offset out, without a jump at the first sample', () => {
    const heard = condition(framesOf([add(constant(0.3), tone(0.05)), 1]));
    expect(Math.max(...heard.map(({ level }) => level.peak))).toBeLessThan(0.5);
    expect(heard[0]?.level.inputPeak).toBeCloseTo(0.35, 1);
  });

  it.each([50, 60])(
    'takes the hum of mains at %i Hz out, with its harmonics and as far astray as grids go',
    (mains) => {
      const part = (harmonic: number) => tone(0.05 / harmonic, mains * 1.0004 * harmonic);
      const heard = condition(framesOf([add(...[1, 2, 3, 4, 5, 6, 7].map(part)), 3]));
      const last = heard.slice(-31);
      const before = Math.max(...last.map(({ level }) => level.inputPeak));
      const after = Math.max(...last.map(({ level }) => level.peak / level.gain));
      expect(after).toBeLessThan(before / 5);
      expect(last.every(({ gated }) => gated)).toBe(false);
    },
  );

  it('meters before and after the gain', () => {
    const level = condition(framesOf([tone(0.1, 440), 3])).at(-1)?.level;
    expect(level?.inputPeak).toBeCloseTo(0.1, 2);
    expect(level?.peak).toBeCloseTo(0.25, 2);
    expect(level?.gain).toBeCloseTo(2.5, 1);
    expect(level?.rms).toBeCloseTo(0.25 / Math.SQRT2, 2);
  });

  it('passes the samples untouched with gain switched off', () => {
    const frames = framesOf([add(constant(0.1), babble(0.1)), 1]);
    const heard = condition(frames, { gain: { enabled: false, targetPeak: 0.95, maxGain: 8 } });
    expect(heard.map(({ frame }) => frame)).toEqual(frames);
    expect(heard.every(({ level }) => level.gain === 1 && level.peak === level.inputPeak)).toBe(true);
  });
});
