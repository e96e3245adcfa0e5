import * as vscode from 'vscode';
import { AnchorTracker } from './anchor-tracker';

/**
 * Keeps draft text out of files that are made from a document while it stands there. "Save As" copies the document with
 * everything in it, tells nobody beforehand, and then saves the copy: the draft is taken out of that.
 */
export class DraftCopies implements vscode.Disposable {
  /** Copies of our document, with the places of its draft text as what would be replaced. */
  private readonly copies = new Map<vscode.TextDocument, AnchorTracker>();
  private readonly subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => this.look(document)),
    vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
    vscode.workspace.onWillSaveTextDocument((event) => {
      const copy = this.copies.get(event.document);
      if (copy) event.waitUntil(Promise.resolve(this.clear(copy)));
    }),
  );

  /** @param tracker of the document that is dictated into */
  constructor(private readonly tracker: AnchorTracker) {}

  dispose(): void {
    this.subscriptions.dispose();
    for (const document of [...this.copies.keys()]) this.forget(document);
  }

  /** A document that has just come to be the same as ours, draft text and all, is a copy: nobody types that. */
  private look(document: vscode.TextDocument): void {
    const { tracker } = this;
    const ours = tracker.document;
    if (document === ours || !tracker.hasDraftText || ours.isClosed || this.copies.has(document)) return;
    if (document.lineCount !== ours.lineCount || document.getText() !== ours.getText()) return;
    const drafts = tracker.sites.flatMap((site) => site.drafts.map((span) => tracker.rangeOf(span)));
    this.copies.set(document, new AnchorTracker(document, drafts));
  }

  /** Takes the draft text out; what somebody has written into it since is theirs. */
  private clear(copy: AnchorTracker): vscode.TextEdit[] {
    this.forget(copy.document);
    return copy.sites.flatMap(({ selection }) =>
      selection ? [vscode.TextEdit.delete(copy.rangeOf(selection))] : [],
    );
  }

  private forget(document: vscode.TextDocument): void {
    this.copies.get(document)?.dispose();
    this.copies.delete(document);
  }
}
