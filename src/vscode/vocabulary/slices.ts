/** The time of whoever shares the thread. */
export interface SliceClock {
  /** Milliseconds that only rise. */
  now(): number;
  /** Resolves after others had their turn. */
  pause(): Promise<void>;
}

/** Longest work at a stretch, ms: half of a 60 Hz frame, so that typing and drafts never wait. */
export const SLICE_MS = 5;
/** Rest between slices, ms: indexing takes a third of a core at most, the models need the rest. */
const REST_MS = 10;

/** Real time. */
export const REAL_CLOCK: SliceClock = {
  now: () => performance.now(),
  pause: () => new Promise((resolve) => setTimeout(resolve, REST_MS)),
};

/** Runs work that is made of small steps, and rests whenever it has taken its share of time. */
export class Slicer {
  private until = -Infinity;

  constructor(private readonly clock: SliceClock) {}

  /** @returns false if it was cancelled in the middle; asked after every step */
  async run(steps: Iterator<void>, isCancelled: () => boolean): Promise<boolean> {
    for (;;) {
      if (this.clock.now() >= this.until) {
        await this.clock.pause();
        this.until = this.clock.now() + SLICE_MS;
      }
      if (isCancelled()) return false;
      if (steps.next().done) return true;
    }
  }
}
