import * as vscode from 'vscode';
import type { AnchorTracker } from './anchor-tracker';

/** Notices when the file of a document holds something else than the document does, draft text aside. */
export class FileChanges implements vscode.Disposable {
  private watched: string | undefined;
  private watcher: vscode.Disposable | undefined;
  private readonly subscription: vscode.Disposable;

  /** @param changed called after each change of the file that did not come from the document */
  constructor(
    private readonly tracker: AnchorTracker,
    private readonly changed: () => Promise<void>,
  ) {
    this.subscription = tracker.onDidChange(() => this.watch());
    this.watch();
  }

  dispose(): void {
    this.subscription.dispose();
    this.watcher?.dispose();
  }

  /** The document may get another file. */
  private watch(): void {
    const { uri } = this.tracker.document;
    if (uri.toString() === this.watched) return;
    this.watched = uri.toString();
    this.watcher?.dispose();
    this.watcher = undefined;
    if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined) return;
    // A name is no pattern: it may hold brackets.
    const siblings = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*');
    const watcher = vscode.workspace.createFileSystemWatcher(siblings, false, false, true);
    const look = (changed: vscode.Uri) => {
      if (changed.toString() === this.watched) void this.look();
    };
    this.watcher = vscode.Disposable.from(watcher, watcher.onDidChange(look), watcher.onDidCreate(look));
  }

  private async look(): Promise<void> {
    const { tracker } = this;
    const { document } = tracker;
    // VS Code itself reads anew what has no unsaved changes.
    if (!document.isDirty || document.isClosed) return;
    if (!(await isInFile(document.uri, tracker.withoutDrafts().text))) await this.changed();
  }
}

/**
 * True if a file holds `text`, whatever its line ends. Another encoding than UTF-8 looks like another text, and so does a
 * file that is gone.
 */
export async function isInFile(uri: vscode.Uri, text: string): Promise<boolean> {
  try {
    return lines(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))) === lines(text);
  } catch {
    return false;
  }
}

function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
