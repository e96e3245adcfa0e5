import * as vscode from 'vscode';

/** URI scheme of terminals, boxes and the clipboard in the history: no document can be opened there again. */
export const LINE_SCHEME = 'tandem-line';

/** What the history knows such a place by. */
export function lineUri(name: string): string {
  return vscode.Uri.from({ scheme: LINE_SCHEME, path: `/${name}` }).toString();
}

/** Schemes of the documents behind those inputs of VS Code that extensions can edit. */
export const INPUT_SCHEMES = { commit: 'vscode-scm', comment: 'comment' } as const;

/** Schemes of files on a disk: of this computer, or of the one that the window works on (SSH, WSL, containers). */
export const DISK_SCHEMES: ReadonlySet<string> = new Set(['file', 'vscode-remote']);
