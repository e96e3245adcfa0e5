import fs from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/**
 * `tandem-test:/…` leads to a folder that `TANDEM_TEST_FILES` names, so that a test sees what was written; nothing but this
 * provider knows that it is there.
 */
export function activate(/** @type {vscode.ExtensionContext} */ context) {
  const root = process.env['TANDEM_TEST_FILES'] ?? '';
  const at = (/** @type {vscode.Uri} */ uri) => path.join(root, uri.path);
  const changes = new vscode.EventEmitter();
  /**
   * @template T
   * @param {vscode.Uri} uri
   * @param {(file: string) => Promise<T>} work
   */
  const found = (uri, work) =>
    work(at(uri)).catch(() => {
      throw vscode.FileSystemError.FileNotFound(uri);
    });
  /** @type {vscode.FileSystemProvider} */
  const provider = {
    onDidChangeFile: /** @type {vscode.Event<vscode.FileChangeEvent[]>} */ (changes.event),
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) =>
      found(uri, async (file) => {
        const { ctimeMs: ctime, mtimeMs: mtime, size, isDirectory } = await statOf(file);
        return { type: isDirectory ? vscode.FileType.Directory : vscode.FileType.File, ctime, mtime, size };
      }),
    readDirectory: (uri) =>
      found(uri, async (folder) =>
        (await fs.readdir(folder, { withFileTypes: true })).map((entry) => [
          entry.name,
          entry.isDirectory() ? vscode.FileType.Directory : vscode.FileType.File,
        ]),
      ),
    readFile: (uri) => found(uri, (file) => fs.readFile(file)),
    writeFile: (uri, content) => found(uri, (file) => fs.writeFile(file, content)),
    createDirectory: (uri) => found(uri, (folder) => fs.mkdir(folder)),
    delete: (uri) => found(uri, (file) => fs.rm(file, { recursive: true })),
    rename: (from, to) => found(from, (file) => fs.rename(file, at(to))),
  };
  context.subscriptions.push(changes, vscode.workspace.registerFileSystemProvider('tandem-test', provider));
}

/** @param {string} file */
async function statOf(file) {
  const stat = await fs.stat(file);
  return { ...stat, isDirectory: stat.isDirectory() };
}
