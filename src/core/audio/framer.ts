import type { Frame } from '../model';
import { FRAME_SAMPLES } from '../units';

/**
 * Cuts chunks of any size into gap-free frames of 512 samples. Positions count from 0 at the first sample pushed.
 * Frames own their samples: the chunk may be reused by the caller.
 */
export class Framer {
  private rest = new Float32Array(FRAME_SAMPLES);
  private filled = 0;
  private nextStart = 0;

  /** Samples taken so far, those waiting for their frame to fill included. */
  get position(): number {
    return this.nextStart + this.filled;
  }

  /** Takes 16 kHz mono samples and returns the frames they complete. */
  push(chunk: Float32Array): Frame[] {
    const frames: Frame[] = [];
    for (let taken = 0; taken < chunk.length;) {
      const count = Math.min(FRAME_SAMPLES - this.filled, chunk.length - taken);
      this.rest.set(chunk.subarray(taken, taken + count), this.filled);
      this.filled += count;
      taken += count;
      if (this.filled === FRAME_SAMPLES) frames.push(this.cut());
    }
    return frames;
  }

  /** The end of the recording: the remainder as a last frame, padded with silence; nothing if there is none. */
  finish(): Frame[] {
    return this.filled > 0 ? [this.cut()] : [];
  }

  private cut(): Frame {
    const frame = { start: this.nextStart, samples: this.rest };
    this.nextStart += FRAME_SAMPLES;
    this.rest = new Float32Array(FRAME_SAMPLES);
    this.filled = 0;
    return frame;
  }
}
