import { asDictationError } from '../core/errors';
import type { Session, SessionEvent } from '../core/session-types';
import { SessionRun } from './session-run';
import type { TakeEvents, TakeVoice } from './take-events';
import { STARTING, takeStatusAfter, takeStatusWritten, type TakeStatus } from './take-status';
import { TakeTexts } from './take-texts';
import { TakeTranscript, type CommandStep } from './take-transcript';
import type { OpenTarget, Target, WrittenPiece } from './target';
import { isGlobal } from './voice/editing';
import type { Outcome } from './voice/voice-place';

/**
 * One dictation, bound to the place where it was started: shows its drafts there and writes what is committed. Lives
 * until the last word is written.
 */
export class Take {
  /** Where its words go. */
  readonly target: Target;
  private readonly texts: TakeTexts;
  private readonly transcript: TakeTranscript;
  /** Spoken language, once it was detected. */
  private language: string | undefined;
  private currentStatus: TakeStatus = STARTING;
  private session: Session | undefined;
  private listening: SessionRun | undefined;

  /** @param voice without it everything that is said is text */
  constructor(
    open: OpenTarget,
    private readonly events: TakeEvents,
    private readonly voice?: TakeVoice,
  ) {
    this.texts = new TakeTexts(events, (step) => this.attempt(step));
    this.transcript = new TakeTranscript({
      matcher: () => voice?.matcher(this.language),
      write: (piece) => this.target.update(piece, this.transcript.drafts),
      carryOut: (step) => this.carryOut(step),
      tidied: (original) => events.tidied?.(original),
      overheard: (text) => voice?.overheard(text),
    });
    this.target = open({
      // Words must not stay unwritten because they could not be remembered.
      changed: () => this.attempt(() => this.tellUnsaved()),
      written: (piece) => this.written(piece),
      undelivered: (text, obstacle, cause) => events.undelivered(text, obstacle, cause),
      closed: () => events.closed(),
    });
  }

  get status(): TakeStatus {
    return this.currentStatus;
  }

  /** True while text is shown that is not confirmed. */
  get hasDrafts(): boolean {
    return this.transcript.hasDrafts;
  }

  /** True if its words land in prose as things are. */
  isProse(): boolean {
    return this.target.isProse?.() ?? false;
  }

  /** True if an utterance that was heard like this is a voice command. */
  isCommand(utterance: string): boolean {
    return this.voice?.matcher(this.language)?.match(utterance) !== undefined;
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
    this.listening = new SessionRun(
      session,
      (event) => this.follow(event),
      (cause, event) => this.broke(cause, event),
    );
    try {
      await this.listening.toEnd();
    } finally {
      this.attempt(() => this.setStatus({ ...this.currentStatus, phase: 'stopped', pending: false }));
      await this.finish();
    }
  }

  /** Resolves when all that was confirmed so far is written, and every command carried out. */
  async settled(): Promise<void> {
    await this.transcript.finish();
    await this.target.settled();
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
    this.listening?.end();
    this.transcript.clear();
    this.attempt(() => this.refresh());
    return drafts;
  }

  /** Ends at once and forgets the places. Resolves when no draft text is left in the document. */
  async dispose(): Promise<void> {
    this.cancel();
    await this.finish();
    this.target.dispose();
  }

  private async finish(): Promise<void> {
    await this.transcript.finish();
    await this.target.finish();
    this.texts.finish();
  }

  /** An event could not be followed: what it had to do with is kept. */
  private broke(cause: unknown, event: SessionEvent): void {
    this.events.failed(cause);
    if (event.type === 'commit' && event.text !== '' && !this.transcript.isHandedOver)
      this.attempt(() => this.events.undelivered(event.text, 'failed'));
  }

  /** For what an end in order must not depend on. */
  private attempt(step: () => void): void {
    try {
      step();
    } catch (cause) {
      this.events.failed(cause);
    }
  }

  private follow(event: SessionEvent): void {
    if (event.type === 'draft' || event.type === 'commit') {
      for (const step of this.transcript.stepsOf(event)) {
        this.transcript.follow(step);
        this.refresh();
        this.setStatus(takeStatusAfter(this.currentStatus, step.event));
      }
      return;
    }
    if (event.type === 'utterance') this.transcript.begin(event.utteranceId);
    if (event.type === 'language') this.speaks(event.language);
    if (event.type === 'problem') this.events.problem(event.error);
    this.setStatus(takeStatusAfter(this.currentStatus, event));
  }

  private speaks(language: string): void {
    this.language = language;
    this.target.speaks(language);
  }

  private async carryOut({ command, heard, unconfirmed }: CommandStep): Promise<void> {
    const { action } = command;
    const tell = (outcome: Outcome) => this.tell(heard, outcome);
    // What was said before is in its place.
    await this.target.settled();
    const done = isGlobal(action)
      ? this.voice?.asked(action)
      : this.target.carryOut({ action, unconfirmed, later: tell });
    tell(await done?.catch((error: unknown) => asDictationError(error, 'usage', 'voice-command').userText));
  }

  private tell(phrase: string, outcome: Outcome): void {
    const { told } = this.currentStatus;
    this.setStatus({ ...this.currentStatus, told: { count: told.count + 1, phrase, outcome } });
    this.voice?.told(phrase, outcome);
  }

  private refresh(): void {
    this.target.update(undefined, this.transcript.drafts);
    this.tellUnsaved();
  }

  private written(piece: WrittenPiece): void {
    this.texts.add(piece);
    if (piece.text !== '') this.setStatus(takeStatusWritten(this.currentStatus, piece.text));
  }

  private tellUnsaved(): void {
    this.texts.shows(this.target.unsavedText());
  }

  private setStatus(status: TakeStatus): void {
    this.currentStatus = status;
    this.events.changed();
  }
}
