import * as vscode from 'vscode';
import type { Site, SiteText } from '../core/anchor/site';
import { joinTexts, type FittedText } from '../core/text/spacing';
import { PLAIN_WORDING, type HeardPiece, type Wording } from '../core/text/wording';
import type { AnchorTracker, PlannedEdit } from './anchor-tracker';
import type { DocumentFollower } from './document-follower';
import type { GhostSteps } from './ghost-steps';
import { editInEditor, editUnseen, insertedRanges, savesByItself, withLineEnds } from './own-edit';
import type { Obstacle } from './target';

/** What an {@link Inserter} tells. */
export interface InserterEvents {
  /** Called right before a piece is inserted, when it does not wait any more: its draft goes at the same moment. */
  inserting(): void;
  /** Pieces are in the document. */
  inserted(piece: HeardPiece, ranges: readonly vscode.Range[]): void;
  /** Pieces could not be inserted. */
  undelivered(piece: HeardPiece, obstacle: Obstacle): void;
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
const NOTHING: FittedText = { lead: '', text: '', trail: '' };

/** One edit to be made. */
interface Step {
  /** Undefined for one that concerns the draft only. */
  readonly piece?: HeardPiece;
  readonly draft: string;
  /** The utterance whose undo step it belongs to. */
  readonly utteranceId: number;
}

/**
 * Puts committed text at the places of a dictation, one edit after the other. The pieces of an utterance become one undo
 * step, apart from what the user typed before, between and after them. In the `inline` style drafts are edits of the same
 * undo step.
 */
export class Inserter {
  private readonly waiting: HeardPiece[] = [];
  private pending: { readonly utteranceId: number; readonly draft: string } | undefined;
  private working: Promise<void> | undefined;
  private finishing = false;
  private paused = false;
  private resumeTimer: ReturnType<typeof setTimeout> | undefined;
  private shownDraft = '';
  /** An utterance whose draft the user has undone: it stays out of the document until it is confirmed. */
  private held: number | undefined;
  private undone = 0;
  /** The utterance whose undo step is open, and the changes by others when its last piece went in. */
  private open: { readonly utteranceId: number; readonly foreignChanges: number } | undefined;
  /** Changes by others when the first draft came into a document without unsaved changes. */
  private cleanAt: number | undefined;

  constructor(private readonly parts: InserterParts) {}

  /** Committed text that is not in the document yet. */
  waitingText(): string {
    return joinTexts(this.waiting.map((piece) => piece.text));
  }

  /** What no document shows: drafts that stand in the text itself are left out. */
  unseenText(): string {
    const drafts = this.pending?.draft ?? '';
    const seen = this.parts.inline !== undefined && this.parts.tracker.hasDraftText;
    return seen ? '' : joinTexts([this.waitingText(), drafts]);
  }

  /**
   * What is new: perhaps a committed piece, and the draft that follows all that was committed.
   * @param utteranceId the first utterance of the draft
   */
  update(piece: HeardPiece | undefined, draft: string, utteranceId: number): void {
    if (piece) this.waiting.push(piece);
    this.pending = draft === '' ? undefined : { draft, utteranceId };
    void this.work();
  }

  /** No more pieces will come. Resolves when all are inserted or were reported as undelivered; never rejects. */
  finish(): Promise<void> {
    this.finishing = true;
    clearTimeout(this.resumeTimer);
    this.paused = false;
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
    this.working ??= this.drain().finally(() => {
      this.working = undefined;
    });
    return this.working;
  }

  private async drain(): Promise<void> {
    for (;;) {
      const count = this.readyCount();
      if (count > 0) await this.insert(this.waiting.splice(0, count));
      else if (this.draftIsStale()) await this.redraw();
      else return;
    }
  }

  /**
   * How many pieces the next edit takes. In an editor each goes in at once; where no editor shows the document every
   * edit is an undo step of its own, so there an utterance waits until it is whole.
   */
  private readyCount(): number {
    const [first] = this.waiting;
    if (!first) return 0;
    if (this.editor()) return 1;
    const final = this.waiting.findIndex((piece) => piece.final || piece.utteranceId !== first.utteranceId);
    if (final === -1) return this.finishing ? this.waiting.length : 0;
    return this.waiting[final]?.utteranceId === first.utteranceId ? final + 1 : final;
  }

  private async insert(pieces: readonly HeardPiece[]): Promise<void> {
    const [first, last] = [pieces.at(0), pieces.at(-1)];
    const text = joinTexts(pieces.map((piece) => piece.text));
    if (!first || !last) return;
    const replacedDraft = joinTexts(pieces.map((piece) => piece.replacedDraft));
    const piece = { utteranceId: first.utteranceId, text, final: last.final, replacedDraft };
    if (text === '') {
      // Nothing to insert, but the draft of an utterance goes with its end.
      this.parts.events.inserted(piece, []);
      return;
    }
    const rest = this.unconfirmed();
    const draft = piece.final || this.paused ? '' : rest;
    const obstacle = await this.apply({ piece, draft, utteranceId: piece.utteranceId });
    if (obstacle) this.parts.events.undelivered(piece, obstacle);
  }

  /** The draft as it should stand in the document now. */
  private unconfirmed(): string {
    return this.parts.inline ? joinTexts([this.waitingText(), this.pending?.draft ?? '']) : '';
  }

  private wantedDraft(): string {
    const { tracker } = this.parts;
    if (this.undone !== tracker.undoneDrafts) this.held = this.pending?.utteranceId;
    this.undone = tracker.undoneDrafts;
    const held = this.held !== undefined && this.held === this.pending?.utteranceId;
    return this.paused || this.finishing || held ? '' : this.unconfirmed();
  }

  private draftIsStale(): boolean {
    const { inline, tracker } = this.parts;
    if (!inline) return false;
    const wanted = this.wantedDraft();
    if (wanted === '') return tracker.hasDraftText && !tracker.document.isClosed;
    const inPlace = tracker.sites.every(({ drafts }) => drafts.length === 1);
    return (wanted !== this.shownDraft || !inPlace) && this.editor() !== undefined;
  }

  private async redraw(): Promise<void> {
    const { inline, tracker } = this.parts;
    const draft = this.wantedDraft();
    const clean = this.cleanAt !== undefined && this.cleanAt === tracker.foreignChanges;
    this.shownDraft = draft;
    if (draft === '' && clean && !this.paused) {
      const editor = this.editor();
      const taken = editor !== undefined && (await inline?.undoDraft(editor, tracker));
      this.undone = tracker.undoneDrafts;
      if (taken) {
        this.open = undefined;
        return;
      }
    }
    const utteranceId =
      this.waiting[0]?.utteranceId ?? this.pending?.utteranceId ?? this.open?.utteranceId ?? 0;
    if (await this.apply({ draft, utteranceId })) this.forgetDraft();
  }

  /** The document takes no draft: what cannot be taken out is not looked after any more. */
  private forgetDraft(): void {
    this.pending = undefined;
    this.parts.tracker.dropDraftText();
  }

  private async apply(step: Step): Promise<Obstacle | undefined> {
    const { tracker, follower, events } = this.parts;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const isOpen = !tracker.document.isClosed || (step.piece && (await follower.reopen()));
      if (!isOpen) return 'closed';
      const { document } = tracker;
      const plan = tracker.plan((site) => this.textFor(site, step));
      if (plan.changes.length === 0) return undefined;
      this.noteState(step);
      const version = document.version;
      const own = tracker.expect(plan);
      if (step.piece) events.inserting();
      const accepted = await this.edit(plan, step);
      own.end();
      if (own.seen || (accepted && document.version !== version)) {
        if (this.isLost(document)) return 'refused';
        this.shownDraft = step.draft;
        if (step.piece) events.inserted(step.piece, insertedRanges(document, plan));
        return undefined;
      }
      // A read-only editor says yes and does nothing.
      if (accepted) return 'refused';
    }
    return tracker.document.isClosed ? 'closed' : 'refused';
  }

  private textFor(site: Site, { piece, draft }: Step): SiteText {
    const { tracker, wording = PLAIN_WORDING } = this.parts;
    const place = tracker.placeOf(site, piece !== undefined);
    const confirmed = piece ? withLineEnds(wording.confirmed(piece, place), tracker.document) : NOTHING;
    const before = place.before + confirmed.lead + confirmed.text;
    const shown = draft === '' ? NOTHING : wording.draft(draft, { ...place, before });
    // A blank may be wanted behind what was said before, once the draft that stood between is gone.
    const trail =
      !piece && shown.text === '' && site.said !== ''
        ? wording.draft(site.said, { ...place, before: '' }).trail
        : confirmed.trail;
    return { confirmed: { ...confirmed, trail }, draft: withLineEnds(shown, tracker.document) };
  }

  /** Remembers what helps to bring the document back to where it was without our draft. */
  private noteState({ draft }: Step): void {
    const { inline, tracker } = this.parts;
    if (!inline) return;
    if (!tracker.hasDraftText && draft !== '') {
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
  private editor(): vscode.TextEditor | undefined {
    const { document } = this.parts.tracker;
    const active = vscode.window.activeTextEditor;
    if (active?.document === document) return active;
    return vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  }
}
