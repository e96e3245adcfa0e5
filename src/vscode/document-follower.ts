import * as vscode from 'vscode';
import type { Site } from '../core/anchor/site';
import type { AnchorTracker } from './anchor-tracker';
import { fileOf, filesOf, isAdrift, isShown, openDocument } from './shown-documents';

/** A file that is being renamed is closed and opened again; on a slow disk that takes a moment. */
const RENAME_PATIENCE_MS = 10_000;
/** A tab that goes to another group, or gets another name, is closed and opened again, ms. */
const TAB_PATIENCE_MS = 500;

/** An unsaved document that was just written to a file, as it was then. */
interface SavedCopy {
  readonly document: vscode.TextDocument;
  readonly sites: readonly Site[];
}

/**
 * Keeps an {@link AnchorTracker} with its document when VS Code puts another one in its place: the file was renamed, an
 * unsaved document was saved as a file, a file was closed and opened again.
 */
export class DocumentFollower implements vscode.Disposable {
  private currentUri: vscode.Uri;
  private renamedTo: vscode.Uri | undefined;
  private savedCopy: SavedCopy | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private tabPatience: ReturnType<typeof setTimeout> | undefined;
  /** It was told that the document is closed. */
  private isToldClosed = false;
  private readonly closed = new vscode.EventEmitter<void>();
  private readonly moved = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable;
  /** Fires once when the document was closed and nothing has taken its place. It may still be opened again. */
  readonly onDidClose = this.closed.event;
  /** Fires when another document has taken the place of the former one. */
  readonly onDidMove = this.moved.event;

  constructor(private readonly tracker: AnchorTracker) {
    this.currentUri = tracker.document.uri;
    const { workspace } = vscode;
    this.subscriptions = vscode.Disposable.from(
      workspace.onWillRenameFiles(({ files }) => (this.renamedTo = this.renamed(files))),
      workspace.onDidRenameFiles(({ files }) => this.finishRename(this.renamed(files))),
      workspace.onDidSaveTextDocument((document) => this.noteCopy(document)),
      workspace.onDidOpenTextDocument((document) => this.tryAgain(document)),
      workspace.onDidCloseTextDocument((document) => {
        // Also fired when a document changes its language; then it is not closed.
        if (document === tracker.document && document.isClosed) this.replace();
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.noteTabs(closed)),
    );
  }

  /** Where the document is, or was before it was closed. */
  get uri(): vscode.Uri {
    return this.currentUri;
  }

  /**
   * Opens a closed document again, unseen.
   * @returns false if that is not possible, the place is not to be found in it, or nobody would ever see it
   */
  async reopen(): Promise<boolean> {
    const { document } = this.tracker;
    if (!document.isClosed) return !(await isAdrift(document));
    // An unsaved document is gone for good: opening it would make a new, empty one.
    if (this.currentUri.scheme === 'untitled') return false;
    try {
      const document = await vscode.workspace.openTextDocument(this.currentUri);
      return !this.tracker.document.isClosed || this.moveTo(document);
    } catch {
      return false;
    }
  }

  dispose(): void {
    clearTimeout(this.patience);
    clearTimeout(this.tabPatience);
    this.subscriptions.dispose();
    this.closed.dispose();
    this.moved.dispose();
  }

  /** The new name of our document if it is among `files`, by itself or in a folder. */
  private renamed(files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[]): vscode.Uri | undefined {
    const uri = this.currentUri;
    for (const { oldUri, newUri } of files) {
      if (uri.toString() === oldUri.toString()) return newUri;
      const sameRoot = uri.scheme === oldUri.scheme && uri.authority === oldUri.authority;
      if (sameRoot && uri.path.startsWith(`${oldUri.path}/`)) {
        return newUri.with({ path: newUri.path + uri.path.slice(oldUri.path.length) });
      }
    }
    return undefined;
  }

  private finishRename(uri: vscode.Uri | undefined): void {
    if (!uri) return;
    this.currentUri = uri;
    this.renamedTo = undefined;
    const document = openDocument(uri);
    if (document) this.moveTo(document);
    else if (this.tracker.document.isClosed) this.tellClosed();
  }

  /** "Save As" of an unsaved document writes the file, empties the document, and closes it. Draft text has stayed behind. */
  private noteCopy(document: vscode.TextDocument): void {
    const ours = this.tracker.document;
    if (document === ours || !ours.isUntitled || ours.isClosed) return;
    const { text, sites } = this.tracker.withoutDrafts();
    if (document.getText() === text) this.savedCopy = { document, sites };
  }

  private replace(): void {
    const { savedCopy } = this;
    if (savedCopy && !savedCopy.document.isClosed) {
      this.moveTo(savedCopy.document, savedCopy.sites);
    } else if (this.renamedTo) {
      this.patience ??= setTimeout(() => {
        if (this.tracker.document.isClosed) this.tellClosed();
      }, RENAME_PATIENCE_MS);
    } else {
      const document = openDocument(this.currentUri);
      if (!document || !this.moveTo(document)) this.tellClosed();
    }
  }

  /** For whoever closes its tab a document is closed, even if VS Code keeps it because an extension has opened it, too. */
  private noteTabs(closed: readonly vscode.Tab[]): void {
    const key = fileOf(this.tracker.document).toString();
    if (!closed.some((tab) => filesOf(tab).some((uri) => uri.toString() === key))) return;
    clearTimeout(this.tabPatience);
    this.tabPatience = setTimeout(() => {
      const { document } = this.tracker;
      if (!document.isClosed && !this.renamedTo && !isShown(document)) this.tellClosed();
    }, TAB_PATIENCE_MS);
  }

  private tellClosed(): void {
    if (this.isToldClosed) return;
    this.isToldClosed = true;
    this.closed.fire();
  }

  private tryAgain(document: vscode.TextDocument): void {
    if (!this.tracker.document.isClosed) return;
    const uri = document.uri.toString();
    if (uri === this.currentUri.toString() || uri === this.renamedTo?.toString()) this.moveTo(document);
  }

  private moveTo(document: vscode.TextDocument, sites?: readonly Site[]): boolean {
    if (document === this.tracker.document) return true;
    if (!this.tracker.moveTo(document, sites)) return false;
    clearTimeout(this.patience);
    this.patience = undefined;
    this.currentUri = document.uri;
    this.renamedTo = undefined;
    this.savedCopy = undefined;
    this.isToldClosed = false;
    this.moved.fire();
    return true;
  }
}
