import { setTimeout as sleep } from 'node:timers/promises';
import { defer, finalize, lastValueFrom, Observable, Subscription, tap } from 'rxjs';
import { DEFAULT_LISTENING } from '../../src/core/audio/defaults';
import { Framer } from '../../src/core/audio/framer';
import { asDictationError, type DictationError } from '../../src/core/errors';
import type { Frame, Role, TranscribeRequest } from '../../src/core/model';
import type { Engine, EngineState, Engines, ListeningEngine } from '../../src/core/ports';
import { createSession } from '../../src/core/session';
import type { PipelinePolicy, SessionEvent } from '../../src/core/session-types';
import { FRAME_SAMPLES, samplesToMs } from '../../src/core/units';
import { type Dictation, dictationOf, type Pair } from './pipeline';

const FRAME_MS = samplesToMs(FRAME_SAMPLES);

/** What a test may do to a dictation while it goes on. */
export interface Interference {
  readonly policy?: Partial<PipelinePolicy>;
  /** Before a frame is played; `index` counts from 0. */
  readonly beforeFrame?: (index: number, pair: Pair) => void;
  /** A call has just been handed to its engine and is not answered. `number` counts the calls of this engine from 1. */
  readonly duringCall?: (request: TranscribeRequest, number: number, pair: Pair) => void;
  readonly onState?: (role: Role, state: EngineState, pair: Pair) => void;
  readonly onEvent?: (event: SessionEvent, pair: Pair) => void;
}

/** A dictation and how it ended. */
export interface Conducted extends Dictation {
  /** What ended the session early. */
  readonly error: DictationError | undefined;
}

/**
 * Dictates `samples` while a test interferes. As long as both engines work, the next frame is played when the detector has judged the last
 * one and all calls are answered, so that the same calls are made on any machine; while one of them does not, audio goes on at the pace
 * of speech.
 */
export async function conduct(pair: Pair, samples: Float32Array, act: Interference = {}): Promise<Conducted> {
  const conductor = new Conductor(pair, act);
  const session = createSession({
    source: { name: 'samples', frames$: conductor.frames(new Framer().push(samples)) },
    engines: conductor.engines,
    language: 'en',
    listening: DEFAULT_LISTENING,
    ...(act.policy && { policy: act.policy }),
  });
  const events: SessionEvent[] = [];
  let error: DictationError | undefined;
  const told$ = session.events$.pipe(
    tap((event) => {
      events.push(event);
      act.onEvent?.(event, pair);
    }),
  );
  try {
    await lastValueFrom(told$, { defaultValue: undefined });
  } catch (cause) {
    error = asDictationError(cause, 'engine', 'no-dictation-error');
  } finally {
    conductor.dispose();
  }
  return { ...dictationOf(events, session.stats()), error };
}

class Conductor {
  readonly engines: Engines;
  private readonly subscriptions = new Subscription();
  private wake: (() => void) | undefined;
  private readonly working: Record<Role, boolean> = { fast: false, heavy: false };
  private calls = 0;
  private judged = -1;

  constructor(
    private readonly pair: Pair,
    private readonly act: Interference,
  ) {
    this.engines = { fast: this.watched(pair.fast), heavy: this.watched(pair.heavy) };
    this.subscriptions.add(
      pair.fast.voice$.subscribe(({ start }) => {
        this.judged = start;
        // The session hears of it in the same turn, after this.
        setImmediate(() => this.wake?.());
      }),
    );
    for (const role of ['fast', 'heavy'] as const) {
      this.subscriptions.add(
        pair[role].state$.subscribe((state) => {
          this.working[role] = state.phase === 'ready';
          act.onState?.(role, state, pair);
        }),
      );
    }
  }

  frames(frames: readonly Frame[]): Observable<Frame> {
    return new Observable((subscriber) => {
      const play = async () => {
        for (const [index, frame] of frames.entries()) {
          this.act.beforeFrame?.(index, this.pair);
          if (subscriber.closed) return;
          subscriber.next(frame);
          await this.settled(frame.start);
        }
        subscriber.complete();
      };
      play().catch((error: unknown) => subscriber.error(error));
    });
  }

  dispose(): void {
    this.subscriptions.unsubscribe();
  }

  private async settled(start: number): Promise<void> {
    const due = performance.now() + FRAME_MS;
    while (this.judged < start || this.calls > 0) {
      const left = due - performance.now();
      if (left <= 0 && !(this.working.fast && this.working.heavy)) return;
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      await Promise.race([woken, sleep(Math.max(1, left))]);
    }
  }

  private watched(inner: ListeningEngine): ListeningEngine;
  private watched(inner: Engine): Engine;
  private watched(inner: Engine & Partial<ListeningEngine>): Engine & Partial<ListeningEngine> {
    let number = 0;
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
      transcribe: (request) =>
        defer(() => {
          this.calls += 1;
          number += 1;
          const answer$ = inner.transcribe(request).pipe(
            finalize(() => {
              this.calls -= 1;
              setImmediate(() => this.wake?.());
            }),
          );
          // After the call was sent: this turn goes on with the subscription.
          queueMicrotask(() => this.act.duringCall?.(request, number, this.pair));
          return answer$;
        }),
    };
  }
}
