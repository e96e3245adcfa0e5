import type { Subscription } from 'rxjs';
import { asDictationError, type DictationError } from '../core/errors';
import type { TranscriptEvent } from '../core/model';
import type { Session, SessionEvent } from '../core/session-types';
import { NOTHING_PENDING, pendingAfter, type Pending } from '../core/text/pending';
import type { HeardPiece } from '../core/text/wording';
import { STARTING, takeStatusAfter, type TakeStatus } from './take-status';
import type { Obstacle, OpenTarget, Target, WrittenPiece } from './target';

/** What a {@link Take} tells its owner. */
export interface TakeEvents {
  /** `status` or `hasDrafts` is new. */
  changed(): void;
  /** Not fatal; the dictation goes on. */
  problem(error: DictationError): void;
  /** What is shown and written nowhere yet; empty for nothing. */
  unsaved(text: string): void;
  /** An utterance is where it belongs. */
  inserted(text: string): void;
  /** An utterance was tidied up by a language model; this is what was heard. */
  tidied?(original: string): void;
  /** Committed text that could not be put there. */
  undelivered(text: string, obstacle: Obstacle): void;
  /** The place is gone and nothing has taken its place. */
  closed(): void;
}

/**
 * One dictation, bound to the place where it was started: shows its drafts there and writes what is committed. Lives
 * until the last word is written.
 */
export class Take {
  /** Where its words go. */
  readonly target: Target;
  /** What was written of utterances that are not whole yet. */
  private readonly texts = new Map<number, string>();
  private pending: Pending = NOTHING_PENDING;
  private unsaved = '';
  private currentStatus: TakeStatus = STARTING;
  private session: Session | undefined;
  private subscription: Subscription | undefined;
  private finishListening: (() => void) | undefined;

  constructor(
    open: OpenTarget,
    private readonly events: TakeEvents,
  ) {
    this.target = open({
      changed: () => this.tellUnsaved(),
      written: (piece) => this.written(piece),
      undelivered: (text, obstacle) => events.undelivered(text, obstacle),
      closed: () => events.closed(),
    });
  }

  get status(): TakeStatus {
    return this.currentStatus;
  }

  /** True while text is shown that is not confirmed. */
  get hasDrafts(): boolean {
    return this.pending.length > 0;
  }

  /** Sample position that the session has reached. */
  heardUpTo(): number {
    return this.session?.heardUpTo() ?? 0;
  }

  /**
   * Runs the session to its end: resolves once all that was heard is committed and written, or after {@link cancel}.
   * @throws DictationError what ended the session early
   */
  async run(session: Session): Promise<void> {
    this.session = session;
    try {
      await new Promise<void>((resolve, reject) => {
        this.finishListening = resolve;
        this.subscription = session.events$.subscribe({
          next: (event) => this.follow(event),
          error: (error: unknown) => reject(asDictationError(error, 'engine', 'session-failed')),
          complete: () => resolve(),
        });
      });
    } finally {
      this.setStatus({ ...this.currentStatus, phase: 'stopped', pending: false });
      await this.finish();
    }
  }

  /** Listens no more; what was heard is still confirmed. Idempotent. */
  stop(): void {
    this.session?.stop();
  }

  /** Ends the open utterance as if the speaker had paused. */
  confirmNow(): void {
    this.session?.confirmNow();
  }

  /** Ends at once. @returns the drafts that were shown and are not confirmed */
  cancel(): string {
    const drafts = this.target.draftText();
    this.subscription?.unsubscribe();
    this.update(NOTHING_PENDING);
    this.finishListening?.();
    return drafts;
  }

  /** Ends at once and forgets the places. Resolves when no draft text is left in the document. */
  async dispose(): Promise<void> {
    this.cancel();
    await this.finish();
    this.target.dispose();
  }

  private async finish(): Promise<void> {
    await this.target.finish();
    for (const id of [...this.texts.keys()]) this.endUtterance(id);
  }

  private follow(event: SessionEvent): void {
    if (event.type === 'draft' || event.type === 'commit') this.followTranscript(event);
    if (event.type === 'language') this.target.speaks(event.language);
    if (event.type === 'commit' && event.original !== undefined) this.events.tidied?.(event.original);
    if (event.type === 'problem') this.events.problem(event.error);
    this.setStatus(takeStatusAfter(this.currentStatus, event));
  }

  private followTranscript(event: TranscriptEvent): void {
    this.update(pendingAfter(this.pending, event), event.type === 'commit' ? event : undefined);
  }

  private update(pending: Pending, piece?: HeardPiece): void {
    this.pending = pending;
    this.target.update(piece, pending);
    this.tellUnsaved();
  }

  private written({ utteranceId, text, final }: WrittenPiece): void {
    if (text !== '') this.texts.set(utteranceId, (this.texts.get(utteranceId) ?? '') + text);
    if (final) this.endUtterance(utteranceId);
  }

  private endUtterance(id: number): void {
    const text = this.texts.get(id)?.trim() ?? '';
    this.texts.delete(id);
    if (text !== '') this.events.inserted(text);
  }

  private tellUnsaved(): void {
    const unsaved = this.target.unsavedText();
    if (unsaved !== this.unsaved) this.events.unsaved(unsaved);
    this.unsaved = unsaved;
  }

  private setStatus(status: TakeStatus): void {
    this.currentStatus = status;
    this.events.changed();
  }
}
