import type * as vscode from 'vscode';
import type { DraftState } from '../core/anchor/draft-states';
import type { DraftLines } from './draft-lines';

/** A state that a document may be brought back in, with drafts. */
export interface LeftDraft extends DraftState {
  /** Of the document, as a string. */
  readonly uri: string;
  /** The lines around each of its drafts, if this is how the document was last; else none. */
  readonly lines: readonly DraftLines[];
}

/** Those of all documents; of each, newest first. What was said is in the history only, if the user wants one. */
export type LeftDrafts = readonly LeftDraft[];

/** Where a `DraftMemory` keeps it. */
export const DRAFTS_KEY = 'draftsInDocuments';

/** True if a former window has left drafts in documents, which are to be taken out. Needs none of what that takes. */
export function areDraftsLeft(memory: vscode.Memento): boolean {
  return memory.get(DRAFTS_KEY) !== undefined;
}
