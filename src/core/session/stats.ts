import type { Hypothesis, Role } from '../model';
import type { RoleStats, SessionStats } from '../session-types';
import type { TranscriptState } from '../transcript/state';
import { samplesToMs } from '../units';
import type { Step } from './steps';

type Counts<T> = { -readonly [K in keyof T]: T[K] };

/** Counts what a session does. */
export class StatsCounter {
  private readonly roles: Record<Role, Counts<RoleStats>> = { fast: noCalls(), heavy: noCalls() };
  private windows = 0;
  private utterances = 0;
  private kept = 0;
  private thrown = 0;
  private retried = 0;
  private trusted = 0;

  readonly speculation = { kept: () => void this.kept++, thrown: () => void this.thrown++ };

  /** Counts one step. A kept speculation is no call of its own. */
  count(step: Step): void {
    switch (step.type) {
      case 'window':
        this.windows++;
        break;
      case 'utterance-end':
        this.utterances++;
        break;
      case 'dropped':
        this.roles[step.role].dropped++;
        break;
      case 'failed':
        this.roles[step.role].failed++;
        if (step.retry) this.retried++;
        break;
      case 'trusted':
        this.trusted++;
        break;
      case 'heard':
        if (!step.reused) this.called(step.hypothesis);
        break;
      default:
    }
  }

  private called({ role, range, elapsedMs }: Hypothesis): void {
    const counts = this.roles[role];
    counts.calls++;
    counts.computeMs += elapsedMs;
    counts.audioMs += samplesToMs(range.end - range.start);
  }

  /** The figures so far, with those that the merge keeps. */
  current({ heldBack, unverified, disagreed }: TranscriptState): SessionStats {
    return {
      windows: this.windows,
      utterances: this.utterances,
      fast: { ...this.roles.fast },
      heavy: { ...this.roles.heavy },
      speculation: { kept: this.kept, thrown: this.thrown },
      retried: this.retried,
      unverified,
      trusted: this.trusted,
      heldBack,
      disagreed,
    };
  }
}

function noCalls(): Counts<RoleStats> {
  return { calls: 0, failed: 0, dropped: 0, computeMs: 0, audioMs: 0 };
}
