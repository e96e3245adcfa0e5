import { Observable, type SchedulerLike, type Subscription, take, throwError, timeout } from 'rxjs';
import { asDictationError } from '../errors';
import type { SessionEvent, SessionStatus } from '../session-types';
import { NOTHING_PENDING, pendingAfter, type Pending } from '../text/pending';
import { joinTexts } from '../text/spacing';
import { ASKING_CODE, type Cleaner } from './cleaner';
import { refused, timedOut, TIMEOUT_CODE, tooSlow } from './problems';
import { cleanedUp, type Commit, joined } from './whole';

/** How utterances are cleaned up. */
export interface CleanUpOptions {
  readonly cleaner: Cleaner;
  /** Longest wait for an answer, ms; then the text stays as it was heard. */
  readonly timeoutMs: number;
  /** Whether a whole utterance is worth it; asked when it is confirmed. What is not leaves in its turn, as it was heard. */
  readonly wanted: (text: string) => boolean;
  /** Times the wait. */
  readonly scheduler: SchedulerLike;
}

/** A service that is too slow so often in a row is not asked again in this dictation: every utterance would wait for it. */
const MOST_TIMEOUTS = 2;

/**
 * Lets each finished utterance be tidied up before it leaves the pipeline. What is confirmed is held back as a draft until
 * the utterance is whole and its clean version has come, and leaves as one piece, in the order of the utterances. Whatever goes
 * wrong, it leaves as it was heard.
 */
export function cleanUtterances(
  options: CleanUpOptions,
): (events$: Observable<SessionEvent>) => Observable<SessionEvent> {
  return (events$) =>
    new Observable((out) => {
      const stage = new Stage(options, (event) => out.next(event));
      stage.prepare();
      const subscription = events$.subscribe({
        next: (event) => stage.take(event),
        error: (error: unknown) => stage.end(() => out.error(error)),
        complete: () => stage.end(() => out.complete()),
      });
      return () => {
        subscription.unsubscribe();
        stage.dispose();
      };
    });
}

/** An utterance whose last word is confirmed. */
interface Finished {
  readonly whole: Commit;
  ready: Commit | undefined;
}

class Stage {
  /** Confirmed pieces of utterances that are not whole yet. */
  private readonly held = new Map<number, readonly Commit[]>();
  private readonly finished: Finished[] = [];
  private readonly calls = new Set<Subscription>();
  /** What the pipeline itself shows behind the pieces. */
  private pending: Pending = NOTHING_PENDING;
  private status: SessionStatus | undefined;
  private toldCleaning = false;
  private timeouts = 0;
  private givenUp = false;
  private whenDone: (() => void) | undefined;

  constructor(
    private readonly options: CleanUpOptions,
    private readonly tell: (event: SessionEvent) => void,
  ) {}

  /** Questions come first: none may stay open over a text. What is finished meanwhile leaves as it was heard. */
  prepare(): void {
    const call = this.options.cleaner
      .prepare?.()
      .subscribe({ error: (error: unknown) => this.failed(error) });
    if (call && !call.closed) this.track(call);
  }

  take(event: SessionEvent): void {
    if (event.type === 'draft' || event.type === 'commit') this.pending = pendingAfter(this.pending, event);
    if (event.type === 'commit') this.hold(event);
    else if (event.type === 'draft')
      this.tell({ ...event, text: joinTexts([this.heldText(event.utteranceId), event.text]) });
    else if (event.type === 'status') this.tellStatus(event.status);
    else this.tell(event);
  }

  /** The pipeline has ended: what is held leaves first. */
  end(done: () => void): void {
    this.whenDone = done;
    // The pipeline ends every utterance; should one be open all the same, its words are not lost.
    for (const pieces of [...this.held.values()]) {
      const last = pieces.at(-1);
      const known = this.finished.some(({ whole }) => whole.utteranceId === last?.utteranceId);
      if (last && !known) this.finish(last.utteranceId);
    }
    this.flush();
  }

  dispose(): void {
    for (const call of this.calls) call.unsubscribe();
    this.calls.clear();
  }

  private heldText(utteranceId: number): string {
    return joinTexts((this.held.get(utteranceId) ?? []).map(({ text }) => text));
  }

  private hold(piece: Commit): void {
    const { utteranceId, windowId, timestamp } = piece;
    this.held.set(utteranceId, [...(this.held.get(utteranceId) ?? []), piece]);
    if (piece.final) return this.finish(utteranceId);
    const rest = this.pending.find((entry) => entry.utteranceId === utteranceId)?.draft ?? '';
    const text = joinTexts([this.heldText(utteranceId), rest]);
    this.tell({ type: 'draft', utteranceId, windowId, text, timestamp });
  }

  private finish(utteranceId: number): void {
    const whole = joined(this.held.get(utteranceId) ?? []);
    if (!whole) return;
    const entry: Finished = { whole, ready: undefined };
    this.finished.push(entry);
    if (this.givenUp || whole.text === '' || !this.options.wanted(whole.text)) {
      entry.ready = whole;
      this.flush();
      return;
    }
    const { windowId, text, timestamp } = whole;
    this.tell({ type: 'draft', utteranceId, windowId, text, timestamp });
    this.ask(entry);
    this.tellStatus();
  }

  private ask(entry: Finished): void {
    const { cleaner, timeoutMs, scheduler } = this.options;
    const { whole } = entry;
    const settle = (ready: Commit): void => {
      if (entry.ready) return;
      entry.ready = ready;
      this.flush();
    };
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

  private track(call: Subscription): void {
    this.calls.add(call);
    call.add(() => this.calls.delete(call));
  }

  private judge(whole: Commit, answer: string): Commit {
    this.timeouts = 0;
    const { commit, refusal } = cleanedUp(whole, answer);
    if (refusal) this.tell({ type: 'problem', error: refused(refusal) });
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
    this.tell({ type: 'problem', error: error.code === TIMEOUT_CODE && this.givenUp ? tooSlow() : error });
  }

  /** Utterances leave in their order. */
  private flush(): void {
    for (let first = this.finished[0]; first?.ready; first = this.finished[0]) {
      this.finished.shift();
      this.held.delete(first.whole.utteranceId);
      this.tell(first.ready);
    }
    this.tellStatus();
    if (this.finished.length > 0) return;
    this.whenDone?.();
    this.whenDone = undefined;
  }

  /** A session is not over, and text not confirmed, while one of its utterances is being cleaned up. */
  private tellStatus(news?: SessionStatus): void {
    this.status = news ?? this.status;
    const cleaning = this.finished.length > 0;
    if (!this.status || (!news && cleaning === this.toldCleaning)) return;
    this.toldCleaning = cleaning;
    const phase = cleaning && this.status.phase === 'stopped' ? 'stopping' : this.status.phase;
    const pending = this.status.pending || cleaning;
    this.tell({ type: 'status', status: { ...this.status, phase, pending, cleaning } });
  }
}
