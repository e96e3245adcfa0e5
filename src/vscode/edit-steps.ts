import * as vscode from 'vscode';
import { writtenParts, type WrittenPart } from '../core/anchor/written';
import type { DecidedPiece } from '../core/text/heard-text';
import type { Part } from '../core/text/wording';
import type { AnchorTracker } from './anchor-tracker';
import type { DocumentFollower } from './document-follower';
import { editInEditor, editUnseen, savesByItself } from './own-edit';
import { DISK_SCHEMES } from './place-schemes';
import type { PlannedEdit } from './planned-edit';
import type { SiteWording } from './site-wording';
import type { Obstacle } from './target';

/** An edit is refused when the document changed meanwhile; nobody types as often as this while one is on its way. */
const MAX_ATTEMPTS = 10;

/** One edit to be made. */
export interface Step {
  /** Undefined for one that concerns the draft only. */
  readonly piece?: DecidedPiece;
  /** Draft text behind it, in the document. */
  readonly draft: readonly Part[];
  /** The utterance whose undo step it belongs to. */
  readonly utteranceId: number;
}

/** The undo step that the latest edit was part of, as long as more may follow. */
interface OpenStep {
  readonly utteranceId: number;
  /** Changes by others when the latest edit was made. */
  readonly foreignChanges: number;
  /** Confirmed words came with it. */
  readonly hasWords: boolean;
  /** Draft text of it stands in the document. */
  readonly hasDraft: boolean;
}

/** Parts of {@link EditSteps}. */
export interface EditStepsParts {
  readonly tracker: AnchorTracker;
  readonly follower: Pick<DocumentFollower, 'reopen'>;
  readonly text: SiteWording;
  /** Called with each edit right before it is tried. */
  readonly planned: (edit: PlannedEdit) => void;
}

/** Makes the edits of a dictation; those of one utterance become one undo step, as long as nobody else edits in between. */
export class EditSteps {
  private open: OpenStep | undefined;

  constructor(private readonly parts: EditStepsParts) {}

  /** The utterance whose undo step is open. */
  get openUtterance(): number | undefined {
    return this.open?.utteranceId;
  }

  /** True while nobody else has edited since our last edit, whose undo step is open. */
  get isUntouched(): boolean {
    return this.open?.foreignChanges === this.parts.tracker.foreignChanges;
  }

  /**
   * Makes one edit; again, if the document changes meanwhile.
   * @param editing called right before each attempt
   * @returns what was written, or what stood in the way
   */
  async apply(step: Step, editing: () => void): Promise<readonly WrittenPart[] | Obstacle> {
    const { tracker, follower, text } = this.parts;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      // Without a moment's delay where the document is shown: whoever types there would be ahead again.
      const isOpen = step.piece && !this.editor() ? await follower.reopen() : !tracker.document.isClosed;
      if (!isOpen) return 'closed';
      const { document } = tracker;
      const plan = tracker.plan((site) => text.at(site, step.piece, step.draft));
      if (plan.changes.length === 0) return [];
      const selected = tracker.selectedTexts;
      const version = document.version;
      const own = tracker.expect(plan);
      editing();
      this.parts.planned(plan);
      const accepted = await this.edit(plan, step);
      own.end();
      if (own.seen || (accepted && document.version !== version)) {
        return this.isLost(document) ? 'refused' : writtenParts(plan.changes, plan.after, selected);
      }
      // A read-only editor says yes and does nothing.
      if (accepted) return 'refused';
    }
    return tracker.document.isClosed ? 'closed' : 'refused';
  }

  /** An editor that shows the document; the one in use if there are several. */
  editor(): vscode.TextEditor | undefined {
    const { document } = this.parts.tracker;
    const active = vscode.window.activeTextEditor;
    if (active?.document === document) return active;
    return vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  }

  /** One edit; false if it was not applied. */
  private async edit(plan: PlannedEdit, { piece, draft, utteranceId }: Step): Promise<boolean> {
    const { foreignChanges } = this.parts.tracker;
    const { open } = this;
    // Drafts that came and went would be a step that changes nothing: the next utterance goes on in it.
    const isFree = open !== undefined && !open.hasWords && !open.hasDraft;
    const goesOn = (isFree || open?.utteranceId === utteranceId) && this.isUntouched;
    const final = piece?.final ?? false;
    const editor = this.editor();
    const accepted = editor
      ? await editInEditor(editor, plan, { undoStopBefore: !goesOn, undoStopAfter: final })
      : await editUnseen(plan);
    const hasWords = piece !== undefined || (goesOn && open?.hasWords === true);
    const next = { utteranceId, foreignChanges, hasWords, hasDraft: draft.length > 0 };
    this.open = accepted && !final ? next : undefined;
    return accepted;
  }

  /** A document that may not be edited takes the edits of extensions all the same, unless an editor shows it, and never saves them. */
  private isLost(document: vscode.TextDocument): boolean {
    const isFile = DISK_SCHEMES.has(document.uri.scheme);
    return isFile && !this.editor() && !document.isDirty && !savesByItself(document);
  }
}
