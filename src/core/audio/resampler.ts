import { SAMPLE_RATE } from '../units';

/**
 * Zero crossings of the sinc on each side, and the shape of the Kaiser window around it: 80 dB of attenuation, over a
 * transition band of 16 % of the lower Nyquist frequency.
 */
const ZERO_CROSSINGS = 32;
const KAISER_BETA = 8;
/** Cut-off as a part of the lower Nyquist frequency: the middle of the transition band, so that it ends where aliasing begins. */
const ROLLOFF = 0.92;

/**
 * Streaming band-limited conversion of one channel to 16 kHz: a windowed sinc evaluated in polyphase form (Julius O. Smith,
 * "Digital Audio Resampling"). Output sample n stands at the time of input sample n × rate / 16,000, so nothing is shifted;
 * before the beginning and after the end the signal counts as silence.
 */
export class Resampler {
  /** Output sample n lies `n × step / phases` input samples after the first. */
  private readonly phases: number;
  private readonly step: number;
  private readonly cutoff: number;
  /** Input samples on each side that contribute to an output sample. */
  private readonly reach: number;
  /** Filters by phase, made when first needed. */
  private readonly filters = new Map<number, Float32Array>();
  /** Input from sample `kept` on. */
  private input: Float32Array;
  private kept: number;
  private taken = 0;
  private given = 0;

  /** @param rate of the input in Hz, a positive integer. */
  constructor(private readonly rate: number) {
    const divisor = gcd(rate, SAMPLE_RATE);
    this.phases = SAMPLE_RATE / divisor;
    this.step = rate / divisor;
    this.cutoff = ROLLOFF * Math.min(1, SAMPLE_RATE / rate);
    this.reach = Math.ceil(ZERO_CROSSINGS / this.cutoff);
    this.kept = -this.reach;
    this.input = new Float32Array(this.reach);
  }

  /** Takes samples at the input rate and returns the samples at 16 kHz that they settle. */
  push(chunk: Float32Array): Float32Array {
    if (this.rate === SAMPLE_RATE) return chunk;
    this.taken += chunk.length;
    this.append(chunk);
    // Output sample n needs the input up to its own place and the reach beyond it.
    return this.produce(Math.floor(((this.taken - this.reach) * this.phases) / this.step));
  }

  /** The end: what is still to come so that the length is that of the input at 16 kHz, rounded up. */
  finish(): Float32Array {
    if (this.rate === SAMPLE_RATE) return new Float32Array();
    this.append(new Float32Array(this.reach + 1));
    return this.produce(Math.ceil((this.taken * this.phases) / this.step));
  }

  private append(chunk: Float32Array): void {
    const joined = new Float32Array(this.input.length + chunk.length);
    joined.set(this.input);
    joined.set(chunk, this.input.length);
    this.input = joined;
  }

  /** Computes the output up to (not including) sample `end` and forgets the input that no later one needs. */
  private produce(end: number): Float32Array {
    const output = new Float32Array(Math.max(0, end - this.given));
    for (let i = 0; i < output.length; i++) {
      const place = (this.given + i) * this.step;
      const filter = this.filter(place % this.phases);
      const first = Math.floor(place / this.phases) - this.reach + 1 - this.kept;
      let sum = 0;
      for (let k = 0; k < filter.length; k++) sum += (filter[k] ?? 0) * (this.input[first + k] ?? 0);
      output[i] = sum;
    }
    this.given += output.length;
    const needed = Math.floor((this.given * this.step) / this.phases) - this.reach + 1;
    this.input = this.input.slice(Math.max(0, needed - this.kept));
    this.kept = Math.max(this.kept, needed);
    return output;
  }

  /** Weights of the input samples around a place `phase / phases` after one of them; they sum to 1. */
  private filter(phase: number): Float32Array {
    const known = this.filters.get(phase);
    if (known) return known;
    const weights = Array.from({ length: 2 * this.reach }, (_, k) => {
      const distance = k - this.reach + 1 - phase / this.phases;
      return sinc(distance * this.cutoff) * kaiser(distance / this.reach);
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const filter = Float32Array.from(weights, (weight) => weight / sum);
    this.filters.set(phase, filter);
    return filter;
  }
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser window over −1…1, not normalised. */
function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - x * x));
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let sum = 1;
  for (let term = 1, k = 1; term > sum * Number.EPSILON; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}
