import type { TranscribeRequest } from '../../core/model';
import { SAMPLE_RATE } from '../../core/units';

/** Waiting times of the supervisor, ms unless the name says otherwise. */
export interface EngineTimes {
  /** From the start of the process to its answer: a script, the addon and a 13 MB WASM runtime on a busy machine. */
  readonly handshake: number;
  /**
   * For the model, from one sign of progress to the next. The longest step is whisper.cpp's own, which tells none: the largest model has
   * 3 GB, and where memory is too short for what was read ahead, a slow disk reads it once more at 30 MB a second.
   */
  readonly load: number;
  readonly pingInterval: number;
  /** Pings in a row without an answer. Counted, not timed, so that a paused parent does not blame its child. */
  readonly missedPings: number;
  /** From the message `end` to SIGTERM, and from there to SIGKILL. */
  readonly endGrace: number;
  /** First pause before a restart; doubles with each failure up to `backOffMost`. */
  readonly backOff: number;
  readonly backOffMost: number;
  /** Failures in a row without a single successful call after which no restart is tried. */
  readonly failures: number;
}

export const DEFAULT_TIMES: EngineTimes = {
  handshake: 30_000,
  load: 120_000,
  pingInterval: 5_000,
  missedPings: 3,
  endGrace: 1_000,
  backOff: 250,
  backOffMost: 8_000,
  failures: 5,
};

/** Pause before the restart that follows the `failure`th failure in a row (1, 2, …), ms. */
export function backOffMs(times: EngineTimes, failure: number): number {
  return Math.min(times.backOffMost, times.backOff * 2 ** (failure - 1));
}

/** A call may take this many times what such calls took so far, and at least {@link LEAST_DEADLINE_MS}. */
const DEADLINE_FACTOR = 10;
const LEAST_DEADLINE_MS = 8_000;
/** Weight of the newest call in the moving average. */
const NEWEST_WEIGHT = 0.3;
/** Shorter windows cost as much as this one, s. */
const LEAST_WINDOW_S = 1.1;

/** Learns what a second of window costs with this model on this machine. */
export class CostEstimate {
  private msPerSecond: number | undefined;

  /** A finished call on `samples` of audio took `elapsedMs`. */
  learn(samples: number, elapsedMs: number): void {
    const cost = elapsedMs / windowSeconds(samples);
    this.msPerSecond =
      this.msPerSecond === undefined ? cost : this.msPerSecond + NEWEST_WEIGHT * (cost - this.msPerSecond);
  }

  /** What `request` will take, ms; 0 when nothing was learned. */
  predict(request: Pick<TranscribeRequest, 'range'>): number {
    return (this.msPerSecond ?? 0) * windowSeconds(request.range.end - request.range.start);
  }
}

/** The time after which a call that was predicted to take `predictedMs` counts as hung. */
export function defaultDeadlineMs(predictedMs: number): number {
  return Math.max(LEAST_DEADLINE_MS, DEADLINE_FACTOR * predictedMs);
}

function windowSeconds(samples: number): number {
  return Math.max(LEAST_WINDOW_S, samples / SAMPLE_RATE);
}
