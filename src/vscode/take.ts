import type { Subscription } from 'rxjs';
import * as vscode from 'vscode';
import { asDictationError, type DictationError } from '../core/errors';
import type { TranscriptEvent } from '../core/model';
import type { Session, SessionEvent } from '../core/session-types';
import { correctedWords } from '../core/text/corrections';
import { NOTHING_PENDING, pendingAfter, type Pending } from '../core/text/pending';
import { joinTexts } from '../core/text/spacing';
import { PLAIN_WORDING, type HeardPiece, type Wording } from '../core/text/wording';
import { AnchorTracker } from './anchor-tracker';
import { DocumentFollower } from './document-follower';
import type { DraftView } from './draft-view';
import type { GhostSteps } from './ghost-steps';
import { Inserter, type Obstacle } from './inserter';
import type { SettleView } from './settle-view';
import { STARTING, takeStatusAfter, type TakeStatus } from './take-status';

/** What a {@link Take} tells its owner. */
export interface TakeEvents {
  /** `status` or `hasDrafts` is new. */
  changed(): void;
  /** Not fatal; the dictation goes on. */
  problem(error: DictationError): void;
  /** What is shown and in no document yet; empty for nothing. */
  unsaved(text: string): void;
  /** An utterance is in the document. */
  inserted(text: string): void;
  /** Committed text that could not be inserted. */
  undelivered(text: string, obstacle: Obstacle): void;
  /** The document was closed and nothing has taken its place. */
  closed(): void;
}

/** How a {@link Take} shows and writes its text. */
export interface TakeStyle {
  readonly view: DraftView;
  /** Marks words for a moment when they have settled; absent: they are not marked. */
  readonly settle?: Pick<SettleView, 'mark'> | undefined;
  /** Present if drafts stand in the document itself. */
  readonly inline?: GhostSteps | undefined;
  readonly wording?: Wording;
}

/**
 * One dictation, bound to the document and the places where it was started: shows its drafts there and inserts what is
 * committed. Lives until the last word is inserted.
 */
export class Take {
  private readonly tracker: AnchorTracker;
  private readonly follower: DocumentFollower;
  private readonly inserter: Inserter;
  private readonly subscriptions: vscode.Disposable[] = [];
  /** Pieces of utterances that are not whole yet. */
  private readonly pieces = new Map<number, string[]>();
  private pending: Pending = NOTHING_PENDING;
  private unsaved = '';
  private currentStatus: TakeStatus = STARTING;
  private session: Session | undefined;
  private subscription: Subscription | undefined;
  private finishListening: (() => void) | undefined;

  constructor(
    editor: vscode.TextEditor,
    private readonly style: TakeStyle,
    private readonly events: TakeEvents,
  ) {
    this.tracker = new AnchorTracker(editor.document, editor.selections);
    this.follower = new DocumentFollower(this.tracker);
    this.inserter = new Inserter({
      tracker: this.tracker,
      follower: this.follower,
      ...(style.wording && { wording: style.wording }),
      ...(style.inline && { inline: style.inline }),
      events: {
        inserting: () => this.draw(),
        inserted: (piece, ranges) => this.inserted(piece, ranges),
        undelivered: ({ text }, obstacle) => events.undelivered(text, obstacle),
      },
    });
    this.tracker.onDidChange(() => this.draw());
    this.follower.onDidClose(() => events.closed());
    if (style.inline) this.keepDraftsFromDisk();
    this.draw();
  }

  get document(): vscode.TextDocument {
    return this.tracker.document;
  }

  /** Where the document is, or was before it was closed. */
  get uri(): vscode.Uri {
    return this.follower.uri;
  }

  get status(): TakeStatus {
    return this.currentStatus;
  }

  /** True while text is shown that is not confirmed. */
  get hasDrafts(): boolean {
    return this.pending.length > 0;
  }

  /** Where the next word lands (UTF-16 offset); the first place if there are several. */
  get offset(): number {
    return this.tracker.offset;
  }

  /** Sample position that the session has reached. */
  heardUpTo(): number {
    return this.session?.heardUpTo() ?? 0;
  }

  /**
   * Runs the session to its end: resolves once all that was heard is committed and inserted, or after {@link cancel}.
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
    const drafts = this.draftText();
    this.subscription?.unsubscribe();
    this.update(NOTHING_PENDING);
    this.finishListening?.();
    return drafts;
  }

  /** Ends at once and forgets the places. Resolves when no draft text is left in the document. */
  async dispose(): Promise<void> {
    this.cancel();
    await this.finish();
    this.style.view.show(this, undefined);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.follower.dispose();
    this.tracker.dispose();
  }

  private async finish(): Promise<void> {
    await this.inserter.finish();
    for (const id of [...this.pieces.keys()]) this.endUtterance(id);
  }

  private follow(event: SessionEvent): void {
    if (event.type === 'draft' || event.type === 'commit') this.followTranscript(event);
    if (event.type === 'problem') this.events.problem(event.error);
    this.setStatus(takeStatusAfter(this.currentStatus, event));
  }

  private followTranscript(event: TranscriptEvent): void {
    this.update(pendingAfter(this.pending, event), event.type === 'commit' ? event : undefined);
  }

  private update(pending: Pending, piece?: HeardPiece): void {
    this.pending = pending;
    this.inserter.update(piece, this.draftText(), pending[0]?.utteranceId ?? 0);
    this.draw();
  }

  private inserted(piece: HeardPiece, ranges: readonly vscode.Range[]): void {
    const { utteranceId, text, final, replacedDraft } = piece;
    if (text !== '') this.pieces.set(utteranceId, [...(this.pieces.get(utteranceId) ?? []), text]);
    if (final) this.endUtterance(utteranceId);
    const { document } = this;
    for (const range of ranges) {
      const written = document.getText(range);
      const start = document.offsetAt(range.start);
      const corrected = correctedWords(replacedDraft, written).map((span) =>
        this.tracker.rangeOf({ start: start + span.start, end: start + span.end }),
      );
      this.style.settle?.mark(document, range, corrected);
    }
  }

  private endUtterance(id: number): void {
    const text = joinTexts(this.pieces.get(id) ?? []);
    this.pieces.delete(id);
    if (text !== '') this.events.inserted(text);
  }

  private draftText(): string {
    return joinTexts(this.pending.map((entry) => entry.draft));
  }

  /** What is committed but not inserted yet stays in front of the drafts, so that no word vanishes for a moment. */
  private draw(): void {
    const { document, tracker } = this;
    const { view, wording = PLAIN_WORDING } = this.style;
    const label = this.inserter.unseenText();
    const sites = document.isClosed ? [] : tracker.sites;
    view.show(this, {
      document,
      labels: (label === '' ? [] : sites).map((site) => ({
        position: tracker.positionOf(site),
        text: wording.draft(label, tracker.placeOf(site, false)),
      })),
      ghosts: sites.flatMap(({ drafts }) => drafts.map((span) => tracker.rangeOf(span))),
      replaced: sites.flatMap(({ selection }) => (selection ? [tracker.rangeOf(selection)] : [])),
    });
    const unsaved = joinTexts([this.inserter.waitingText(), this.draftText()]);
    if (unsaved !== this.unsaved) this.events.unsaved(unsaved);
    this.unsaved = unsaved;
  }

  /** Drafts in the document are taken out before it is saved and put back after. */
  private keepDraftsFromDisk(): void {
    this.subscriptions.push(
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document === this.document) event.waitUntil(this.inserter.pause());
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document === this.document) this.inserter.resume();
      }),
    );
  }

  private setStatus(status: TakeStatus): void {
    this.currentStatus = status;
    this.events.changed();
  }
}
