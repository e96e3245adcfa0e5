import { DictationError } from '../errors';
import { msToSamples, samplesToMs } from '../units';

/** A confirmation that lags by more than this is behind, not merely busy with a long utterance (15 s and its final pass). */
const BEHIND = msToSamples(20_000);
/** Behind for so long without catching up: it will not. */
const PATIENCE_MS = 30_000;
/** A file that is read faster than this many times real time lags because of that. */
const REAL_TIME = 1.5;

/** Notices a heavy model that is slower than speech for long, and says so once. */
export class FallingBehind {
  private since: { readonly captured: number; readonly now: number } | undefined;
  private told = false;

  /**
   * @param now the clock, ms
   * @param captured sample position of the microphone
   * @param lag samples that confirmation lags behind; 0 when nothing is pending
   * @returns what to tell the user, once
   */
  observe(now: number, captured: number, lag: number): DictationError | undefined {
    if (lag < BEHIND) this.since = undefined;
    else this.since ??= { captured, now };
    if (this.told || !this.since) return undefined;
    const passedMs = now - this.since.now;
    const heardMs = samplesToMs(captured - this.since.captured);
    if (passedMs < PATIENCE_MS || heardMs > passedMs * REAL_TIME) return undefined;
    this.told = true;
    return new DictationError(
      'engine',
      'confirmation-slow',
      'The confirming model is slower than speech on this machine: confirmed text falls further and further behind.',
      'Choose a smaller confirming model, for example base.en instead of small.en.',
    );
  }
}
