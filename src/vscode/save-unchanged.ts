import * as vscode from 'vscode';
import { differenceOf } from '../core/text/difference';

/**
 * Makes a document clean that counts as changed although it holds what its file holds: a draft stood there, and went by an
 * edit. VS Code undoes and reverts only where the keyboard is, and its other way to say that nothing is to be saved is to
 * save. That is done only if it writes the very bytes that the file has; what formatters change on the occasion is put
 * back. Where neither is possible (no file, line ends of both kinds, characters that its encoding does not have), the
 * document goes on counting as changed. Never rejects.
 */
export async function saveUnchanged(document: vscode.TextDocument): Promise<void> {
  const { uri, version } = document;
  // An unsaved document would ask for a name.
  if (document.isUntitled) return;
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const isAsBefore = areSame(bytes, await bytesOf(document));
    if (isAsBefore && isToBeSaved(document) && document.version === version) await save(document, bytes);
  } catch {
    // The file is gone or out of reach, or takes nothing.
  }
}

/** Saves a document; what formatters change on the occasion is put back. Never rejects. */
export async function saveUnformatted(document: vscode.TextDocument): Promise<void> {
  try {
    await save(document, await bytesOf(document));
  } catch {
    // VS Code has told why it cannot be saved.
  }
}

/**
 * Makes a document hold what its file holds, and clean. For one whose unsaved changes are nobody's: they are gone after. VS
 * Code lets a document be saved whose file has changed since, if that writes what the file holds. Never rejects.
 */
export async function readAnew(document: vscode.TextDocument): Promise<void> {
  const { uri, version, encoding } = document;
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const text = await vscode.workspace.decode(bytes, { encoding });
    // What was written meanwhile is somebody's.
    if (document.version !== version) return;
    const { start, end, text: replacement } = differenceOf(document.getText(), text);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), replacement);
    if (await vscode.workspace.applyEdit(edit)) await saveUnchanged(document);
  } catch {
    // The file is gone or out of reach.
  }
}

/** Saves a document; if its file does not hold `bytes` after, but what the document holds, they are put there. */
async function save(document: vscode.TextDocument, bytes: Uint8Array): Promise<void> {
  const { uri, version } = document;
  const { fs } = vscode.workspace;
  if (!(await document.save()) || document.version === version) return;
  const written = await fs.readFile(uri);
  // What anybody else has written since is theirs.
  const isFormatted = !areSame(written, bytes) && areSame(written, await bytesOf(document));
  // Without unsaved changes: VS Code reads the file anew.
  if (isFormatted && !document.isDirty) await fs.writeFile(uri, bytes);
}

function isToBeSaved(document: vscode.TextDocument): boolean {
  return document.isDirty && !document.isClosed;
}

/** What saving a document would write. */
function bytesOf(document: vscode.TextDocument): Thenable<Uint8Array> {
  return vscode.workspace.encode(document.getText(), { encoding: document.encoding });
}

function areSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
