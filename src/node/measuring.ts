import {
  defer,
  finalize,
  fromEvent,
  merge,
  NEVER,
  type Observable,
  Subject,
  takeUntil,
  throwError,
  throwIfEmpty,
} from 'rxjs';
import { DictationError } from '../core/errors';

/**
 * Keeps dictating and measuring apart: both start the sample clocks of the same engines anew. Who dictates never waits; a
 * measurement ends at once, and a new one takes the place of the one before.
 */
export class Measuring {
  private readonly ended = new Subject<void>();
  private sessions = 0;

  /** Ends the measurement that is under way, if there is one: somebody is about to dictate. */
  end(): void {
    this.ended.next();
  }

  /** What a session tells; nothing is measured until it is over. */
  during<T>(events$: Observable<T>): Observable<T> {
    return defer(() => {
      this.sessions += 1;
      this.end();
      return events$.pipe(finalize(() => void (this.sessions -= 1)));
    });
  }

  /**
   * A measurement, which uses the engines only while it is subscribed to.
   * @param signal ends it, too
   * @throws DictationError `measuring-ended` (area `engine`) if a dictation goes on, or when it is ended
   */
  alone<T>(measured$: Observable<T>, signal?: AbortSignal): Observable<T> {
    return defer(() => {
      if (this.sessions > 0 || signal?.aborted) return throwError(measuringEnded);
      this.end();
      const aborted$ = signal ? fromEvent(signal, 'abort') : NEVER;
      return measured$.pipe(takeUntil(merge(this.ended, aborted$)), throwIfEmpty(measuringEnded));
    });
  }
}

function measuringEnded(): DictationError {
  return new DictationError(
    'engine',
    'measuring-ended',
    'The models were not measured: a dictation began.',
    'Check again after it.',
  );
}
