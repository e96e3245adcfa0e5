import * as vscode from 'vscode';
import type { AnchorTracker } from './anchor-tracker';

/** Draft text that stood in a document between two of our edits. */
interface Ghost {
  readonly uri: string;
  readonly offset: number;
  readonly text: string;
}

/** Older ones are forgotten; they are many undo steps away. */
const MAX_GHOSTS = 200;

/**
 * Keeps drafts that stand in documents out of the user's way when they undo. A cursor move or a save splits the undo step
 * of an utterance; then undo would bring back a draft that was replaced long ago. Whenever it does, it is led on, until no
 * draft is left: nothing of anybody else's stands between.
 */
export class GhostSteps implements vscode.Disposable {
  private ghosts: readonly Ghost[] = [];
  private stepping: Promise<unknown> = Promise.resolve();
  private readonly subscription = vscode.workspace.onDidChangeTextDocument((event) => this.follow(event));

  /** Remembers the draft text that our next edit replaces. Call only if nobody else has edited since it came. */
  note(tracker: AnchorTracker): void {
    const uri = tracker.document.uri.toString();
    const shown = tracker.sites.flatMap(({ drafts }) =>
      drafts.map((span) => ({
        uri,
        offset: span.start,
        text: tracker.document.getText(tracker.rangeOf(span)),
      })),
    );
    this.ghosts = [...this.ghosts, ...shown].slice(-MAX_GHOSTS);
  }

  /**
   * Takes draft text out by undoing it, which leaves the document as if it had never been there: without unsaved changes.
   * Call only if nobody else has edited the document since.
   * @returns false if that was not possible; nothing has changed then
   */
  async undoDraft(editor: vscode.TextEditor, tracker: AnchorTracker): Promise<boolean> {
    if (vscode.window.activeTextEditor !== editor) return false;
    this.note(tracker);
    const { undoneDrafts } = tracker;
    const selections = withoutDrafts(editor, tracker);
    await vscode.commands.executeCommand('undo');
    await this.settled();
    if (tracker.undoneDrafts === undoneDrafts) {
      // The keyboard is somewhere else in the window, and so was the undo.
      await vscode.commands.executeCommand('redo');
      return false;
    }
    if (editor.document === tracker.document) editor.selections = selections();
    return true;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private follow({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (reason === undefined || vscode.window.activeTextEditor?.document !== document) return;
    const uri = document.uri.toString();
    let delta = 0;
    const written = [...contentChanges]
      .sort((a, b) => a.rangeOffset - b.rangeOffset)
      .map(({ rangeOffset, rangeLength, text }) => {
        const start = rangeOffset + delta;
        delta += text.length - rangeLength;
        return { start, text };
      });
    const isBack = this.ghosts.some(
      (ghost) =>
        ghost.uri === uri &&
        written.some(
          ({ start, text }) => ghost.offset >= start && text.startsWith(ghost.text, ghost.offset - start),
        ),
    );
    if (!isBack) return;
    const command = reason === vscode.TextDocumentChangeReason.Undo ? 'undo' : 'redo';
    this.stepping = this.stepping.then(() => vscode.commands.executeCommand(command));
  }

  /** Resolves when the undo that was led on has reached its end. */
  private async settled(): Promise<void> {
    for (let last: Promise<unknown> | undefined; last !== this.stepping;) {
      last = this.stepping;
      await last;
    }
  }
}

/** The selections as they will be once all draft text is gone. */
function withoutDrafts(editor: vscode.TextEditor, tracker: AnchorTracker): () => vscode.Selection[] {
  const { document, selections } = editor;
  const spans = tracker.sites.flatMap(({ drafts }) => drafts);
  const offsetOf = (position: vscode.Position) => {
    const offset = document.offsetAt(position);
    return spans.reduce((sum, { start, end }) => sum - Math.max(0, Math.min(offset, end) - start), offset);
  };
  const offsets = selections.map(({ anchor, active }) => [offsetOf(anchor), offsetOf(active)] as const);
  return () =>
    offsets.map(
      ([anchor, active]) => new vscode.Selection(document.positionAt(anchor), document.positionAt(active)),
    );
}
