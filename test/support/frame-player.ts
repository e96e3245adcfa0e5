import { setTimeout as sleep } from 'node:timers/promises';
import { Observable, type Subscription } from 'rxjs';
import type { Disposable } from '../../src/core/lifetime';
import type { Frame } from '../../src/core/model';
import type { AudioSource, ListeningEngine } from '../../src/core/ports';
import { FRAME_SAMPLES, samplesToMs } from '../../src/core/units';

const FRAME_MS = samplesToMs(FRAME_SAMPLES);

/** What is done and waited for from frame to frame; each is optional. */
export interface Steps {
  /** Before a frame is played; `index` counts from 0. */
  readonly before?: (frame: Frame, index: number) => Promise<void> | void;
  /** The next frame waits while this is true; {@link FramePlayer.changed} lets it be asked again. */
  readonly isBusy?: () => boolean;
  /** While this is true nobody may be there to be waited for: audio then goes on at the pace of speech. */
  readonly isHampered?: () => boolean;
  /** Once the last frame was played and the source has completed. */
  readonly after?: () => Promise<void>;
}

/**
 * Plays frames in step with a session: the next one when the detector has judged the last one, and whatever else `steps` waits
 * for, has happened. So the same audio leads to the same calls however fast or loaded a machine is.
 */
export class FramePlayer implements Disposable {
  private judged = -1;
  private wake: (() => void) | undefined;
  private readonly voice: Subscription;

  constructor(
    detector: Pick<ListeningEngine, 'voice$'>,
    private readonly steps: Steps,
  ) {
    this.voice = detector.voice$.subscribe(({ start }) => {
      this.judged = start;
      this.changed();
    });
  }

  /** A source of `frames`, played in step. Single-use. */
  source(name: string, frames: Iterable<Frame>): AudioSource {
    return {
      name,
      frames$: new Observable<Frame>((subscriber) => {
        this.play(frames, subscriber).catch((error: unknown) => subscriber.error(error));
      }),
    };
  }

  /** Something that is waited for has happened. */
  changed(): void {
    // Not in this turn: whoever else hears of it (the session does, after this) goes first.
    setImmediate(() => this.wake?.());
  }

  dispose(): void {
    this.voice.unsubscribe();
  }

  private async play(
    frames: Iterable<Frame>,
    subscriber: { next(frame: Frame): void; complete(): void; readonly closed: boolean },
  ): Promise<void> {
    let index = 0;
    for (const frame of frames) {
      await this.steps.before?.(frame, index++);
      if (subscriber.closed) return;
      subscriber.next(frame);
      await this.settled(frame.start);
    }
    subscriber.complete();
    await this.steps.after?.();
  }

  private async settled(start: number): Promise<void> {
    const { isBusy, isHampered } = this.steps;
    const due = performance.now() + FRAME_MS;
    while (this.judged < start || isBusy?.()) {
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      if (!isHampered) {
        await woken;
        continue;
      }
      const left = due - performance.now();
      if (left <= 0 && isHampered()) return;
      await Promise.race([woken, sleep(Math.max(1, left))]);
    }
  }
}
