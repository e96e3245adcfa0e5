import path from 'node:path';
import * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import {
  readOwnWords,
  readWordFile,
  type OwnWord,
  type OwnWords,
  type WordProblem,
} from '../../core/vocabulary/own-words';
import { openSettings } from '../commands';
import { t } from '../l10n';
import { settingChanges } from '../setting-changes';
import { SECTION } from '../settings';
import { problemText, WORD_FILE, WORD_SETTING } from './word-problems';

/** A folder that is deleted does not tell of the files in it. */
const WATCHED = `{${path.posix.dirname(WORD_FILE)},${WORD_FILE}}`;
/** A list of 2,000 words is far smaller. */
const MOST_BYTES = 256 * 1024;

/**
 * The words that the user and the project have listed, as they are now; what is wrong with them is told once. What a workspace
 * lists counts only if the user trusts it: it decides what is written, in terminals too.
 */
export class OwnWordLists implements vscode.Disposable {
  private readonly files = new Map<string, readonly OwnWord[]>();
  private readonly told = new Set<string>();
  private readonly subscriptions: vscode.Disposable[] = [];
  private watchers: vscode.Disposable[] = [];
  private fromSettings: readonly OwnWord[] = [];
  private reading: Promise<unknown> = Promise.resolve();
  private disposed = false;

  /** @param changed called with all words whenever they have changed */
  constructor(
    private readonly changed: (words: readonly OwnWord[]) => void,
    private readonly log: Log,
    private readonly isTrusted: () => boolean = () => vscode.workspace.isTrusted,
  ) {
    const { workspace } = vscode;
    const changes = settingChanges(WORD_SETTING).subscribe(() => this.readSettings());
    this.subscriptions.push(
      { dispose: () => changes.unsubscribe() },
      workspace.onDidChangeWorkspaceFolders(() => this.watchFiles()),
      workspace.onDidGrantWorkspaceTrust(() => {
        this.readSettings();
        this.watchFiles();
      }),
    );
    this.readSettings();
    this.watchFiles();
  }

  /** Resolves when all files that are known of are read. */
  async idle(): Promise<void> {
    await this.reading;
  }

  dispose(): void {
    this.disposed = true;
    vscode.Disposable.from(...this.subscriptions, ...this.watchers).dispose();
  }

  private tell(): void {
    if (!this.disposed) this.changed([...this.fromSettings, ...[...this.files.values()].flat()]);
  }

  /** VS Code lets a workspace's list hide the user's; here they add up. */
  private readSettings(): void {
    const found = vscode.workspace.getConfiguration(SECTION).inspect<unknown>(WORD_SETTING);
    const fromWorkspace = this.isTrusted() ? [found?.workspaceValue, found?.workspaceFolderValue] : [];
    const lists = [found?.globalValue, ...fromWorkspace];
    const read = lists.filter(Array.isArray).map((list: readonly unknown[]) => readOwnWords(list));
    this.fromSettings = read.flatMap(({ words }) => words);
    for (const { problems } of read) this.report(problems);
    this.tell();
  }

  private watchFiles(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.files.clear();
    const folders = this.isTrusted() ? vscode.workspace.workspaceFolders : undefined;
    this.watchers = (folders ?? []).map((folder) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, WATCHED));
      const file = vscode.Uri.joinPath(folder.uri, WORD_FILE);
      const read = (): void => this.readSoon(file);
      watcher.onDidCreate(read);
      watcher.onDidChange(read);
      watcher.onDidDelete(read);
      read();
      return watcher;
    });
    this.tell();
  }

  /** One after the other, so that the latest content wins. */
  private readSoon(file: vscode.Uri): void {
    this.reading = this.reading.then(() => this.read(file));
  }

  private async read(file: vscode.Uri): Promise<void> {
    const { words, problems } = await this.wordsIn(file);
    if (this.disposed) return;
    this.files.set(file.toString(), words);
    this.report(problems, file);
    this.tell();
  }

  private async wordsIn(file: vscode.Uri): Promise<OwnWords> {
    try {
      const bytes = await vscode.workspace.fs.readFile(file);
      return readWordFile(new TextDecoder().decode(bytes.subarray(0, MOST_BYTES)));
    } catch (error) {
      const missing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
      // The path is the same in every project.
      if (!missing) this.log.warn(`${WORD_FILE} cannot be read: ${String(error)}`);
      return { words: [], problems: [] };
    }
  }

  /** Each problem is told once in a window, with a button that leads to it. */
  private report(problems: readonly WordProblem[], file?: vscode.Uri): void {
    const fresh = problems.filter((problem) => {
      const key = `${file?.toString() ?? ''} ${problem.reason} ${problem.entry}`;
      const isNew = !this.told.has(key);
      this.told.add(key);
      return isNew;
    });
    const [first] = fresh;
    if (first) void show(first, fresh.length - 1, file);
  }
}

async function show(problem: WordProblem, more: number, file: vscode.Uri | undefined): Promise<void> {
  const open = t('Open');
  const text = [problemText(problem, file, t), more > 0 ? t('{0} more entries are wrong.', more) : ''];
  const chosen = await vscode.window.showWarningMessage(text.filter(Boolean).join(' '), open);
  if (chosen !== open) return;
  if (!file) {
    await openSettings(`${SECTION}.${WORD_SETTING}`);
    return;
  }
  const position = new vscode.Position(problem.line - 1, 0);
  await vscode.window.showTextDocument(file, { selection: new vscode.Range(position, position) });
}
