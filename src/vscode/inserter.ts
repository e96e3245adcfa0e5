import * as vscode from 'vscode';
import type { Site } from '../core/anchor/site';
import { writtenParts, type WrittenPart } from '../core/anchor/written';
import { HeardText, type DecidedPiece } from '../core/text/heard-text';
import type { Pending } from '../core/text/pending';
import type { FittedText } from '../core/text/spacing';
import { sameParts } from '../core/text/unwritten';
import { PLAIN_WORDING, type HeardPiece, type Part, type Wording } from '../core/text/wording';
import type { AnchorTracker, PlannedEdit } from './anchor-tracker';
import { SiteWording } from './site-wording';
import type { DocumentFollower } from './document-follower';
import type { GhostSteps } from './ghost-steps';
import { editInEditor, editUnseen, savesByItself } from './own-edit';
import type { Obstacle } from './target';

/** What an {@link Inserter} tells. */
export interface InserterEvents {
  /** Called right before a piece is inserted, when it does not wait any more: its draft goes at the same moment. */
  inserting(): void;
  /** A piece is in the document, at these places; without any if the rules left nothing of it. */
  inserted(piece: DecidedPiece, parts: readonly WrittenPart[]): void;
  /** A piece could not be inserted; `text` is what would have been written. */
  undelivered(text: string, obstacle: Obstacle): void;
}

/** Parts of an {@link Inserter}. */
export interface InserterParts {
  readonly tracker: AnchorTracker;
  readonly follower: Pick<DocumentFollower, 'reopen'>;
  readonly events: InserterEvents;
  readonly wording?: Wording;
  /** Present if drafts stand in the document itself. */
  readonly inline?: GhostSteps;
}

/** An edit is refused when the document changed meanwhile; nobody types as often as this while one is on its way. */
const MAX_ATTEMPTS = 10;
/** A save that was given up tells nobody; drafts come back after this time, ms. */
const SAVE_PATIENCE_MS = 3_000;

/** One edit to be made. */
interface Step {
  /** Undefined for one that concerns the draft only. */
  readonly piece?: DecidedPiece;
  readonly draft: readonly Part[];
  /** The utterance whose undo step it belongs to. */
  readonly utteranceId: number;
}

/**
 * Puts committed text at the places of a dictation, one edit after the other. The pieces of an utterance become one undo
 * step, apart from what the user typed before, between and after them. In the `inline` style drafts are edits of the same
 * undo step.
 */
export class Inserter {
  private readonly heard: HeardText;
  private readonly text: SiteWording;
  private working: Promise<void> | undefined;
  private isAskedAgain = false;
  private finishing = false;
  private paused = false;
  /** The document took no draft; the next one is tried again. */
  private refused = false;
  private resumeTimer: ReturnType<typeof setTimeout> | undefined;
  private shownDraft: readonly Part[] = [];
  /** An utterance whose draft the user has undone: it stays out of the document until it is confirmed. */
  private held: number | undefined;
  private undone = 0;
  /** The utterance whose undo step is open, and the changes by others when its last piece went in. */
  private open: { readonly utteranceId: number; readonly foreignChanges: number } | undefined;
  /** Changes by others when the first draft came into a document without unsaved changes. */
  private cleanAt: number | undefined;

  constructor(private readonly parts: InserterParts) {
    const wording = parts.wording ?? PLAIN_WORDING;
    this.heard = new HeardText(wording);
    this.text = new SiteWording(parts.tracker, wording);
  }

  /** Everything that is in no document, as it reads at the first place. */
  unsavedText(): string {
    return this.text.read(this.heard.parts());
  }

  /** What is not committed, as it reads at the first place. */
  draftText(): string {
    return this.text.read(this.heard.drafts());
  }

  /** What no document shows at a place: drafts that stand in the text itself are left out. */
  unseenAt(site: Site): FittedText {
    const { inline, tracker } = this.parts;
    const seen = inline !== undefined && tracker.hasDraftText;
    return this.text.shownAt(site, seen ? [] : this.heard.parts());
  }

  /** The language that was detected counts from now on. */
  speaks(language: string): void {
    this.text.language = language;
  }

  /** What is new: perhaps a committed piece, and all that is not committed. */
  update(piece: HeardPiece | undefined, pending: Pending): void {
    this.heard.update(piece, pending);
    this.refused = false;
    void this.work();
  }

  /** No more pieces will come. Resolves when all are inserted or were reported as undelivered; never rejects. */
  finish(): Promise<void> {
    this.finishing = true;
    clearTimeout(this.resumeTimer);
    this.paused = false;
    return this.work();
  }

  /** Resolves when all that could be inserted by now is; never rejects. */
  settled(): Promise<void> {
    return this.work();
  }

  /** Takes draft text out of the document until {@link resume}: it is about to be saved. */
  async pause(): Promise<void> {
    if (!this.parts.inline || (!this.working && !this.parts.tracker.hasDraftText)) return;
    this.paused = true;
    clearTimeout(this.resumeTimer);
    this.resumeTimer = setTimeout(() => this.resume(), SAVE_PATIENCE_MS);
    await this.work();
  }

  /** Puts draft text back. */
  resume(): void {
    clearTimeout(this.resumeTimer);
    if (!this.paused) return;
    this.paused = false;
    void this.work();
  }

  private work(): Promise<void> {
    this.isAskedAgain = true;
    this.working ??= this.drainAll();
    return this.working;
  }

  /** What comes after the last look and before this is over is seen to as well. */
  private async drainAll(): Promise<void> {
    while (this.isAskedAgain) {
      this.isAskedAgain = false;
      await this.drain();
    }
    this.working = undefined;
  }

  /**
   * One edit after the other. In an editor each piece goes in at once; where no editor shows the document every edit is an
   * undo step of its own, so there an utterance waits until it is whole.
   */
  private async drain(): Promise<void> {
    for (;;) {
      const piece = this.next();
      if (piece) await this.insert(piece);
      else if (this.draftIsStale()) await this.redraw();
      else return;
    }
  }

  private next(): DecidedPiece | undefined {
    const { heard, finishing } = this;
    return heard.take(heard.readyCount(!this.editor(), finishing), finishing, () => this.text.firstPlace());
  }

  private async insert(piece: DecidedPiece): Promise<void> {
    const { events } = this.parts;
    if (piece.stretch.heard.trim() === '') {
      // Nothing to insert, but the draft of an utterance goes with its end.
      events.inserted(piece, []);
      return;
    }
    const draft = piece.final || this.paused ? [] : this.inlineDraft();
    const obstacle = await this.apply({ piece, draft, utteranceId: piece.utteranceId });
    if (obstacle) events.undelivered(this.text.read([piece]), obstacle);
  }

  /** The draft as it should stand in the document now. */
  private inlineDraft(): readonly Part[] {
    return this.parts.inline ? this.heard.parts() : [];
  }

  private wantedDraft(): readonly Part[] {
    const { tracker } = this.parts;
    const { firstDraft } = this.heard;
    if (this.undone !== tracker.undoneDrafts) this.held = firstDraft;
    this.undone = tracker.undoneDrafts;
    const held = this.held !== undefined && this.held === firstDraft;
    return this.refused || this.paused || this.finishing || held ? [] : this.inlineDraft();
  }

  private draftIsStale(): boolean {
    const { inline, tracker } = this.parts;
    if (!inline) return false;
    const wanted = this.wantedDraft();
    if (wanted.length === 0) return tracker.hasDraftText && !tracker.document.isClosed;
    const inPlace = ({ drafts }: Site) => drafts.length === 1;
    // Words that the rules leave out ("um") make no draft text.
    const isMissing = (site: Site) => !inPlace(site) && this.text.shownAt(site, wanted).text !== '';
    const stale = !sameParts(wanted, this.shownDraft) || tracker.sites.some(isMissing);
    return stale && this.editor() !== undefined;
  }

  private async redraw(): Promise<void> {
    const { inline, tracker } = this.parts;
    const draft = this.wantedDraft();
    const clean = this.cleanAt !== undefined && this.cleanAt === tracker.foreignChanges;
    this.shownDraft = draft;
    if (draft.length === 0 && clean && !this.paused) {
      const editor = this.editor();
      const taken = editor !== undefined && (await inline?.undoDraft(editor, tracker));
      this.undone = tracker.undoneDrafts;
      if (taken) {
        this.open = undefined;
        return;
      }
    }
    const utteranceId = this.heard.firstUtterance ?? this.open?.utteranceId ?? 0;
    if (await this.apply({ draft, utteranceId })) this.forgetDraft();
  }

  /** The document takes no draft: what cannot be taken out is not looked after any more. */
  private forgetDraft(): void {
    this.refused = true;
    this.parts.tracker.dropDraftText();
  }

  private async apply(step: Step): Promise<Obstacle | undefined> {
    const { tracker, follower, events } = this.parts;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const isOpen = !tracker.document.isClosed || (step.piece && (await follower.reopen()));
      if (!isOpen) return 'closed';
      const { document } = tracker;
      const plan = tracker.plan((site) => this.text.at(site, step.piece, step.draft));
      if (plan.changes.length === 0) {
        if (step.piece) events.inserted(step.piece, []);
        return undefined;
      }
      const selected = tracker.selectedTexts;
      this.noteState(step);
      const version = document.version;
      const own = tracker.expect(plan);
      if (step.piece) events.inserting();
      const accepted = await this.edit(plan, step);
      own.end();
      if (own.seen || (accepted && document.version !== version)) {
        if (this.isLost(document)) return 'refused';
        this.shownDraft = step.draft;
        if (step.piece) events.inserted(step.piece, writtenParts(plan.changes, plan.after, selected));
        return undefined;
      }
      // A read-only editor says yes and does nothing.
      if (accepted) return 'refused';
    }
    return tracker.document.isClosed ? 'closed' : 'refused';
  }

  /** Remembers what helps to bring the document back to where it was without our draft. */
  private noteState({ draft }: Step): void {
    const { inline, tracker } = this.parts;
    if (!inline) return;
    if (!tracker.hasDraftText && draft.length > 0) {
      this.cleanAt = tracker.document.isDirty ? undefined : tracker.foreignChanges;
    }
    if (this.open?.foreignChanges === tracker.foreignChanges) inline.note(tracker);
  }

  /** One edit; false if it was not applied. */
  private async edit(plan: PlannedEdit, { piece, utteranceId }: Step): Promise<boolean> {
    const { tracker } = this.parts;
    const { foreignChanges } = tracker;
    const goesOn = this.open?.utteranceId === utteranceId && this.open.foreignChanges === foreignChanges;
    const final = piece?.final ?? false;
    const editor = this.editor();
    const accepted = editor
      ? await editInEditor(editor, plan, { undoStopBefore: !goesOn, undoStopAfter: final })
      : await editUnseen(plan);
    this.open = accepted && !final ? { utteranceId, foreignChanges } : undefined;
    return accepted;
  }

  /** A document that may not be edited takes the edits of extensions all the same, unless an editor shows it, and never saves them. */
  private isLost(document: vscode.TextDocument): boolean {
    return document.uri.scheme === 'file' && !this.editor() && !document.isDirty && !savesByItself(document);
  }

  /** An editor that shows the document; the one in use if there are several. */
  editor(): vscode.TextEditor | undefined {
    const { document } = this.parts.tracker;
    const active = vscode.window.activeTextEditor;
    if (active?.document === document) return active;
    return vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  }
}
