import type { ListeningOptions } from '../session-types';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../units';
import { peakOf } from './levels';

/** Decibels per second → factor per frame. */
const perFrame = (dbPerSecond: number) => 10 ** ((dbPerSecond * FRAME_SAMPLES) / SAMPLE_RATE / 20);

/**
 * The speaker's gain: falls while frames are too loud (18 dB take half a second of them), rises slowly, and only while
 * something is to be heard. Held in silence: a gain that rose there would fall again at every onset and bend each first word.
 */
const SPEAKER_FALL = perFrame(40);
const SPEAKER_RISE = perFrame(2);
/** How fast the limiter lets go after a loud moment such as a knock. */
const LIMITER_RISE = perFrame(20);
/** The noise floor is the quietest of the last seconds: it follows down at once and up at this speed. */
const FLOOR_RISE = perFrame(3);
/** Sound has to stand out from the noise floor by so much (16 dB) to say something about the speaker's level. */
const ACTIVE_ABOVE_FLOOR = 6;
/**
 * Speech whose peaks reach this (-12 dB of full scale, an ordinary headset) is loud enough for the detector and the models, and
 * is left alone: every gain bends it a little (measured: see `accuracy.streaming_gap`). Quieter speech is lifted so far.
 */
const ENOUGH = 0.25;
/** Below the last bit of 16-bit audio there is no noise floor to be found. */
const LOWEST_FLOOR = 1 / 32_768;

/**
 * Automatic gain in two stages. A slow one finds the gain that would bring the speaker's peaks to the target, and applies as
 * much of it as makes quiet speech loud enough; it starts at its maximum, so that a quiet speaker is heard from the first
 * word. A limiter acts at once wherever that would pass the target, so nothing ever clips. Inside a frame the gain moves on a
 * ramp.
 */
export class GainControl {
  /** The gain that would bring the speaker's peaks to the target, however large. */
  private speakerGain: number;
  private applied: number;
  private floor = Infinity;

  constructor(private readonly options: Omit<ListeningOptions['gain'], 'enabled'>) {
    this.speakerGain = this.most;
    this.applied = options.maxGain;
  }

  /** The gain at the end of the last frame. */
  get gain(): number {
    return this.applied;
  }

  /** The gain that would bring the speaker's peaks to the target, at most the largest: what the noise gate judges by. */
  get fullGain(): number {
    return Math.min(this.options.maxGain, this.speakerGain);
  }

  /** Multiplies a frame in place and returns it. */
  apply(samples: Float32Array): Float32Array {
    const { targetPeak, maxGain } = this.options;
    const before = this.applied;
    const peak = peakOf(samples);
    const highest = peak > 0 ? targetPeak / peak : Infinity;
    this.follow(peak, highest);
    const wanted = Math.min(maxGain, Math.max(1, this.speakerGain * this.share));
    const after = Math.min(wanted, before * LIMITER_RISE, highest);
    // Falling gain has to arrive before the first sample that would pass the target; other changes take the whole frame.
    const isLoud = (sample: number) => Math.abs(sample) * before > targetPeak;
    const loud = after < before ? samples.findIndex(isLoud) : -1;
    const ramp = loud < 0 ? samples.length : loud;
    for (let i = 0; i < samples.length; i++) {
      const gain = i < ramp ? before + ((after - before) * i) / ramp : after;
      samples[i] = (samples[i] ?? 0) * gain;
    }
    this.applied = after;
    return samples;
  }

  /** How much of the speaker's gain makes quiet speech loud enough. */
  private get share(): number {
    return Math.min(1, ENOUGH / this.options.targetPeak);
  }

  /** The speaker's gain for the quietest speaker that can be lifted. */
  private get most(): number {
    return this.options.maxGain / this.share;
  }

  /** Moves the speaker's gain. */
  private follow(peak: number, highest: number): void {
    this.floor = Math.max(LOWEST_FLOOR, Math.min(peak, this.floor * FLOOR_RISE));
    if (highest < this.speakerGain) this.speakerGain = Math.max(highest, this.speakerGain / SPEAKER_FALL);
    else if (peak > this.floor * ACTIVE_ABOVE_FLOOR)
      this.speakerGain = Math.min(this.most, this.speakerGain * SPEAKER_RISE);
  }
}
