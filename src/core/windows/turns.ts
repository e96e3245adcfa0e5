import {
  BehaviorSubject,
  catchError,
  concat,
  defer,
  EMPTY,
  first,
  type Observable,
  of,
  switchMap,
} from 'rxjs';
import type { Role } from '../model';

/** When a model may work. */
export interface Turn {
  /** True while it may begin; replays the current value. */
  readonly open$: Observable<boolean>;
  /** Runs `work$` once the turn has come, and keeps it until `work$` has ended. */
  hold<T>(work$: Observable<T>): Observable<T>;
}

/** The turn of a model that waits for nobody. */
export const ALWAYS: Turn = { open$: of(true), hold: (work$) => work$ };

const OTHER: Readonly<Record<Role, Role>> = { fast: 'heavy', heavy: 'fast' };

/** Lets one of two models work at a time; whoever has worked lets the other go first, so that neither starves. */
export class Turns {
  private readonly open: Readonly<Record<Role, BehaviorSubject<boolean>>> = {
    fast: new BehaviorSubject(true),
    heavy: new BehaviorSubject(true),
  };

  of(role: Role): Turn {
    const mine = this.open[role];
    const others = this.open[OTHER[role]];
    const release = () => others.next(true);
    return {
      open$: mine.asObservable(),
      hold: (work$) =>
        mine.pipe(
          first((open) => open),
          switchMap(() => {
            others.next(false);
            // Before the end is told: else the same model would take its next piece of work at once.
            return concat(
              work$,
              defer(() => {
                release();
                return EMPTY;
              }),
            ).pipe(
              catchError((error: unknown) => {
                release();
                throw error;
              }),
            );
          }),
        ),
    };
  }
}
