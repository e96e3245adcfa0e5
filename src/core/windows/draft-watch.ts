import { defer, finalize, type Observable, type SchedulerLike, Subject, tap } from 'rxjs';
import type { Turn } from './turns';

/**
 * A draft that takes longer is late, ms: that of a model that hangs, which may be waited for until its deadline, or of a machine on which
 * waiting for it gains nothing any more.
 */
const LATE_MS = 2_000;

/** Watches the fast model at work, for the passes of the heavy one that wait for it. It does one piece of work at a time. */
export class DraftWatch {
  private isBusy = false;
  private isLate = false;
  private readonly lateness$ = new Subject<void>();

  constructor(private readonly scheduler: SchedulerLike) {}

  /** True while a draft, or the last chance of an utterance, is being made. */
  get busy(): boolean {
    return this.isBusy;
  }

  /** True while the one that is being made is late: nothing should wait for it. */
  get late(): boolean {
    return this.isLate;
  }

  /** Emits when a draft has become late. */
  get late$(): Observable<void> {
    return this.lateness$;
  }

  /** The fast model's turn, watched. */
  watched(turn: Turn): Turn {
    return {
      open$: turn.open$,
      hold: (work$) =>
        turn.hold(
          defer(() => {
            const over = this.begin();
            // With the answer, not behind it: the pass that waits for this draft begins at once.
            return work$.pipe(tap(over), finalize(over));
          }),
        ),
    };
  }

  /** @returns what to call when it is over; further calls do nothing */
  private begin(): () => void {
    this.isBusy = true;
    const timer = this.scheduler.schedule(() => {
      this.isLate = true;
      this.lateness$.next();
    }, LATE_MS);
    let over = false;
    return () => {
      // The end comes after the answer, when the next one may have begun.
      if (over) return;
      over = true;
      timer.unsubscribe();
      this.isBusy = false;
      this.isLate = false;
    };
  }
}
