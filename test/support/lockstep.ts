import { firstValueFrom, Observable } from 'rxjs';
import type { Disposable } from '../../src/core/lifetime';
import type { Frame, Hypothesis, Role, TranscribeRequest } from '../../src/core/model';
import type { AudioSource, Engine, Engines } from '../../src/core/ports';
import { FRAME_SAMPLES, msToSamples, samplesToMs } from '../../src/core/units';
import { FramePlayer } from './frame-player';
import { redirectedPair } from './redirected-engine';

/** What a call takes on the imagined machine, ms, by the seconds of its window. */
export type CallCost = (role: Role, seconds: number) => number;

/**
 * About what tiny.en and small.en (q8_0) take per call on one core each of a two-core machine with AVX-512 in a fast hour: 130 ms and
 * 0.8 s for 5 s of audio. Shared machines have slower hours: the section `engine` of the benchmarks has given 1.4 to 3 times that.
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
  private readonly player: FramePlayer;
  private position = 0;
  private pending: Pending[] = [];
  /** All frames were played: what a model that loads late is asked then is told as it comes. */
  private ended = false;

  constructor(
    inner: Engines,
    private readonly cost: CallCost = TWO_CORES,
  ) {
    this.engines = redirectedPair(inner, (engine) => (request) => this.delayed(engine, request));
    this.player = new FramePlayer(inner.fast, {
      before: ({ start }) => this.advanceTo(start + FRAME_SAMPLES),
      // What is under way is answered when it would be; the session ends when nothing is.
      after: () => {
        this.ended = true;
        return this.tellUntil(Infinity);
      },
    });
  }

  /** The imagined time, ms. */
  now(): number {
    return samplesToMs(this.position);
  }

  /** A source of `frames`, played in lockstep. Single-use. */
  source(name: string, frames: Iterable<Frame>): AudioSource {
    return this.player.source(name, frames);
  }

  dispose(): void {
    this.player.dispose();
  }

  private async advanceTo(position: number): Promise<void> {
    await this.tellUntil(position);
    this.position = position;
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
      // Somebody else may have waited for it, too.
      if (!this.pending.includes(next)) continue;
      this.pending = this.pending.filter((other) => other !== next);
      this.position = Math.max(this.position, next.due);
      tell();
    }
  }

  private delayed(inner: Engine, request: TranscribeRequest): Observable<Hypothesis> {
    return new Observable((subscriber) => {
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
      if (this.ended) void this.tellUntil(Infinity);
    });
  }
}
