import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VoiceProbability } from '../core/model';
import { FRAME_SAMPLES } from '../core/units';
import type { VoiceDetector } from './vad';

/** Frames worked on in one turn of the event loop, so that a backlog does not delay pings and results. */
const FRAMES_PER_TURN = 8;
/** Audio before the first wanted frame that the detector hears too: about a second makes its state as good as new. */
const WARM_UP_SAMPLES = 32 * FRAME_SAMPLES;

/** Feeds frames to the voice detector in order and reports each from the wanted position on exactly once. */
export class VoiceQueue {
  private waiting: { start: number; samples: Float32Array }[] = [];
  private wantedFrom = 0;
  /** Rises with every reset, so that a result that is still being computed is dropped. */
  private generation = 0;
  private working = false;
  private epoch = 0;
  private heardOther = false;

  constructor(
    private readonly detector: VoiceDetector,
    private readonly report: (voice: VoiceProbability, epoch: number) => void,
    /** The detector failed: without it the process is of no use. */
    private readonly fail: (error: unknown) => void,
  ) {}

  /** Forgets everything; reports frames from the position `wantedFrom` on. */
  reset(epoch: number, wantedFrom: number): void {
    this.generation += 1;
    this.epoch = epoch;
    this.wantedFrom = wantedFrom;
    this.waiting = [];
    this.heardOther = true;
  }

  /** Adds whole frames; `start` is the position of the first sample. */
  push(start: number, samples: Float32Array): void {
    for (let at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
      if (start + at < this.wantedFrom - WARM_UP_SAMPLES) continue;
      this.waiting.push({ start: start + at, samples: samples.subarray(at, at + FRAME_SAMPLES) });
    }
    if (!this.working) this.work().catch(this.fail);
  }

  private async work(): Promise<void> {
    this.working = true;
    try {
      for (let done = 1; ; done += 1) {
        const frame = this.waiting.shift();
        if (!frame) return;
        const generation = this.generation;
        // Not in reset(): a frame of the old session may be on its way through the detector then.
        if (this.heardOther) this.detector.reset();
        this.heardOther = false;
        const probability = await this.detector.probability(frame.samples);
        if (generation === this.generation && frame.start >= this.wantedFrom) {
          this.report({ start: frame.start, probability }, this.epoch);
        }
        if (done % FRAMES_PER_TURN === 0) await nextTurn();
      }
    } finally {
      this.working = false;
    }
  }
}
