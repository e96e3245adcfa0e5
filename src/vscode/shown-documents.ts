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

/** The document of this URI, if VS Code has it open. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((one) => one.uri.toString() === key && !one.isClosed);
}

/** The notebook of whose cells a document is one. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  return vscode.workspace.notebookDocuments.find((one) =>
    one.getCells().some((cell) => cell.document === document),
  );
}

/** What a tab shows when one sees this document: its file; for the cell of a notebook the notebook. */
export function fileOf(document: vscode.TextDocument): vscode.Uri {
  return notebookOf(document)?.uri ?? document.uri;
}

/** True if an editor shows a document, or a tab does that may be behind others. */
export function isShown(document: vscode.TextDocument): boolean {
  const file = fileOf(document).toString();
  const isIt = (one: vscode.Uri) => one.toString() === file;
  return (
    vscode.window.visibleTextEditors.some(
      (editor) => editor.document.uri.toString() === document.uri.toString(),
    ) || vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => filesOf(tab).some(isIt)))
  );
}

/**
 * True if a document is open for VS Code only: nothing shows it, and its file is gone. VS Code keeps what an extension has
 * opened for minutes after its tab was closed; what is written there would never be seen again.
 */
export async function isAdrift(document: vscode.TextDocument): Promise<boolean> {
  if (isShown(document)) return false;
  try {
    await vscode.workspace.fs.stat(fileOf(document));
    return false;
  } catch (error) {
    // Whatever else went wrong: the file may be there, or was never one.
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
  }
}
