import * as vscode from 'vscode';
import { correctedWords } from '../core/text/corrections';
import type { DecidedPiece } from '../core/text/heard-text';
import type { Pending } from '../core/text/pending';
import { PLAIN_WORDING, type HeardPiece, type Wording } from '../core/text/wording';
import type { MarkedPlace } from './anchor-mark';
import { AnchorTracker } from './anchor-tracker';
import { DocumentFollower } from './document-follower';
import type { DraftView } from './draft-view';
import type { GhostSteps } from './ghost-steps';
import { Inserter } from './inserter';
import type { SettleView } from './settle-view';
import { checkWritable } from './start-place';
import type { OpenTarget, Target, TargetEvents, TargetPlace } from './target';

/** How a dictation shows and writes its text in an editor. */
export interface TakeStyle {
  readonly view: DraftView;
  /** Marks words for a moment when they have settled; absent: they are not marked. */
  readonly settle?: Pick<SettleView, 'mark'> | undefined;
  /** Present if drafts stand in the document itself. */
  readonly inline?: GhostSteps | undefined;
  readonly wording?: Wording;
}

/** The cursors of an editor, or what is selected there. */
export function editorTarget(editor: vscode.TextEditor, style: TakeStyle): OpenTarget {
  return (events) => new EditorTarget(editor, style, events);
}

/**
 * The places in a document where a dictation was started: its drafts are shown there, and what is committed is inserted,
 * wherever in the window the user is by then.
 */
export class EditorTarget implements Target {
  private readonly tracker: AnchorTracker;
  private readonly follower: DocumentFollower;
  private readonly inserter: Inserter;
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    editor: vscode.TextEditor,
    private readonly style: TakeStyle,
    private readonly events: TargetEvents,
  ) {
    this.tracker = new AnchorTracker(editor.document, editor.selections);
    this.follower = new DocumentFollower(this.tracker);
    this.inserter = new Inserter({
      tracker: this.tracker,
      follower: this.follower,
      ...(style.wording && { wording: style.wording }),
      ...(style.inline && { inline: style.inline }),
      events: {
        inserting: () => this.changed(),
        inserted: (piece, ranges) => this.inserted(piece, ranges),
        undelivered: (text, obstacle) => events.undelivered(text, obstacle),
      },
    });
    this.tracker.onDidChange(() => this.changed());
    this.follower.onDidClose(() => events.closed());
    if (style.inline) this.keepDraftsFromDisk();
    this.draw();
  }

  get place(): TargetPlace {
    return { uri: this.follower.uri.toString(), offset: this.offset };
  }

  get document(): vscode.TextDocument {
    return this.tracker.document;
  }

  get offset(): number {
    return this.tracker.offset;
  }

  /** Follows the place: whoever draws it later draws it where it is then. */
  get mark(): MarkedPlace {
    return this;
  }

  check(): Promise<void> {
    return checkWritable(this.tracker.document);
  }

  speaks(language: string): void {
    this.inserter.speaks(language);
  }

  isProse(): boolean {
    const [site] = this.tracker.sites;
    if (!site || this.tracker.document.isClosed) return false;
    const { wording = PLAIN_WORDING } = this.style;
    return wording.positionOf(0, this.tracker.placeOf(site, false)) !== 'code';
  }

  update(piece: HeardPiece | undefined, pending: Pending): void {
    this.inserter.update(piece, pending);
    this.draw();
  }

  unsavedText(): string {
    return this.inserter.unsavedText();
  }

  draftText(): string {
    return this.inserter.draftText();
  }

  finish(): Promise<void> {
    return this.inserter.finish();
  }

  dispose(): void {
    this.style.view.show(this, undefined);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.follower.dispose();
    this.tracker.dispose();
  }

  private changed(): void {
    this.draw();
    this.events.changed();
  }

  private inserted(piece: DecidedPiece, ranges: readonly vscode.Range[]): void {
    const { document } = this.tracker;
    const { utteranceId, final, replacedDraft } = piece;
    const texts = ranges.map((range) => document.getText(range));
    this.events.written({ utteranceId, final, text: (texts[0] ?? '').replaceAll('\r\n', '\n') });
    for (const [index, range] of ranges.entries()) {
      const start = document.offsetAt(range.start);
      const corrected = correctedWords(replacedDraft, texts[index] ?? '').map((span) =>
        this.tracker.rangeOf({ start: start + span.start, end: start + span.end }),
      );
      this.style.settle?.mark(document, range, corrected);
    }
  }

  /** What is committed but not inserted yet stays in front of the drafts, so that no word vanishes for a moment. */
  private draw(): void {
    const { tracker, inserter } = this;
    const { document } = tracker;
    const sites = document.isClosed ? [] : tracker.sites;
    const labels = sites.map((site) => ({
      position: tracker.positionOf(site),
      text: inserter.unseenAt(site),
    }));
    this.style.view.show(this, {
      document,
      labels: labels.filter(({ text }) => text.text !== ''),
      ghosts: sites.flatMap(({ drafts }) => drafts.map((span) => tracker.rangeOf(span))),
      replaced: sites.flatMap(({ selection }) => (selection ? [tracker.rangeOf(selection)] : [])),
    });
  }

  /** Drafts in the document are taken out before it is saved and put back after. */
  private keepDraftsFromDisk(): void {
    this.subscriptions.push(
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document === this.tracker.document) event.waitUntil(this.inserter.pause());
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document === this.tracker.document) this.inserter.resume();
      }),
    );
  }
}
