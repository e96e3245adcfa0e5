import * as vscode from 'vscode';
import type { AnchorTracker } from './anchor-tracker';
import { DraftCopies } from './draft-copies';
import { FileChanges } from './file-changes';
import type { Inserter, Withheld } from './inserter';
import { readAnew, saveUnformatted } from './save-unchanged';

/** A save that was given up tells nobody; drafts come back after this time, ms. */
const SAVE_PATIENCE_MS = 3_000;
/** A save may be part of closing the document, which a draft that came back at once would prevent, ms. */
const AFTER_SAVE_MS = 250;

/** Parts of a {@link DiskGuard}. */
export interface DiskGuardParts {
  readonly tracker: AnchorTracker;
  readonly inserter: Pick<Inserter, 'isDirtyByDraft' | 'withhold' | 'leaveBeside'>;
}

/**
 * Stands between draft text in a document and its file: drafts are never saved, and do not keep the document from being
 * read anew when another program has changed the file.
 */
export class DiskGuard implements vscode.Disposable {
  /** Present while a save is under way, or was just done. */
  private save: Withheld | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly parts: DiskGuardParts) {
    const { tracker } = parts;
    this.subscriptions = vscode.Disposable.from(
      new DraftCopies(tracker),
      new FileChanges(tracker, () => this.reload()),
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document === tracker.document) event.waitUntil(this.begin(event.reason));
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document === tracker.document) this.saved();
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  /** Resolves when no draft text is left in the document, which is about to be saved. */
  private begin(reason: vscode.TextDocumentSaveReason): Promise<void> {
    // A draft that came back after an automatic save would be the reason for the next one.
    if (reason !== vscode.TextDocumentSaveReason.Manual) this.parts.inserter.leaveBeside();
    const withheld = this.parts.inserter.withhold();
    this.save?.release();
    this.save = withheld;
    this.endIn(SAVE_PATIENCE_MS);
    return withheld.out;
  }

  private saved(): void {
    // "Save without Formatting" asks nobody beforehand.
    if (this.parts.tracker.hasDraftText) void this.saveAgain();
    else if (this.save) this.endIn(AFTER_SAVE_MS);
  }

  /** A draft was written to the file: it is written again at once, without. */
  private async saveAgain(): Promise<void> {
    const { document } = this.parts.tracker;
    await this.begin(vscode.TextDocumentSaveReason.Manual);
    const isActive = vscode.window.activeTextEditor?.document === document;
    // What the user has just done, once more. It saves what is selected where the keyboard is, which may be another file.
    if (isActive && document.isDirty)
      await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
    if (document.isDirty) await saveUnformatted(document);
  }

  private endIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(), ms);
  }

  private end(): void {
    this.save?.release();
    this.save = undefined;
  }

  /**
   * VS Code reads a file anew that another program has changed, unless there are unsaved changes. Where those are only our
   * drafts, they go for a moment.
   */
  private async reload(): Promise<void> {
    const { tracker, inserter } = this.parts;
    if (!inserter.isDirtyByDraft) return;
    const withheld = inserter.withhold();
    try {
      await withheld.out;
      if (inserter.isDirtyByDraft) await readAnew(tracker.document);
    } finally {
      withheld.release();
    }
  }
}
