import { firstValueFrom, type Observable, Observable as Rx, type Subscription } from 'rxjs';
import type { Disposable } from '../../src/core/lifetime';
import type { Frame, Hypothesis, Role, TranscribeRequest } from '../../src/core/model';
import type { AudioSource, Engine, Engines, ListeningEngine } from '../../src/core/ports';
import { FRAME_SAMPLES, msToSamples, samplesToMs } from '../../src/core/units';

/** What a call takes on the imagined machine, ms, by the seconds of its window. */
export type CallCost = (role: Role, seconds: number) => number;

/**
 * About what tiny.en and small.en (q8_0) take per call on one core each of a two-core machine with AVX-512, as the
 * section `engine` measures: 130 ms and 0.8 s for 5 s of audio.
 */
export const TWO_CORES: CallCost = (role, seconds) =>
  role === 'fast' ? 50 + 16 * seconds : 100 + 140 * seconds;

interface Pending {
  readonly due: number;
  readonly settled: Promise<() => void>;
}

/**
 * Runs a session in the time of the audio, however fast or loaded this machine is: the next frame is played once the
 * detector has judged the last one and every answer that would be there by then was told; an answer is told when the
 * imagined machine would have it. The same models and the same audio give the same events, call by call.
 */
export class Lockstep implements Disposable {
  readonly engines: Engines;
  private position = 0;
  private pending: Pending[] = [];
  private judged = -1;
  private wake: (() => void) | undefined;
  private readonly voice: Subscription;

  constructor(
    inner: Engines,
    private readonly cost: CallCost = TWO_CORES,
  ) {
    const fast = this.wrapped(inner.fast);
    this.engines = { fast, heavy: inner.heavy === inner.fast ? fast : this.wrapped(inner.heavy) };
    // Subscribed before the session is, so that the frame counts as judged only in the turn after the session heard of it.
    this.voice = inner.fast.voice$.subscribe(({ start }) => {
      this.judged = start;
      this.wake?.();
    });
  }

  /** The imagined time, ms. */
  now(): number {
    return samplesToMs(this.position);
  }

  /** A source of `frames`, played in lockstep. Single-use. */
  source(name: string, frames: Iterable<Frame>): AudioSource {
    return {
      name,
      frames$: new Rx<Frame>((subscriber) => {
        this.play(frames, subscriber).then(
          () => undefined,
          (error: unknown) => subscriber.error(error),
        );
      }),
    };
  }

  dispose(): void {
    this.voice.unsubscribe();
  }

  private async play(
    frames: Iterable<Frame>,
    subscriber: { next(frame: Frame): void; complete(): void; readonly closed: boolean },
  ): Promise<void> {
    for (const frame of frames) {
      const end = frame.start + FRAME_SAMPLES;
      await this.tellUntil(end);
      if (subscriber.closed) return;
      this.position = end;
      subscriber.next(frame);
      await this.isJudged(frame.start);
    }
    subscriber.complete();
    // What is under way is answered when it would be; the session ends when nothing is.
    await this.tellUntil(Infinity);
  }

  private async isJudged(start: number): Promise<void> {
    while (this.judged < start) await new Promise<void>((resolve) => (this.wake = resolve));
  }

  /** Tells every answer that is due by `position`, in order; answers may lead to further calls. */
  private async tellUntil(position: number): Promise<void> {
    for (;;) {
      const next = this.pending.reduce<Pending | undefined>(
        (first, other) => (first && first.due <= other.due ? first : other),
        undefined,
      );
      if (!next || next.due > position) return;
      const tell = await next.settled;
      this.pending = this.pending.filter((other) => other !== next);
      this.position = Math.max(this.position, next.due);
      tell();
    }
  }

  private wrapped(inner: ListeningEngine): ListeningEngine;
  private wrapped(inner: Engine): Engine;
  private wrapped(inner: Engine & Partial<ListeningEngine>): Engine & Partial<ListeningEngine> {
    return {
      role: inner.role,
      longestWindow: inner.longestWindow,
      takesPrompts: inner.takesPrompts ?? true,
      state$: inner.state$,
      ...(inner.voice$ && { voice$: inner.voice$ }),
      start: () => inner.start(),
      reset: () => inner.reset(),
      push: (frame) => inner.push(frame),
      usage: () => inner.usage(),
      dispose: () => inner.dispose(),
      transcribe: (request) => this.delayed(inner, request),
    };
  }

  private delayed(inner: Engine, request: TranscribeRequest): Observable<Hypothesis> {
    return new Rx((subscriber) => {
      const seconds = samplesToMs(request.range.end - request.range.start) / 1_000;
      const elapsedMs = this.cost(request.role, seconds);
      const settled = firstValueFrom(inner.transcribe(request)).then(
        (hypothesis) => () => {
          subscriber.next({ ...hypothesis, elapsedMs });
          subscriber.complete();
        },
        (error: unknown) => () => subscriber.error(error),
      );
      this.pending.push({ due: this.position + msToSamples(elapsedMs), settled });
    });
  }
}
