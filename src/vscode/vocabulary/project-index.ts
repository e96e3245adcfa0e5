import * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import type { Vocabulary } from '../../core/vocabulary/vocabulary';
import { DocumentIndexer } from './document-indexer';
import { INDEX_LIMITS } from './limits';
import { REAL_CLOCK } from './slices';
import { baseName, WorkspaceFiles } from './workspace-files';
import { fileNameOf, isOpen, isWritten, openDocuments } from './written-documents';

/** How much of the project is known: nothing, what is open, or the workspace. */
export type ProjectScope = 'off' | 'openFiles' | 'workspace';

/** An open document is read again when its typist rests this long, ms. */
const REST_AFTER_EDIT_MS = 1_000;
/** Settings and rules change in bursts, ms. */
const REST_AFTER_RULES_MS = 500;
/** Longer documents are logs or data; the names around the cursor are known from the focus. Characters. */
const LONGEST_OPEN = 1_000_000;
/**
 * Keeps a vocabulary up to date with the project: open documents as they are typed, files as they come, change, move and go.
 * Off the hot path; only reads.
 */
export class ProjectIndex implements vscode.Disposable {
  private readonly indexer: DocumentIndexer;
  private readonly files = new WorkspaceFiles(INDEX_LIMITS);
  private readonly edits = new Map<string, ReturnType<typeof setTimeout>>();
  private subscriptions: vscode.Disposable[] = [];
  private listing = new vscode.CancellationTokenSource();
  private listed: Promise<void> = Promise.resolve();
  private rulesTimer: ReturnType<typeof setTimeout> | undefined;
  private scope: ProjectScope = 'off';

  /** @param changed called when names have come or gone */
  constructor(
    vocabulary: Vocabulary,
    private readonly log: Log,
    changed: () => void,
  ) {
    this.indexer = new DocumentIndexer({ vocabulary, limits: INDEX_LIMITS, clock: REAL_CLOCK, changed });
  }

  /** Knows so much of the project from now on. */
  follow(scope: ProjectScope): void {
    if (scope === this.scope) return;
    this.scope = scope;
    this.stopWatching();
    if (scope !== 'workspace') this.forgetFiles();
    if (scope === 'off') return;
    for (const document of vscode.workspace.textDocuments) this.takeDocument(document);
    this.subscriptions = [this.watchDocuments(), ...(scope === 'workspace' ? [this.watchFiles()] : [])];
    if (scope === 'workspace') this.relist();
  }

  /** Resolves when all that is known of is taken in. */
  async idle(): Promise<void> {
    let listed;
    do {
      listed = this.listed;
      await listed;
      await this.indexer.idle();
      // The rules may have changed meanwhile: then a listing was given up for another one.
    } while (listed !== this.listed);
  }

  dispose(): void {
    this.stopWatching();
    this.indexer.dispose();
    this.listing.dispose();
  }

  private stopWatching(): void {
    this.listing.cancel();
    clearTimeout(this.rulesTimer);
    for (const timer of this.edits.values()) clearTimeout(timer);
    this.edits.clear();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.subscriptions = [];
  }

  /** Only open documents stay, or nothing. */
  private forgetFiles(): void {
    const open = new Set(this.scope === 'off' ? [] : openDocuments().map(({ uri }) => uri.toString()));
    for (const key of this.indexer.keysUnder('')) if (!open.has(key)) this.indexer.remove(key);
  }

  private watchDocuments(): vscode.Disposable {
    const { workspace } = vscode;
    return vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.takeDocument(document)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.takeSoon(document);
      }),
      workspace.onDidCloseTextDocument((document) => {
        if (document.isClosed) this.closed(document.uri);
      }),
    );
  }

  private watchFiles(): vscode.Disposable {
    const { workspace } = vscode;
    const watcher = workspace.createFileSystemWatcher('**/*');
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate((uri) => void this.created(uri)),
      watcher.onDidChange((uri) => this.changed(uri)),
      watcher.onDidDelete((uri) => this.deleted(uri)),
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) {
          this.deleted(oldUri);
          void this.created(newUri);
        }
      }),
      workspace.onDidChangeWorkspaceFolders(() => this.relistSoon()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('files.exclude') || event.affectsConfiguration('search.exclude'))
          this.relistSoon();
      }),
    );
  }

  private takeDocument(document: vscode.TextDocument): void {
    if (!isWritten(document)) return;
    const { uri } = document;
    const read = (): Promise<string | undefined> => {
      const text = document.isClosed ? '' : document.getText();
      return Promise.resolve(text.length > LONGEST_OPEN ? undefined : text);
    };
    this.indexer.add({ key: uri.toString(), fileName: fileNameOf(uri), read }, true);
  }

  private takeSoon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.edits.get(key));
    const take = (): void => {
      this.edits.delete(key);
      if (!document.isClosed) this.takeDocument(document);
    };
    this.edits.set(key, setTimeout(take, REST_AFTER_EDIT_MS));
  }

  /** What was typed and not saved is gone; the file itself is still a part of the workspace, unless it went before. */
  private closed(uri: vscode.Uri): void {
    if (this.scope === 'workspace' && this.files.counts(uri)) void this.created(uri);
    else this.indexer.remove(uri.toString());
  }

  private takeFile(uri: vscode.Uri): void {
    this.indexer.add({ key: uri.toString(), fileName: baseName(uri), read: () => this.files.read(uri) });
  }

  private async created(uri: vscode.Uri): Promise<void> {
    if (baseName(uri) === '.gitignore') this.relistSoon();
    if (!this.files.counts(uri) || isOpen(uri)) return;
    const { token } = this.listing;
    const type = await vscode.workspace.fs.stat(uri).then(
      (stat) => stat.type,
      // Gone again.
      () => vscode.FileType.Unknown,
    );
    if (token.isCancellationRequested) return;
    if (type === vscode.FileType.Unknown) this.indexer.remove(uri.toString());
    if (type & vscode.FileType.File) this.takeFile(uri);
    if (!(type & vscode.FileType.Directory)) return;
    for (const file of await this.files.under(uri, token)) if (!isOpen(file)) this.takeFile(file);
  }

  private changed(uri: vscode.Uri): void {
    if (baseName(uri) === '.gitignore') this.relistSoon();
    // What is open is known better than the file.
    if (this.files.counts(uri) && !isOpen(uri)) this.takeFile(uri);
  }

  private deleted(uri: vscode.Uri): void {
    if (baseName(uri) === '.gitignore') this.relistSoon();
    const key = uri.toString();
    if (!isOpen(uri)) this.indexer.remove(key);
    for (const inside of this.indexer.keysUnder(`${key}/`)) this.indexer.remove(inside);
  }

  private relistSoon(): void {
    clearTimeout(this.rulesTimer);
    this.rulesTimer = setTimeout(() => this.relist(), REST_AFTER_RULES_MS);
  }

  private relist(): void {
    this.listing.cancel();
    this.listing.dispose();
    this.listing = new vscode.CancellationTokenSource();
    const { token } = this.listing;
    this.listed = this.list(token).catch((error: unknown) => {
      this.log.warn(`The files of the workspace cannot be listed: ${String(error)}`);
    });
  }

  private async list(token: vscode.CancellationToken): Promise<void> {
    const found = await this.files.list(vscode.window.activeTextEditor?.document.uri, token);
    if (token.isCancellationRequested) return;
    const keys = new Set([...found, ...openDocuments().map(({ uri }) => uri)].map(String));
    for (const key of this.indexer.keysUnder('')) if (!keys.has(key)) this.indexer.remove(key);
    for (const uri of found) if (!isOpen(uri)) this.takeFile(uri);
  }
}
