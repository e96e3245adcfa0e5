import { Framer } from '../../../src/core/audio/framer';
import type { Frame } from '../../../src/core/model';
import { SAMPLE_RATE } from '../../../src/core/units';

/** Sample at time `t` (seconds). */
export type Signal = (t: number, index: number) => number;

export const silence: Signal = () => 0;
export const tone =
  (amplitude: number, hertz = 330): Signal =>
  (t) =>
    amplitude * Math.sin(2 * Math.PI * hertz * t);
/** Deterministic white noise (xorshift), uniform in ±amplitude. */
export function noise(amplitude: number): Signal {
  let state = 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return amplitude * ((state >>> 0) / 2 ** 31 - 1);
  };
}
/** Syllables: a tone that swells and fades four times a second. */
export const babble = (amplitude: number): Signal => {
  const carrier = tone(amplitude, 220);
  return (t, i) => carrier(t, i) * Math.sin(Math.PI * 4 * t) ** 2;
};
export const add =
  (...parts: Signal[]): Signal =>
  (t, i) =>
    parts.reduce((sum, part) => sum + part(t, i), 0);

/** Whole frames of a signal. */
export function framesOf(...stretches: [signal: Signal, seconds: number][]): Frame[] {
  const framer = new Framer();
  let index = 0;
  return stretches.flatMap(([signal, seconds]) =>
    framer.push(
      Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, () =>
        signal(index / SAMPLE_RATE, index++),
      ),
    ),
  );
}
