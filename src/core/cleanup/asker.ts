import { type SchedulerLike, type Subscription, take, throwError, timeout } from 'rxjs';
import { asDictationError, type DictationError } from '../errors';
import { ASKING_CODE, type Cleaner } from './cleaner';
import { refused, timedOut, TIMEOUT_CODE, tooSlow } from './problems';
import { cleanedUp, type Commit } from './whole';

/** How a service is asked. */
export interface AskerOptions {
  readonly cleaner: Cleaner;
  /** Longest wait for an answer, ms; then the text stays as it was heard. */
  readonly timeoutMs: number;
  /** Times the wait. */
  readonly scheduler: SchedulerLike;
}

/** A service that is too slow so often in a row is not asked again in this dictation: every utterance would wait for it. */
const MOST_TIMEOUTS = 2;

/** Asks for clean versions, for as long as the service of one dictation is worth it. */
export class Asker {
  private readonly calls = new Set<Subscription>();
  private timeouts = 0;
  private givenUp = false;

  /** @param problem told what went wrong */
  constructor(
    private readonly options: AskerOptions,
    private readonly problem: (error: DictationError) => void,
  ) {}

  /** True once it is of no use to ask again in this dictation. */
  get hasGivenUp(): boolean {
    return this.givenUp;
  }

  /** Questions come first: none may stay open over a text. What is finished meanwhile leaves as it was heard. */
  prepare(): void {
    const call = this.options.cleaner
      .prepare?.()
      .subscribe({ error: (error: unknown) => this.failed(error) });
    if (call && !call.closed) this.track(call);
  }

  /** @param settle called with the clean version, or, whatever goes wrong, with `whole` as it was heard; perhaps twice: the first counts */
  ask(whole: Commit, settle: (ready: Commit) => void): void {
    const { cleaner, timeoutMs, scheduler } = this.options;
    const call = cleaner
      .clean(whole.text)
      .pipe(take(1), timeout({ first: timeoutMs, with: () => throwError(timedOut), scheduler }))
      .subscribe({
        next: (answer) => settle(this.judge(whole, answer)),
        error: (error: unknown) => {
          this.failed(error);
          settle(whole);
        },
        // An answer without a value.
        complete: () => settle(whole),
      });
    this.track(call);
  }

  dispose(): void {
    for (const call of this.calls) call.unsubscribe();
    this.calls.clear();
  }

  private track(call: Subscription): void {
    this.calls.add(call);
    call.add(() => this.calls.delete(call));
  }

  private judge(whole: Commit, answer: string): Commit {
    this.timeouts = 0;
    const { commit, refusal } = cleanedUp(whole, answer);
    if (refusal) this.problem(refused(refusal));
    return commit;
  }

  private failed(cause: unknown): void {
    const error = asDictationError(cause, 'cleanup', 'cleanup-failed');
    // The question is on the screen.
    if (error.code === ASKING_CODE) return;
    // The same refusal may be told by the question and by a text.
    if (this.givenUp) return;
    if (error.code === TIMEOUT_CODE) this.timeouts++;
    this.givenUp ||= error.code !== TIMEOUT_CODE || this.timeouts >= MOST_TIMEOUTS;
    this.problem(error.code === TIMEOUT_CODE && this.givenUp ? tooSlow() : error);
  }
}
