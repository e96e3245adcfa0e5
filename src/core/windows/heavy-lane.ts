import { defer, finalize, mergeMap, type Observable, of, type OperatorFunction, tap } from 'rxjs';
import type { DropReason, Hypothesis, Window } from '../model';
import type { TranscriptState } from '../transcript/state';
import { latestWins } from './lane';
import { hasEnded, isDecided, isHeardOut } from './scope';
import { type Caller, callOnce, callTwice, free, hasVoice, type TranscriberEvent } from './transcriber';
import type { SpeechEvent } from './windower';

/** What the heavy lane asks of its surroundings. */
export interface HeavyLaneOptions {
  readonly caller: Caller;
  readonly state: () => TranscriptState;
  /** Samples of new audio that a pass over this window should wait for, given what passes cost; 0 if it keeps up. */
  readonly interval: (window: Window) => number;
  /** True while it is behind: then it does nothing but final passes. */
  readonly finalsOnly: () => boolean;
  readonly speculation: { kept(): void; thrown(): void };
  /**
   * Told when a final pass (speculative or not) starts, each try by itself, and when it is over or there will be none; absent where
   * nobody makes room for it.
   */
  readonly finals?: { started(window: Window): void; over(window: Window): void };
}

/** A final pass that was started at a pause. */
interface Speculation {
  readonly utteranceId: number;
  readonly voiced: number;
  hypothesis?: Hypothesis;
}

/**
 * Confirmation: partial passes while somebody speaks (latest wins, none once silence has begun), a speculative final at
 * every pause, and a final for every utterance, which is never dropped and is tried twice.
 */
export function heavyLane(options: HeavyLaneOptions): OperatorFunction<SpeechEvent, TranscriberEvent> {
  const { caller, state } = options;
  return (speech$) => {
    let pausedIn: number | undefined;
    let lastEnd: { readonly utteranceId: number; readonly end: number } | undefined;
    let speculation: Speculation | undefined;

    const throwAway = () => {
      if (speculation) options.speculation.thrown();
      speculation = undefined;
    };

    const observe = (event: SpeechEvent) => {
      if (event.type === 'utterance-pause') pausedIn = event.utteranceId;
      if (event.type === 'utterance-end') pausedIn = undefined;
      if (event.type === 'utterance-resume') {
        pausedIn = undefined;
        // No rest: the next pass agrees with what was heard at the pause, and windows may begin there from then on.
        lastEnd = undefined;
        if (speculation?.utteranceId === event.utteranceId) throwAway();
      }
    };

    const refuse = (window: Window): DropReason | undefined => {
      if (window.final && !window.speculative) return undefined;
      if (isDecided(state(), window)) return 'decided';
      if (!hasVoice(window)) return 'little-voice';
      if (options.finalsOnly()) return 'behind';
      if (window.speculative) return pausedIn === window.utteranceId ? undefined : 'resumed';
      // Its turn may come late: the final pass must not queue up behind it.
      if (pausedIn === window.utteranceId || hasEnded(state(), window)) return 'pause';
      const since = lastEnd?.utteranceId === window.utteranceId ? window.end - lastEnd.end : Infinity;
      return since < options.interval(window) ? 'stretched' : undefined;
    };

    /** The caller of a final pass: nobody makes room while its model starts again, and the second try has what room there is by then. */
    const told = (window: Window): Caller => ({
      ...caller,
      turn: {
        open$: caller.turn.open$,
        hold: (work$) =>
          caller.turn.hold(
            defer(() => {
              options.finals?.started(window);
              return work$;
            }).pipe(finalize(() => options.finals?.over(window))),
          ),
      },
    });

    const final = (window: Window): Observable<TranscriberEvent> => {
      if (!hasVoice(window)) return of({ type: 'unconfirmed', window });
      const guessed = speculation;
      if (
        guessed?.utteranceId === window.utteranceId &&
        guessed.voiced === window.voiced &&
        guessed.hypothesis
      ) {
        speculation = undefined;
        options.speculation.kept();
        return of({
          type: 'heard',
          window,
          hypothesis: { ...guessed.hypothesis, windowId: window.id },
          reused: true,
        });
      }
      // That of the next utterance, if this pass had to wait for a draft, is still good.
      if (guessed && guessed.utteranceId <= window.utteranceId) throwAway();
      return isHeardOut(state(), window)
        ? of({ type: 'unconfirmed', window })
        : callTwice(told(window), window);
    };

    const speculative = (window: Window): Observable<TranscriberEvent> => {
      const started: Speculation = { utteranceId: window.utteranceId, voiced: window.voiced };
      speculation = started;
      return callOnce(told(window), window).pipe(
        tap((event) => {
          if (event.type === 'heard') started.hypothesis = event.hypothesis;
        }),
      );
    };

    const project = (window: Window): Observable<TranscriberEvent> => {
      lastEnd = window;
      if (!window.final) return callOnce(caller, window);
      return (window.speculative ? speculative(window) : final(window)).pipe(
        finalize(() => options.finals?.over(window)),
      );
    };

    return speech$.pipe(
      tap(observe),
      mergeMap((event) => (event.type === 'window' && event.window.heavy ? [event.window] : [])),
      latestWins<Window, TranscriberEvent>({
        project,
        refuse,
        dropped: (window, reason) => ({ type: 'dropped', role: 'heavy', window, reason }),
        isUrgent: (window) => window.final && !window.speculative,
        supersedes: (newer, window) => newer.utteranceId === window.utteranceId,
        open$: free(caller),
      }),
    );
  };
}
