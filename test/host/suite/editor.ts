import path from 'node:path';
import * as vscode from 'vscode';

/**
 * Opens a new file of the workspace with `content` in an editor; `|` marks the cursor (first place if there is none).
 * Opened as a user does: documents that an extension opens stay open for minutes behind a closed tab.
 */
export async function openFile(name: string, content: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('The tests need a workspace folder.');
  const uri = vscode.Uri.joinPath(folder, name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(content.replace('|', '')));
  await vscode.commands.executeCommand('vscode.open', uri);
  const isOpen = () => vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
  await until(`${name} is open`, isOpen);
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error('No editor is active.');
  placeCursor(editor, Math.max(0, content.indexOf('|')));
  return editor;
}

/** Puts a single cursor at a character offset. */
export function placeCursor(editor: vscode.TextEditor, offset: number): void {
  const position = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(position, position);
}

/** Types as a user does: auto-closing, undo groups and all. */
export async function type(text: string): Promise<void> {
  await vscode.commands.executeCommand('type', { text });
}

/** One step back in the active editor. */
export async function undo(): Promise<void> {
  await vscode.commands.executeCommand('undo');
}

/** Replaces characters of a document without an editor, as a formatter or another extension does. */
export async function replace(
  document: vscode.TextDocument,
  ...changes: readonly (readonly [start: number, end: number, text: string])[]
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const [start, end, text] of changes) {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    edit.replace(document.uri, range, text);
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('The edit was refused.');
}

/** Closes every editor without saving. */
export async function closeEditors(): Promise<void> {
  for (const editor of vscode.window.visibleTextEditors) {
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Resolves once `condition` holds; looks again at each of the editor's events and, for all else, every 20 ms. */
export async function until(what: string, condition: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A file of the repository, found from the bundle in `out/host`. */
export function repositoryFile(...names: string[]): string {
  return path.join(__dirname, '..', '..', ...names);
}
