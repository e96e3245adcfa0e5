import * as vscode from 'vscode';

/** Files that a tab shows; none for a kind of tab that extensions are told nothing about. */
export function filesOf({ input }: vscode.Tab): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputTextDiff || input instanceof vscode.TabInputNotebookDiff)
    return [input.original, input.modified];
  const isOne =
    input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputCustom ||
    input instanceof vscode.TabInputNotebook;
  return isOne ? [input.uri] : [];
}

/** True if an editor shows a file, or a tab does that may be behind others. */
export function isShown(uri: vscode.Uri): boolean {
  const key = uri.toString();
  const isIt = (one: vscode.Uri) => one.toString() === key;
  return (
    vscode.window.visibleTextEditors.some(({ document }) => isIt(document.uri)) ||
    vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => filesOf(tab).some(isIt)))
  );
}

/**
 * True if a document is open for VS Code only: nothing shows it, and its file is gone. VS Code keeps what an extension has
 * opened for minutes after its tab was closed; what is written there would never be seen again.
 */
export async function isAdrift({ uri }: vscode.TextDocument): Promise<boolean> {
  if (isShown(uri)) return false;
  try {
    await vscode.workspace.fs.stat(uri);
    return false;
  } catch (error) {
    // Whatever else went wrong: the file may be there, or was never one.
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
  }
}
