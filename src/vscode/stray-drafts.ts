import type * as vscode from 'vscode';

/** Where a `DraftRecord` keeps what it remembers. */
export const DRAFTS_KEY = 'draftsInDocuments';

/** True if a former window has left drafts in documents, which are to be taken out. Needs none of what that takes. */
export function areDraftsLeft(memory: vscode.Memento): boolean {
  return memory.get(DRAFTS_KEY) !== undefined;
}
