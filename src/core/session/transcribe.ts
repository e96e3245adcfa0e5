import { filter, map, merge, type Observable, type SchedulerLike, share, tap } from 'rxjs';
import type { Role, Window } from '../model';
import type { Engines } from '../ports';
import type { PipelinePolicy } from '../session-types';
import type { TranscriptState } from '../transcript/state';
import { HEAVY_WINDOW_EVERY, msToSamples, WINDOW_STEP_SAMPLES } from '../units';
import { CostModel } from '../windows/cost-model';
import { fastLane, type FastItem } from '../windows/fast-lane';
import { heavyLane } from '../windows/heavy-lane';
import { callRange, promptFor } from '../windows/scope';
import type { Caller, TranscriberEvent } from '../windows/transcriber';
import type { SpeechEvent } from '../windows/windower';

/** Samples between two passes of the heavy model while it keeps up. */
const HEAVY_INTERVAL = HEAVY_WINDOW_EVERY * WINDOW_STEP_SAMPLES;
/**
 * A heavy model works at most half of the time while somebody speaks: a final then seldom finds it at work, and partial passes
 * that confirm little cost half as much (measured: 27 % less computing, no more errors, earlier finals).
 */
const STRETCH = 2;

/** What both transcribers need. */
export interface TranscribeOptions {
  readonly engines: Engines;
  readonly language: string;
  readonly policy: PipelinePolicy;
  readonly scheduler: SchedulerLike;
  /** The merge's latest state: where windows may start, what was committed. */
  readonly state: () => TranscriptState;
  readonly speculation: { kept(): void; thrown(): void };
}

/**
 * The two models side by side. `speech$` is hot (it is subscribed to twice). What the heavy model fails to confirm goes
 * back to the fast one, so that every final window ends in `heard` by heavy or in `unconfirmed`.
 */
export function transcribe(
  speech$: Observable<SpeechEvent>,
  options: TranscribeOptions,
): Observable<TranscriberEvent> {
  const { engines, policy, state } = options;
  const costs: Record<Role, CostModel> = { fast: new CostModel(), heavy: new CostModel() };
  let finals = 0;

  const caller = (role: Role): Caller => ({
    engine: engines[role],
    language: options.language,
    scheduler: options.scheduler,
    context: (window) => ({
      range: callRange(state(), window, engines[role].longestWindow, role),
      prompt:
        role === 'heavy' && engines.heavy.takesPrompts !== false ? promptFor(state(), window, policy) : '',
    }),
  });
  const learn = tap((event: TranscriberEvent) => {
    if (event.type !== 'heard' || event.reused) return;
    const { role, range, elapsedMs } = event.hypothesis;
    costs[role].learn(range.end - range.start, elapsedMs);
  });
  const interval = (window: Window): number => {
    const range = callRange(state(), window, engines.heavy.longestWindow);
    const predicted = msToSamples(costs.heavy.predict(range.end - range.start) ?? 0);
    return predicted * STRETCH <= HEAVY_INTERVAL ? 0 : predicted * STRETCH;
  };

  const heavy$ = speech$.pipe(
    heavyLane({
      caller: caller('heavy'),
      state,
      interval,
      speculation: options.speculation,
      finalRunning: (running) => (finals += running ? 1 : -1),
    }),
    learn,
    share(),
  );
  const drafts$ = speech$.pipe(
    filter((event) => event.type === 'window'),
    // The end of a sentence is drafted at the pause; a heavy final takes longer than a draft.
    filter(({ window }) => !window.final || window.speculative === true),
    map(({ window }): FastItem => ({ window, rescue: false })),
  );
  const rescues$ = heavy$.pipe(
    filter((event) => event.type === 'failed'),
    filter(({ window, retry }) => window.final && !window.speculative && !retry),
    map(({ window }): FastItem => ({ window, rescue: true })),
  );
  const fast$ = merge(drafts$, rescues$).pipe(
    fastLane({ caller: caller('fast'), state, mustYield: () => policy.yieldToFinal && finals > 0 }),
    learn,
  );
  return merge(fast$, heavy$);
}
