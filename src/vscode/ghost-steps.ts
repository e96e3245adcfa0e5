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
    // The keyboard is where the user's own undo has just gone.
    const command = reason === vscode.TextDocumentChangeReason.Undo ? 'undo' : 'redo';
    this.stepping = this.stepping.then(() => vscode.commands.executeCommand(command));
  }
}
