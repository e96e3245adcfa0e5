import { merge, mergeMap, type Observable } from 'rxjs';
import type { Role } from '../model';
import type { Engines, EngineState } from '../ports';
import type { SessionEvent } from '../session-types';
import { distinctEngines } from './engines';

/**
 * Restarts and failures of the engines, as they happen; not fatal by themselves. Completes when both engines do.
 * @param changed takes in an engine's new state and returns what else is to be told because of it
 */
export function engineProblems(
  engines: Engines,
  changed: (roles: readonly Role[], state: EngineState) => readonly SessionEvent[],
): Observable<SessionEvent> {
  return merge(
    ...distinctEngines(engines).map(({ engine, roles }) =>
      engine.state$.pipe(
        mergeMap((state): readonly SessionEvent[] => {
          const others = changed(roles, state);
          const failed = state.phase === 'restarting' || state.phase === 'failed';
          return failed ? [{ type: 'problem', error: state.error }, ...others] : others;
        }),
      ),
    ),
  );
}
