import { SAMPLE_RATE } from '../../../src/core/units';
import { audioContext } from '../../../src/engine/params';
import { bestAddon, jobCommon, measure, MODEL } from '../engine/measure';
import type { Job } from '../engine/job';
import type { BenchContext } from '../section';

/** A draft's window. */
const SECONDS = 3;
const CALLS = 3;

/** What the same piece of work costs in the course of a run: a machine shared with others computes faster and slower by the hour. */
export class Reference {
  private readonly job: Job;
  private readonly looks: { readonly second: number; readonly cpuMs: number }[] = [];
  private running: Promise<void> | undefined;

  constructor(context: BenchContext) {
    const samples = SECONDS * SAMPLE_RATE;
    this.job = {
      ...jobCommon(context, 'tiny.en', 'q8_0'),
      addon: bestAddon(context),
      samples,
      threads: 1,
      audioCtx: audioContext(samples, MODEL),
      calls: CALLS,
    };
  }

  /** Does the work once, in a process of its own, beside what is measured; nothing if it is still at it. */
  look(second: number): void {
    this.running ??= measure(this.job)
      .then(({ cpuMs }) => void this.looks.push({ second, cpuMs }))
      .finally(() => {
        this.running = undefined;
      });
  }

  /** When the last look is over. */
  async done(): Promise<void> {
    await this.running;
  }

  /** Mean CPU milliseconds of the looks between two seconds of audio; NaN without one. */
  mean(from: number, to: number): number {
    const own = this.looks.filter(({ second }) => second >= from && second < to);
    return own.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / own.length;
  }
}
