import type * as vscode from 'vscode';
import type { Site } from '../core/anchor/site';
import type { WrittenPart } from '../core/anchor/written';
import { Rounds } from '../core/rounds';
import { HeardText, type DecidedPiece } from '../core/text/heard-text';
import type { Pending } from '../core/text/pending';
import type { FittedText } from '../core/text/spacing';
import { PLAIN_WORDING, type HeardPiece, type Part, type Wording } from '../core/text/wording';
import type { AnchorTracker } from './anchor-tracker';
import type { DocumentFollower } from './document-follower';
import { EditSteps } from './edit-steps';
import type { GhostSteps } from './ghost-steps';
import { InlineDraft } from './inline-draft';
import type { PlannedEdit } from './planned-edit';
import { SiteWording } from './site-wording';
import type { Obstacle } from './target';

/** What an {@link Inserter} tells. */
export interface InserterEvents {
  /** Called with each edit right before it is tried. */
  planned(edit: PlannedEdit): void;
  /** Called right before a piece is inserted, when it does not wait any more: its draft goes at the same moment. */
  inserting(): void;
  /** A piece is in the document, at these places; without any if the rules left nothing of it. */
  inserted(piece: DecidedPiece, parts: readonly WrittenPart[]): void;
  /**
   * A piece could not be inserted; `text` is what would have been written.
   * @param cause what was thrown, if something was
   */
  undelivered(text: string, obstacle: Obstacle, cause?: unknown): void;
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

/** Draft text is kept out of the document for a while. */
export interface Withheld {
  /** Resolves when none is left in it; never rejects. */
  readonly out: Promise<void>;
  /** Lets drafts in again, unless somebody else withholds them, too. */
  release(): void;
}

/**
 * Puts committed text at the places of a dictation, one edit after the other. The pieces of an utterance become one undo
 * step, apart from what the user typed before, between and after them. In the `inline` style drafts are edits of the same
 * undo step.
 */
export class Inserter {
  private readonly heard: HeardText;
  private readonly text: SiteWording;
  private readonly steps: EditSteps;
  private readonly inline: InlineDraft | undefined;
  private readonly rounds = new Rounds(() => this.drain());
  private finishing = false;
  /** One for each that withholds drafts. */
  private readonly holds = new Set<object>();

  constructor(private readonly parts: InserterParts) {
    const { tracker, follower, events, inline: ghosts, wording = PLAIN_WORDING } = parts;
    const heard = new HeardText(wording);
    const text = new SiteWording(tracker, wording);
    const steps = new EditSteps({ tracker, follower, text, planned: (edit) => events.planned(edit) });
    this.heard = heard;
    this.text = text;
    this.steps = steps;
    this.inline = ghosts && new InlineDraft({ tracker, heard, text, steps, ghosts });
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
    const seen = this.inline !== undefined && this.parts.tracker.hasDraftText;
    return this.text.shownAt(site, seen ? [] : this.heard.parts());
  }

  /** The language that was detected counts from now on. */
  speaks(language: string): void {
    this.text.language = language;
  }

  /** What is new: perhaps a committed piece, and all that is not committed. */
  update(piece: HeardPiece | undefined, pending: Pending): void {
    this.heard.update(piece, pending);
    this.inline?.renew();
    void this.rounds.run();
  }

  /** No more pieces will come. Resolves when all are inserted or were reported as undelivered; never rejects. */
  finish(): Promise<void> {
    this.finishing = true;
    return this.rounds.run().then(() => this.inline?.finish());
  }

  /** Resolves when all that could be inserted by now is; never rejects. */
  settled(): Promise<void> {
    return this.rounds.run();
  }

  /** True if drafts, those that are gone included, are all that the document has of unsaved changes. */
  get isDirtyByDraft(): boolean {
    return this.inline?.isClean ?? false;
  }

  /** Takes draft text out of the document, and lets none in until it is released. */
  withhold(): Withheld {
    const hold = {};
    this.holds.add(hold);
    const release = () => {
      if (this.holds.delete(hold)) void this.rounds.run();
    };
    return { out: this.rounds.run(), release };
  }

  /** The draft of this moment stays beside the text until there are new words. */
  leaveBeside(): void {
    this.inline?.leaveBeside();
  }

  /** An editor that shows the document; the one in use if there are several. */
  editor(): vscode.TextEditor | undefined {
    return this.steps.editor();
  }

  /**
   * One edit after the other. In an editor each piece goes in at once; where no editor shows the document every edit is an
   * undo step of its own, so there an utterance waits until it is whole.
   */
  private async drain(): Promise<void> {
    for (;;) {
      const piece = this.next();
      if (piece) {
        await this.insert(piece);
        continue;
      }
      const draft = this.wantedDraft();
      if (!this.inline?.isStale(draft)) return;
      await this.inline.draw(draft);
    }
  }

  private next(): DecidedPiece | undefined {
    const { heard, finishing } = this;
    return heard.take(heard.readyCount(!this.editor(), finishing), finishing, () => this.text.firstPlace());
  }

  private async insert(piece: DecidedPiece): Promise<void> {
    const { inline } = this;
    const { events } = this.parts;
    if (piece.stretch.heard.trim() === '') {
      // Nothing to insert, but the draft of an utterance goes with its end.
      events.inserted(piece, []);
      return;
    }
    const { utteranceId } = piece;
    const draft = inline && !piece.final && this.holds.size === 0 ? this.heard.parts() : [];
    let result: readonly WrittenPart[] | Obstacle;
    try {
      result = await this.steps.apply({ piece, draft, utteranceId }, () => {
        inline?.note(draft);
        events.inserting();
      });
    } catch (error) {
      // Whatever it was, the words must not go with it. They are told as they were heard: what failed may be the writing.
      return events.undelivered(piece.stretch.heard.trim(), 'failed', error);
    }
    if (typeof result === 'string') return events.undelivered(this.text.read([piece]), result);
    inline?.wrote(draft);
    events.inserted(piece, result);
  }

  /** The draft as it should stand in the document now. */
  private wantedDraft(): readonly Part[] {
    // Asked even if it does not count: what the user has undone is noticed by it.
    const wanted = this.inline?.wanted() ?? [];
    return this.holds.size > 0 || this.finishing ? [] : wanted;
  }
}
