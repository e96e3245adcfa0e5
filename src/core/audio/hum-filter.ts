import { SAMPLE_RATE } from '../units';
import { rmsOf } from './levels';

/** Mains of the world, Hz, and how many harmonics transformers and rectifiers add that are loud enough to matter. */
const MAINS_HZ = [50, 60];
const HARMONICS = 7;
/** Width of a notch at −3 dB, Hz: wider than grids stray (0.02 Hz, times the harmonic), and as narrow as that allows. */
const BANDWIDTH_HZ = 1;

/** Stretches looked at for the quietest moment: the frames of two seconds hold a pause between words. */
const WATCHED_FRAMES = 64;
/** Before so many frames (half a second) nothing is said of them: the notches take as long to settle, and nobody holds a vowel so long. */
const FEWEST_FRAMES = 16;
/** Quieter hum (−60 dB of full scale) disturbs nobody. */
const AUDIBLE = 0.001;
/** There is hum if even the quietest moments lose half of their level to the notches; it is gone when they lose next to nothing. */
const PRESENT = 2;
const GONE = 1.25;

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

/** The quietest of the last frames. */
class Floor {
  private levels: number[] = [];

  /** Takes the level of the next frame; 0 while too few are known. */
  push(level: number): number {
    this.levels.push(level);
    if (this.levels.length > WATCHED_FRAMES) this.levels.shift();
    return this.levels.length < FEWEST_FRAMES ? 0 : Math.min(...this.levels);
  }
}

/**
 * Takes mains hum out of the signal, where there is any: a comb of notches at 50 and 60 Hz and their harmonics. Hum hides the low half of
 * speech from a model, and leaves the automatic gain no room. Always on, the notches would ring with every voice that holds a
 * pitch near one of them; so the signal passes untouched until its quietest moments turn out to be hum.
 */
export class HumFilter {
  private readonly notches = MAINS_HZ.flatMap((hertz) =>
    Array.from({ length: HARMONICS }, (_, index) => new Notch(hertz * (index + 1))),
  );
  private readonly before = new Floor();
  private readonly after = new Floor();
  private active = false;

  /** Filters the next frame of the stream; returns new samples. On and off go over the length of a frame. */
  apply(samples: Float32Array): Float32Array {
    const filtered = Float64Array.from(samples);
    for (const notch of this.notches) notch.apply(filtered);
    const output = Float32Array.from(filtered);
    const from = this.active ? 1 : 0;
    this.watch(this.before.push(rmsOf(samples)), this.after.push(rmsOf(output)));
    const to = this.active ? 1 : 0;
    if (from === 1 && to === 1) return output;
    return samples.map((sample, i) => {
      const share = from + ((to - from) * i) / samples.length;
      return share * (output[i] ?? 0) + (1 - share) * sample;
    });
  }

  private watch(before: number, after: number): void {
    this.active = before > AUDIBLE && before > after * (this.active ? GONE : PRESENT);
  }
}
