import * as vscode from 'vscode';
import { baseName } from './workspace-files';

/** What VS Code shows in editors without anybody having written it. */
const NOT_WRITTEN: ReadonlySet<string> = new Set([
  'output',
  'debug',
  'git',
  'vscode',
  'vscode-settings',
  'walkThrough',
]);

/** Documents that somebody writes, as far as one can tell. */
export function openDocuments(): readonly vscode.TextDocument[] {
  return vscode.workspace.textDocuments.filter(isWritten);
}

/** True for a document that somebody writes, and that is not closed. */
export function isWritten({ uri, isClosed }: vscode.TextDocument): boolean {
  return !isClosed && !NOT_WRITTEN.has(uri.scheme);
}

/** True if somebody writes a document of that address. */
export function isOpen(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return openDocuments().some((document) => document.uri.toString() === key);
}

/** What one would say for a document; a document that was never saved has no such name. */
export function fileNameOf(uri: vscode.Uri): string {
  return uri.scheme === 'untitled' ? '' : baseName(uri);
}
