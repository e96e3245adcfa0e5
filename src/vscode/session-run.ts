import type { Subscription } from 'rxjs';
import { asDictationError, DictationError } from '../core/errors';
import type { Session, SessionEvent } from '../core/session-types';

/** Follows the events of a session to its end. */
export class SessionRun {
  private subscription: Subscription | undefined;
  private finish: (() => void) | undefined;
  /** An event could not be followed: those behind it are not heeded any more. */
  private isBroken = false;

  /**
   * @param follow called with each event
   * @param broke called with what it has thrown, and with the event; the session is not followed any further
   */
  constructor(
    private readonly session: Session,
    private readonly follow: (event: SessionEvent) => void,
    private readonly broke: (cause: unknown, event: SessionEvent) => void,
  ) {}

  /**
   * Resolves when the session has ended, or at {@link end}.
   * @throws DictationError what ended the session early, or that an event could not be followed
   */
  async toEnd(): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        this.finish = resolve;
        this.subscription = this.session.events$.subscribe({
          next: (event) => this.heed(event, reject),
          error: (error: unknown) => reject(asDictationError(error, 'engine', 'session-failed')),
          complete: () => resolve(),
        });
      });
    } finally {
      this.subscription?.unsubscribe();
    }
  }

  /** Follows it no more. Idempotent. */
  end(): void {
    this.subscription?.unsubscribe();
    this.finish?.();
  }

  /** An error in here would reach nobody. */
  private heed(event: SessionEvent, end: (error: DictationError) => void): void {
    if (this.isBroken) return;
    try {
      this.follow(event);
    } catch (cause) {
      this.isBroken = true;
      this.broke(cause, event);
      end(takeFailed());
    }
  }
}

function takeFailed(): DictationError {
  return new DictationError(
    'engine',
    'take-failed',
    'Dictation ended because of an error of its own. What you said until then is in its place or in the history.',
    'Please report it, with the place that the log names.',
  );
}
