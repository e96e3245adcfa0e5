import * as vscode from 'vscode';
import { VIRTUAL_SCHEME } from '../run/virtual-folder';

/** Files that exist nowhere but in memory, as those of a repository that was opened without a copy of it. */
export class VirtualFiles implements vscode.FileSystemProvider {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  /** Paths of files that nobody may write. */
  readonly locked = new Set<string>();
  private readonly files = new Map<string, Uint8Array>();

  /** Writes a file and tells of it; its folders are those of its path. */
  write(path: string, text: string): void {
    this.store(path, Buffer.from(text));
  }

  /** What a file holds. */
  text(path: string): string {
    return Buffer.from(this.contentOf(path)).toString();
  }

  /** Takes a file, or a folder with all that is in it, away and tells of that one deletion. */
  remove(path: string): void {
    for (const file of [...this.files.keys()])
      if (file === path || file.startsWith(`${path}/`)) this.files.delete(file);
    this.tell(vscode.FileChangeType.Deleted, path);
  }

  /** Puts files into a new folder, and tells of the folder alone. */
  writeFolder(folder: string, files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) this.files.set(`${folder}/${name}`, Buffer.from(text));
    this.tell(vscode.FileChangeType.Created, folder);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const content = this.files.get(path);
    const times = { ctime: 0, mtime: 0 };
    if (!content && this.namesIn(path).size > 0)
      return { type: vscode.FileType.Directory, size: 0, ...times };
    const { length: size } = this.contentOf(path);
    const permissions = this.locked.has(path) ? { permissions: vscode.FilePermission.Readonly } : {};
    return { type: vscode.FileType.File, size, ...times, ...permissions };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    return this.contentOf(path);
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    if (this.locked.has(path)) throw vscode.FileSystemError.NoPermissions(path);
    this.store(path, content);
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    return [...this.namesIn(path)].map((name) => {
      const isFile = this.files.has(`${path === '/' ? '' : path}/${name}`);
      return [name, isFile ? vscode.FileType.File : vscode.FileType.Directory];
    });
  }

  createDirectory(): void {}

  delete({ path }: vscode.Uri): void {
    this.remove(path);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    const content = this.contentOf(from.path);
    this.remove(from.path);
    this.store(to.path, content);
  }

  private store(path: string, content: Uint8Array): void {
    const isNew = !this.files.has(path);
    this.files.set(path, content);
    this.tell(isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed, path);
  }

  private contentOf(path: string): Uint8Array {
    const content = this.files.get(path);
    if (!content) throw vscode.FileSystemError.FileNotFound(path);
    return content;
  }

  /** Names of the files and folders that lie in a folder itself. */
  private namesIn(folder: string): ReadonlySet<string> {
    const start = folder === '/' ? '/' : `${folder}/`;
    const inside = [...this.files.keys()].filter((path) => path.startsWith(start));
    return new Set(inside.map((path) => path.slice(start.length).split('/')[0]!));
  }

  private tell(type: vscode.FileChangeType, path: string): void {
    this.changes.fire([{ type, uri: vscode.Uri.from({ scheme: VIRTUAL_SCHEME, path }) }]);
  }
}
