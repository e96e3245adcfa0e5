import type { SampleRange } from '../core/model';

/** The most recent audio of a session, addressed by sample position. */
export class AudioRing {
  private readonly data: Float32Array;
  private begin = 0;
  private end = 0;

  /** `capacity` in samples. */
  constructor(private readonly capacity: number) {
    this.data = new Float32Array(capacity);
  }

  /** What can be read now. */
  get available(): SampleRange {
    return { start: this.begin, end: this.end };
  }

  /** Forgets everything. */
  clear(): void {
    this.begin = 0;
    this.end = 0;
  }

  /** Adds samples whose first one is at position `start`. If that does not continue the audio, the older audio is forgotten. */
  append(start: number, samples: Float32Array): void {
    if (start !== this.end) this.begin = start;
    this.end = start + samples.length;
    const kept = samples.subarray(Math.max(0, samples.length - this.capacity));
    const at = (this.end - kept.length) % this.capacity;
    const head = Math.min(kept.length, this.capacity - at);
    this.data.set(kept.subarray(0, head), at);
    this.data.set(kept.subarray(head), 0);
    this.begin = Math.max(this.begin, this.end - this.capacity);
  }

  /** Copies `range` to the start of `target`; false if some of it is not here (any more). */
  read(range: SampleRange, target: Float32Array): boolean {
    if (range.start < this.begin || range.end > this.end || range.end < range.start) return false;
    const length = range.end - range.start;
    const at = range.start % this.capacity;
    const head = Math.min(length, this.capacity - at);
    target.set(this.data.subarray(at, at + head), 0);
    target.set(this.data.subarray(0, length - head), head);
    return true;
  }
}
