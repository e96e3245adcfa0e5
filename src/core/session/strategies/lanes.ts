import { type MonoTypeOperatorFunction, tap } from 'rxjs';
import type { Role, Window } from '../../model';
import { HEAVY_WINDOW_EVERY, msToSamples, WINDOW_STEP_SAMPLES } from '../../units';
import { callRange, promptFor } from '../../windows/scope';
import type { Caller, TranscriberEvent } from '../../windows/transcriber';
import type { Turn } from '../../windows/turns';
import type { FinalRoom } from './final-room';
import type { StrategyContext } from './strategy';

/** Samples between two passes of the heavy model while it keeps up. */
const HEAVY_INTERVAL = HEAVY_WINDOW_EVERY * WINDOW_STEP_SAMPLES;
/**
 * A heavy model works at most half of the time while somebody speaks: a final then seldom finds it at work, and partial passes
 * that confirm little cost half as much (measured: 27 % less computing, no more errors, earlier finals).
 */
const STRETCH = 2;

/** How a strategy calls the model of `role`. */
export function callerOf(
  role: Role,
  context: StrategyContext,
  turn: Turn,
  room?: Pick<FinalRoom, 'isGiven'>,
): Caller {
  const { engines, state, policy, language, scheduler } = context;
  const engine = engines[role];
  const prompted = role === 'heavy' && engine.takesPrompts !== false;
  return {
    engine,
    turn,
    language,
    scheduler,
    context: (window) => ({
      range: callRange(state(), window, engine.longestWindow, role),
      prompt: prompted ? promptFor(state(), window, policy) : '',
      allCores: room?.isGiven(window) ?? false,
    }),
  };
}

/** Learns what calls cost from those that are answered: with its share of the cores, and what all of them gain. */
export function learning(
  { costs }: StrategyContext,
  room?: Pick<FinalRoom, 'isGiven' | 'learn'>,
): MonoTypeOperatorFunction<TranscriberEvent> {
  return tap((event) => {
    if (event.type !== 'heard' || event.reused) return;
    const { role, range, elapsedMs } = event.hypothesis;
    const samples = range.end - range.start;
    if (role === 'heavy' && room?.isGiven(event.window)) room.learn(samples, elapsedMs);
    else costs[role].learn(samples, elapsedMs);
  });
}

/** Samples of new audio that a partial pass of the heavy model should wait for, given what it will cost; 0 if it keeps up. */
export function heavyInterval({ engines, state, costs }: StrategyContext): (window: Window) => number {
  return (window) => {
    const range = callRange(state(), window, engines.heavy.longestWindow);
    const samples = range.end - range.start;
    const predicted = msToSamples(costs.heavy.predict(samples) ?? 0);
    return predicted * STRETCH <= HEAVY_INTERVAL ? 0 : predicted * STRETCH;
  };
}

/** True for the end of an utterance that the heavy model will not confirm any more. */
export function isLost(event: TranscriberEvent): boolean {
  return event.type === 'failed' && event.window.final && !event.window.speculative && !event.retry;
}
