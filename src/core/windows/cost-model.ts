import { msToSamples, SAMPLE_RATE, samplesToMs } from '../units';

/** Weight that one call keeps after the next: about the last dozen calls count, so a machine that gets busy is noticed. */
const MEMORY = 0.9;
/** Spread of window lengths (variance in s²) below which a slope would be noise. */
const MIN_SPREAD = 0.25;

/**
 * What a call of one model costs on this machine, learned as it goes: an exponentially weighted least-squares line of
 * milliseconds over seconds of window. With windows of one length only, cost is taken to be proportional.
 */
export class CostModel {
  private weight = 0;
  private x = 0;
  private y = 0;
  private xx = 0;
  private xy = 0;

  /** Takes in a call: samples in its window, milliseconds it took. */
  learn(samples: number, ms: number): void {
    const seconds = samples / SAMPLE_RATE;
    this.weight = this.weight * MEMORY + 1;
    this.x = this.x * MEMORY + seconds;
    this.y = this.y * MEMORY + ms;
    this.xx = this.xx * MEMORY + seconds * seconds;
    this.xy = this.xy * MEMORY + seconds * ms;
  }

  /** Milliseconds that a window of so many samples will take; undefined before the first call. */
  predict(samples: number): number | undefined {
    if (this.weight === 0) return undefined;
    const seconds = samples / SAMPLE_RATE;
    const meanX = this.x / this.weight;
    const meanY = this.y / this.weight;
    const spread = this.xx / this.weight - meanX * meanX;
    if (spread < MIN_SPREAD)
      return meanX > 0 ? Math.max(0, (meanY * Math.max(seconds, meanX)) / meanX) : meanY;
    const slope = Math.max(0, (this.xy / this.weight - meanX * meanY) / spread);
    return Math.max(0, meanY + slope * (seconds - meanX));
  }
}

/** The window that models are compared by, as when they are measured: an ordinary utterance. */
const ORDINARY = msToSamples(5_000);

/** What a second of audio costs in an ordinary window, ms; 0 before the first call. */
export function msPerSecond(cost: CostModel): number {
  return ((cost.predict(ORDINARY) ?? 0) * 1_000) / samplesToMs(ORDINARY);
}
