import { Observable } from 'rxjs';
import type { SessionEvent, SessionStatus } from '../session-types';
import { NOTHING_PENDING, pendingAfter, type Pending } from '../text/pending';
import { joinTexts } from '../text/spacing';
import { Asker, type AskerOptions } from './asker';
import { type Commit, joined } from './whole';

/** How utterances are cleaned up. */
export interface CleanUpOptions extends AskerOptions {
  /** Whether a whole utterance is worth it; asked when it is confirmed. What is not leaves in its turn, as it was heard. */
  readonly wanted: (text: string) => boolean;
}

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
  private readonly asker: Asker;
  /** What the pipeline itself shows behind the pieces. */
  private pending: Pending = NOTHING_PENDING;
  private status: SessionStatus | undefined;
  private toldCleaning = false;
  private whenDone: (() => void) | undefined;

  constructor(
    private readonly options: CleanUpOptions,
    private readonly tell: (event: SessionEvent) => void,
  ) {
    this.asker = new Asker(options, (error) => tell({ type: 'problem', error }));
  }

  prepare(): void {
    this.asker.prepare();
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
    this.asker.dispose();
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
    if (this.asker.hasGivenUp || whole.text === '' || !this.options.wanted(whole.text)) {
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
    this.asker.ask(entry.whole, (ready) => {
      if (entry.ready) return;
      entry.ready = ready;
      this.flush();
    });
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
