import { SAMPLE_RATE } from '../../../src/core/units';
import { type Random, seeded } from '../random';

/**
 * Sounds that are no speech, synthesised by recipe from a seed: the same samples on every machine. Levels are dB of full scale
 * before any gain; `seconds` is the length of the result.
 */

/** Two-pole band-pass at `hertz` with the given bandwidth, unit gain at its centre (Robert Bristow-Johnson's cookbook). */
export function bandPass(input: Float32Array, hertz: number, bandwidth: number): Float32Array {
  const w = (2 * Math.PI * hertz) / SAMPLE_RATE;
  const alpha = Math.sin(w) / (2 * (hertz / bandwidth));
  const a0 = 1 + alpha;
  const output = new Float32Array(input.length);
  for (let i = 0; i < input.length; i++) {
    const [x0, x2] = [input[i] ?? 0, input[i - 2] ?? 0];
    const [y1, y2] = [output[i - 1] ?? 0, output[i - 2] ?? 0];
    output[i] = (alpha * (x0 - x2) + 2 * Math.cos(w) * y1 - (1 - alpha) * y2) / a0;
  }
  return output;
}

/** One-pole low-pass. */
function lowPass(input: Float32Array, hertz: number): Float32Array {
  const pole = Math.exp((-2 * Math.PI * hertz) / SAMPLE_RATE);
  let last = 0;
  return input.map((sample) => (last = (1 - pole) * sample + pole * last));
}

/** Samples for a time in seconds. */
const count = (seconds: number) => Math.round(seconds * SAMPLE_RATE);
const empty = (seconds: number) => new Float32Array(count(seconds));
const decibels = (level: number) => 10 ** (level / 20);

/** Adds `part` to `target` from second `at` on; what does not fit is cut off. */
function addAt(target: Float32Array, part: Float32Array, at: number, gain = 1): void {
  const from = count(at);
  for (let i = 0; i < part.length && from + i < target.length; i++)
    target[from + i] = (target[from + i] ?? 0) + gain * (part[i] ?? 0);
}

/** The sum of signals, as long as the first. */
export function mixed(first: Float32Array, ...others: readonly Float32Array[]): Float32Array {
  const sum = Float32Array.from(first);
  for (const other of others) addAt(sum, other, 0);
  return sum;
}

/** One signal after the other. */
export function joined(...parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The largest magnitude brought to `level`. */
export function peakAt(samples: Float32Array, level: number): Float32Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample) => (sample * decibels(level)) / peak);
}

/** The root mean square brought to `level`. */
function rmsAt(samples: Float32Array, level: number): Float32Array {
  const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  return samples.map((sample) => (sample * decibels(level)) / rms);
}

/** As a converter with no more room would deliver it: amplified and cut off at full scale. */
export function clipped(samples: Float32Array, gain: number): Float32Array {
  return samples.map((sample) => Math.max(-1, Math.min(1, sample * gain)));
}

/** White noise: the hiss of a preamplifier. */
export function hiss(seconds: number, level = -60, seed = 1): Float32Array {
  const random = seeded(seed);
  return rmsAt(
    empty(seconds).map(() => random() * 2 - 1),
    level,
  );
}

/** Pink noise (−3 dB per octave), by Paul Kellet's filter: the spectrum of most rooms. */
function pink(seconds: number, random: Random): Float32Array {
  let [b0, b1, b2] = [0, 0, 0];
  return empty(seconds).map(() => {
    const white = random() * 2 - 1;
    b0 = 0.99765 * b0 + white * 0.099046;
    b1 = 0.963 * b1 + white * 0.2965164;
    b2 = 0.57 * b2 + white * 1.0526913;
    return b0 + b1 + b2 + white * 0.1848;
  });
}

/** A room with a computer in it: pink noise and a fan, whose blades pass 87 times a second, with harmonics that waver slowly. */
export function room(seconds: number, level = -48, seed = 2): Float32Array {
  const blades = 87;
  const fan = empty(seconds).map((_, i) => {
    const t = i / SAMPLE_RATE;
    const waver = 1 + 0.2 * Math.sin(2 * Math.PI * 0.7 * t);
    return [1, 0.5, 0.3, 0.15].reduce(
      (sum, part, harmonic) => sum + part * waver * Math.sin(2 * Math.PI * blades * (harmonic + 1) * t),
      0,
    );
  });
  return rmsAt(mixed(rmsAt(pink(seconds, seeded(seed)), 0), rmsAt(fan, -6)), level);
}

/** Mains hum: 50 Hz and the harmonics that rectifiers and transformers add. */
export function hum(seconds: number, level = -26): Float32Array {
  const parts = [1, 0.5, 0.4, 0.2, 0.25, 0.1, 0.15];
  return rmsAt(
    empty(seconds).map((_, i) =>
      parts.reduce(
        (sum, part, n) => sum + part * Math.sin((2 * Math.PI * 50 * (n + 1) * i) / SAMPLE_RATE + n),
        0,
      ),
    ),
    level,
  );
}

/** Noise that dies away: `decay` is the time constant in seconds. */
function burst(seconds: number, decay: number, random: Random): Float32Array {
  return empty(seconds).map((_, i) => (random() * 2 - 1) * Math.exp(-i / SAMPLE_RATE / decay));
}

/** Somebody types: a click and its echo in the case for each key and, softer, its release; a thump on the desk below. */
export function keyboard(seconds: number, level = -12, seed = 3): Float32Array {
  const random = seeded(seed);
  const between = (from: number, to: number) => from + random() * (to - from);
  const click = (strength: number) => {
    const source = burst(0.06, 0.002, random);
    const sound = empty(0.06);
    // Resonances of key caps and case, a little different for every key.
    for (const [hertz, width, gain] of [
      [between(1_600, 2_200), 300, 1],
      [between(3_000, 3_800), 500, 0.8],
      [between(4_800, 6_000), 900, 0.6],
    ] as const)
      addAt(sound, bandPass(source, hertz, width), 0, gain * strength);
    addAt(sound, bandPass(burst(0.06, 0.008, random), between(160, 260), 60), 0, 0.8 * strength);
    return sound;
  };
  const typed = empty(seconds);
  let at = 0.4;
  while (at < seconds - 0.3) {
    const strength = between(0.4, 1);
    addAt(typed, click(strength), at);
    addAt(typed, click(strength * 0.4), at + between(0.07, 0.11));
    // About 70 words a minute, with a pause for thought every tenth key.
    at += random() < 0.1 ? between(0.5, 1.2) : Math.exp(between(Math.log(0.09), Math.log(0.26)));
  }
  return peakAt(typed, level);
}

/** Knocks on the desk and a cup that is put down. */
export function knocks(seconds: number, level = -6, seed = 4): Float32Array {
  const random = seeded(seed);
  const sound = empty(seconds);
  for (let at = 0.5; at < seconds - 0.4; at += 0.35 + random() * 0.8) {
    const source = burst(0.3, 0.004, random);
    for (const [hertz, width, gain] of [
      [110 + random() * 60, 25, 1],
      [380 + random() * 120, 60, 0.5],
      [1_200 + random() * 400, 150, 0.2],
    ] as const)
      addAt(sound, bandPass(source, hertz, width), at, gain);
  }
  return peakAt(sound, level);
}

/**
 * Coughs, each in three parts as in recordings (Korpáš et al. 1996): an explosion of air, a rush that fades, and in some a
 * short voiced end, through the resonances of an open throat.
 */
export function coughs(seconds: number, level = -8, seed = 5): Float32Array {
  const random = seeded(seed);
  const sound = empty(seconds);
  let at = 0.5;
  for (let n = 0; at < seconds - 0.7; n++) {
    const rush = mixed(burst(0.45, 0.09, random), burst(0.45, 0.02, random));
    const pitch = 190 - 40 * random();
    const voice = empty(0.16).map((_, i) => {
      const t = i / SAMPLE_RATE;
      const phase = (pitch * t * (1 - t)) % 1;
      return (phase < 0.4 ? 1 - phase / 0.2 : -1) * Math.sin((Math.PI * t) / 0.16) * (0.7 + 0.3 * random());
    });
    const throat = mixed(rush);
    if (n % 2 === 0) addAt(throat, voice, 0.26, 0.3);
    for (const [hertz, width, gain] of [
      [550, 180, 1],
      [1_450, 250, 0.8],
      [2_500, 400, 0.5],
    ] as const)
      addAt(sound, bandPass(throat, hertz, width), at, gain);
    addAt(sound, rush, at, 0.05);
    at += n % 3 === 2 ? 1.6 : 0.5 + random() * 0.2;
  }
  return peakAt(sound, level);
}

/** Breath into the microphone: slow swells of low-passed noise. */
export function breath(seconds: number, level = -20, seed = 6): Float32Array {
  const random = seeded(seed);
  const noise = lowPass(
    empty(seconds).map(() => random() * 2 - 1),
    900,
  );
  return peakAt(
    noise.map((sample, i) => sample * Math.max(0, Math.sin((2 * Math.PI * i) / SAMPLE_RATE / 3.2)) ** 2),
    level,
  );
}

/** A tone with harmonics, vibrato and an envelope: attack 20 ms, then a slow fade. */
function note(hertz: number, seconds: number, harmonics: readonly number[]): Float32Array {
  let phase = 0;
  return empty(seconds).map((_, i) => {
    const t = i / SAMPLE_RATE;
    phase += (2 * Math.PI * hertz * (1 + 0.006 * Math.sin(2 * Math.PI * 5.5 * t))) / SAMPLE_RATE;
    const envelope = Math.min(1, t / 0.02) * Math.exp(-1.2 * t) * Math.min(1, (seconds - t) / 0.03);
    return envelope * harmonics.reduce((sum, part, n) => sum + part * Math.sin(phase * (n + 1)), 0);
  });
}

const ORGAN = [1, 0.6, 0.45, 0.3, 0.2, 0.15];
/** Semitones above A2 of four chords, and of the melody above them. */
const CHORDS = [
  [0, 7, 12, 16],
  [-4, 8, 12, 15],
  [3, 10, 15, 19],
  [-2, 5, 10, 14],
];
const MELODY = [24, 28, 31, 28, 27, 24, 20, 24];
const BEAT_S = 0.5;

/** Music without singing: four chords, a melody, and a drum on every beat. */
export function music(seconds: number, level = -10, seed = 7): Float32Array {
  const random = seeded(seed);
  const sound = empty(seconds);
  const pitch = (semitones: number) => 110 * 2 ** (semitones / 12);
  for (let beat = 0; beat * BEAT_S < seconds; beat++) {
    const at = beat * BEAT_S;
    if (beat % 4 === 0)
      for (const tone of CHORDS[(beat / 4) % CHORDS.length] ?? [])
        addAt(sound, note(pitch(tone), 4 * BEAT_S, ORGAN), at, 0.5);
    addAt(sound, note(pitch(MELODY[beat % MELODY.length] ?? 0), BEAT_S, ORGAN), at, 0.8);
    addAt(sound, lowPass(burst(0.2, 0.04, random), 300), at, 3);
    addAt(sound, burst(0.05, 0.012, random), at + BEAT_S / 2, 0.4);
  }
  return peakAt(sound, level);
}

/** Signals of machines: a telephone (440 + 480 Hz, half-second rings), beeps, and a tone that glides through the speech band. */
export function tones(seconds: number, level = -12): Float32Array {
  const third = seconds / 3;
  const sine = (hertz: number, t: number) => Math.sin(2 * Math.PI * hertz * t);
  let phase = 0;
  return peakAt(
    empty(seconds).map((_, i) => {
      const t = i / SAMPLE_RATE;
      phase += (2 * Math.PI * (200 + 1_500 * Math.max(0, (t - 2 * third) / third))) / SAMPLE_RATE;
      if (t < third) return t % 1 < 0.5 ? (sine(440, t) + sine(480, t)) / 2 : 0;
      if (t < 2 * third) return t % 0.6 < 0.15 ? sine(1_000, t) : 0;
      return Math.sin(phase);
    }),
    level,
  );
}
