import * as vscode from 'vscode';
import { DictationError } from '../core/errors';

/** Documents of these kinds are shown in editors but belong to VS Code itself and take no edits. */
const UNEDITABLE_SCHEMES: ReadonlySet<string> = new Set(['output', 'debug', 'git', 'vscode-settings']);

/**
 * The editor to dictate into: the active one.
 * @throws DictationError area `usage` if there is none
 */
export function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (editor) return editor;
  if (isTextInFront()) throw keptFromExtensions();
  throw new DictationError(
    'usage',
    'no-editor',
    'There is no text editor to dictate into.',
    'Open a file, put the cursor where the words should go, and start again.',
  );
}

/** True if the tab in front is one of text: extensions are given its editor, unless the file is too large, or cannot be shown. */
function isTextInFront(): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputTextDiff;
}

function keptFromExtensions(): DictationError {
  return new DictationError(
    'usage',
    'no-shared-editor',
    'VS Code does not let extensions write into the file in front: it is larger than 50 MB, or cannot be shown as text.',
    'Dictate into another file; or put the keyboard outside of editors, e.g. into the Explorer, and press the dictation key: the words go to the clipboard then.',
  );
}

/**
 * Makes sure, as far as can be known beforehand, that a document takes edits.
 * @throws DictationError area `usage` if it is read-only
 */
export async function checkWritable({ uri }: vscode.TextDocument): Promise<void> {
  if (!(await isReadOnly(uri))) return;
  throw new DictationError(
    'usage',
    'read-only',
    'This document is read-only.',
    'Dictate into one that can be edited.',
  );
}

async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  if (UNEDITABLE_SCHEMES.has(uri.scheme)) return true;
  if (uri.scheme === 'untitled') return false;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch {
    // Not on disk yet, or a scheme without a file system behind it: the edit itself will show.
    return false;
  }
}
