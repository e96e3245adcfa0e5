import { DictationError } from '../errors';
import type { TranscriptState } from '../transcript/state';
import { msToSamples, samplesToMs } from '../units';

/**
 * An utterance whose end was said so long ago and is still not confirmed: the heavy model is behind. The final pass over the longest
 * utterance, 15 s, by a model that keeps up with speech takes less.
 */
const BEHIND = msToSamples(8_000);
/** Behind for so long, although it does nothing but final passes: it will not catch up. */
const PATIENCE_MS = 30_000;
/** A file that is read faster than this many times real time lags because of that. */
const REAL_TIME = 1.5;

/** What is looked at. */
export interface Progress {
  /** The clock, ms. */
  readonly now: number;
  /** Sample position of the microphone. */
  readonly captured: number;
  readonly transcript: TranscriptState;
  /** False while the heavy model cannot work for other reasons: it loads, or its process starts again. */
  readonly ready: boolean;
}

/**
 * Notices a heavy model that is slower than speech. At first it is spared all passes but the final ones, until it has caught up;
 * if it does not, the user is told, once.
 */
export class FallingBehind {
  /** When the first of the utterances that wait now began to, and when that was found to be too long ago. */
  private waits: { readonly captured: number; readonly now: number } | undefined;
  /** Since when it is behind, and by how many samples it was then. */
  private behind: { readonly since: number; readonly by: number } | undefined;
  private told = false;

  /** True while the heavy model is to do nothing but final passes. */
  get finalsOnly(): boolean {
    return this.behind !== undefined;
  }

  /** @returns true if the user has to be told now */
  observe({ now, captured, transcript, ready }: Progress): boolean {
    const waiting = transcript.utterances.find(({ end, verdict }) => end !== undefined && !verdict);
    if (!ready || waiting?.end === undefined) {
      this.waits = undefined;
      this.behind = undefined;
      return false;
    }
    this.waits ??= { captured, now };
    const heardMs = samplesToMs(captured - this.waits.captured);
    const isRealTime = heardMs <= (now - this.waits.now) * REAL_TIME;
    const by = captured - waiting.end;
    if (by >= BEHIND && isRealTime) this.behind ??= { since: now, by };
    if (this.told || this.behind === undefined) return false;
    // One that was loaded late may have minutes to catch up with, and be quick at it.
    const isCatchingUp = by < this.behind.by;
    this.told = isRealTime && !isCatchingUp && now - this.behind.since >= PATIENCE_MS;
    return this.told;
  }
}

/** @param advice what the user can do about it; a sentence */
export function confirmationSlow(advice: string): DictationError {
  return new DictationError(
    'engine',
    'confirmation-slow',
    'The confirming model is slower than speech on this machine: confirmed text falls further and further behind.',
    advice,
  );
}
