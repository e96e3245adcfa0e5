import { samplesToMs } from '../units';

/**
 * Maps sample positions to wall-clock time for a live source: the smallest delay ever seen between a sample's place in
 * the stream and its arrival is taken as the stream's start, so that a frame delivered late does not flatter a latency.
 */
export class CaptureClock {
  private startMs = Infinity;

  /** A frame whose last sample is at `end` arrived at `nowMs`. */
  arrived(end: number, nowMs: number): void {
    this.startMs = Math.min(this.startMs, nowMs - samplesToMs(end));
  }

  /** When the sample at `position` was spoken; `undefined` before any frame arrived. */
  wallMs(position: number): number | undefined {
    return this.startMs === Infinity ? undefined : this.startMs + samplesToMs(position);
  }
}
