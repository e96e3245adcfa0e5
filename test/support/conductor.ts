import { defer, finalize, lastValueFrom, Subscription, tap } from 'rxjs';
import { DEFAULT_LISTENING } from '../../src/core/audio/defaults';
import { Framer } from '../../src/core/audio/framer';
import { asDictationError, type DictationError } from '../../src/core/errors';
import type { Disposable } from '../../src/core/lifetime';
import type { Frame, Role, TranscribeRequest } from '../../src/core/model';
import type { AudioSource, Engine, EngineState, Engines } from '../../src/core/ports';
import { createSession } from '../../src/core/session';
import { distinctEngines } from '../../src/core/session/engines';
import type { StrategyName } from '../../src/core/session/strategies/names';
import type { PipelinePolicy, SessionEvent } from '../../src/core/session-types';
import { FramePlayer } from './frame-player';
import { type Dictation, dictationOf, type Pair } from './pipeline';
import { redirectedPair } from './redirected-engine';

/** What a test may do to a dictation while it goes on. */
export interface Interference {
  /** How the models are combined; default `tandem`. `single` wants one engine in both roles. */
  readonly strategy?: StrategyName;
  readonly policy?: Partial<PipelinePolicy>;
  /** Before a frame is played; `index` counts from 0. */
  readonly beforeFrame?: (index: number, pair: Pair) => void;
  /** A call has just been handed to its engine and is not answered. `number` counts the calls of this engine from 1. */
  readonly duringCall?: (request: TranscribeRequest, number: number, pair: Pair) => void;
  /** With one engine in both roles told once. */
  readonly onState?: (role: Role, state: EngineState, pair: Pair) => void;
  readonly onEvent?: (event: SessionEvent, pair: Pair) => void;
}

/** A dictation and how it ended. */
export interface Conducted extends Dictation {
  /** What ended the session early. */
  readonly error: DictationError | undefined;
  /** How many calls were under way at once, at most. */
  readonly mostCalls: number;
  /** What the engines were asked, in order. */
  readonly asked: readonly TranscribeRequest[];
}

/**
 * Dictates `samples` while a test interferes. As long as both engines work, the next frame is played when the detector has judged the last
 * one and all calls are answered, so that the same calls are made on any machine; while one of them does not, audio goes on at the pace
 * of speech.
 */
export async function conduct(pair: Pair, samples: Float32Array, act: Interference = {}): Promise<Conducted> {
  const conductor = new Conductor(pair, act);
  const session = createSession({
    source: conductor.source(new Framer().push(samples)),
    engines: conductor.engines,
    language: 'en',
    listening: DEFAULT_LISTENING,
    ...(act.strategy && { strategy: act.strategy }),
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
  const { mostCalls, asked } = conductor;
  return { ...dictationOf(events, session.stats()), error, mostCalls, asked };
}

/** Counts calls and watches whether the engines work, so that frames are played in step with them. */
class Conductor implements Disposable {
  readonly engines: Engines;
  readonly asked: TranscribeRequest[] = [];
  mostCalls = 0;
  private readonly player: FramePlayer;
  private readonly subscriptions = new Subscription();
  private readonly working: Record<Role, boolean> = { fast: false, heavy: false };
  private calls = 0;

  constructor(
    private readonly pair: Pair,
    private readonly act: Interference,
  ) {
    this.engines = redirectedPair(pair, (engine) => this.watched(engine));
    this.player = new FramePlayer(pair.fast, {
      before: (_frame, index) => act.beforeFrame?.(index, pair),
      isBusy: () => this.calls > 0,
      isHampered: () => !(this.working.fast && this.working.heavy),
    });
    for (const { roles } of distinctEngines(pair)) {
      const [role] = roles;
      if (!role) continue;
      this.subscriptions.add(
        pair[role].state$.subscribe((state) => {
          for (const played of roles) this.working[played] = state.phase === 'ready';
          act.onState?.(role, state, pair);
        }),
      );
    }
  }

  source(frames: readonly Frame[]): AudioSource {
    return this.player.source('samples', frames);
  }

  dispose(): void {
    this.subscriptions.unsubscribe();
    this.player.dispose();
  }

  private watched(inner: Engine): Engine['transcribe'] {
    let number = 0;
    return (request) =>
      defer(() => {
        this.calls += 1;
        this.asked.push(request);
        this.mostCalls = Math.max(this.mostCalls, this.calls);
        number += 1;
        const answer$ = inner.transcribe(request).pipe(
          finalize(() => {
            this.calls -= 1;
            this.player.changed();
          }),
        );
        // After the call was sent: this turn goes on with the subscription.
        queueMicrotask(() => this.act.duringCall?.(request, number, this.pair));
        return answer$;
      });
  }
}
