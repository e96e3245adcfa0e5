import { SAMPLE_RATE } from '../units';
import { rmsOf } from './levels';

/** Mains of the world, Hz, and how many harmonics transformers and rectifiers add that are loud enough to matter. */
const MAINS_HZ = [50, 60] as const;
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

/**
 * Two second-order notches, one behind the other, in transposed direct form II; coefficients as in Robert Bristow-Johnson's cookbook.
 * Each sample waits for what the same notch made of the one before, so a second notch in the same loop costs next to nothing. Figures
 * are kept in typed arrays: in fields of an object each is unpacked anew for every sample.
 */
class NotchPair {
  private readonly coefficients: Float64Array;
  private readonly state = new Float64Array(4);

  constructor(firstHertz: number, secondHertz: number) {
    this.coefficients = Float64Array.from([...notch(firstHertz), ...notch(secondHertz)]);
  }

  /** Filters in place. */
  apply(samples: Float64Array): void {
    const [gain1 = 0, turn1 = 0, damping1 = 0, gain2 = 0, turn2 = 0, damping2 = 0] = this.coefficients;
    let [a1 = 0, b1 = 0, a2 = 0, b2 = 0] = this.state;
    for (let i = 0; i < samples.length; i++) {
      const input = samples[i] ?? 0;
      const between = gain1 * input + a1;
      a1 = turn1 * (input - between) + b1;
      b1 = gain1 * input - damping1 * between;
      const output = gain2 * between + a2;
      a2 = turn2 * (between - output) + b2;
      b2 = gain2 * between - damping2 * output;
      samples[i] = output;
    }
    this.state.set([a1, b1, a2, b2]);
  }
}

/** Gain, turn and damping of the notch at `hertz`. */
function notch(hertz: number): readonly [gain: number, turn: number, damping: number] {
  const w = (2 * Math.PI * hertz) / SAMPLE_RATE;
  const alpha = (Math.sin(w) * BANDWIDTH_HZ) / (2 * hertz);
  const gain = 1 / (1 + alpha);
  return [gain, -2 * Math.cos(w) * gain, (1 - alpha) * gain];
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
  /** Mains are two, so each pair takes one harmonic of both. */
  private readonly notches = Array.from(
    { length: HARMONICS },
    (_, index) => new NotchPair(MAINS_HZ[0] * (index + 1), MAINS_HZ[1] * (index + 1)),
  );
  private readonly before = new Floor();
  private readonly after = new Floor();
  private active = false;

  /** Filters the next frame of the stream; returns new samples. On and off go over the length of a frame. */
  apply(samples: Float32Array): Float32Array {
    const filtered = new Float64Array(samples);
    for (const notch of this.notches) notch.apply(filtered);
    const output = new Float32Array(filtered);
    const from = this.active ? 1 : 0;
    this.watch(this.before.push(rmsOf(samples)), this.after.push(rmsOf(output)));
    const to = this.active ? 1 : 0;
    if (from === to) return from === 1 ? output : samples.slice();
    return samples.map((sample, i) => {
      const share = from + ((to - from) * i) / samples.length;
      return share * (output[i] ?? 0) + (1 - share) * sample;
    });
  }

  private watch(before: number, after: number): void {
    this.active = before > AUDIBLE && before > after * (this.active ? GONE : PRESENT);
  }
}
