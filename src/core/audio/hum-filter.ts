import { SAMPLE_RATE } from '../units';

/** Mains of the world, Hz, and how many harmonics transformers and rectifiers add that are loud enough to matter. */
const MAINS_HZ = [50, 60];
const HARMONICS = 7;
/**
 * Width of a notch at −3 dB, Hz: wider than grids stray (0.02 Hz, times the harmonic), so narrow that the
 * harmonics of a voice pass it without a trace: no vowel holds its pitch that still.
 */
const BANDWIDTH_HZ = 1;

/** One second-order notch in transposed direct form II; coefficients as in Robert Bristow-Johnson's cookbook. */
class Notch {
  private readonly gain: number;
  private readonly turn: number;
  private readonly damping: number;
  private first = 0;
  private second = 0;

  constructor(hertz: number) {
    const w = (2 * Math.PI * hertz) / SAMPLE_RATE;
    const alpha = (Math.sin(w) * BANDWIDTH_HZ) / (2 * hertz);
    this.gain = 1 / (1 + alpha);
    this.turn = -2 * Math.cos(w) * this.gain;
    this.damping = (1 - alpha) * this.gain;
  }

  apply(samples: Float64Array): void {
    let { first, second } = this;
    const { gain, turn, damping } = this;
    for (let i = 0; i < samples.length; i++) {
      const input = samples[i] ?? 0;
      const output = gain * input + first;
      first = turn * (input - output) + second;
      second = gain * input - damping * output;
      samples[i] = output;
    }
    this.first = first;
    this.second = second;
  }
}

/**
 * Takes mains hum out of the signal: a comb of notches at 50 and 60 Hz and their harmonics. Hum hides the low half of speech from a
 * model, and leaves the automatic gain no room.
 */
export class HumFilter {
  private readonly notches = MAINS_HZ.flatMap((hertz) =>
    Array.from({ length: HARMONICS }, (_, index) => new Notch(hertz * (index + 1))),
  );

  /** Filters the next samples of the stream; returns new ones. */
  apply(samples: Float32Array): Float32Array {
    const output = Float64Array.from(samples);
    for (const notch of this.notches) notch.apply(output);
    return Float32Array.from(output);
  }
}
