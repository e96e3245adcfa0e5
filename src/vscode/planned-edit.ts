import * as vscode from 'vscode';
import type { TextChange } from '../core/anchor/anchor';
import type { Site } from '../core/anchor/site';

/** An edit of our own, ready to be applied. */
export interface PlannedEdit {
  readonly document: vscode.TextDocument;
  /** Ascending, apart from one another. */
  readonly changes: readonly TextChange[];
  readonly after: readonly Site[];
}

/**
 * True if `changes`, which the document has just seen, are those of `edit`. VS Code may split an edit, join its parts or
 * leave out what stays the same, so its outcome is compared: as many characters more, and our text where it belongs.
 */
export function isOutcomeOf(edit: PlannedEdit, changes: readonly TextChange[]): boolean {
  if (growth(changes) !== growth(edit.changes)) return false;
  const inside = ({ rangeOffset, rangeLength }: TextChange) =>
    edit.changes.some(
      (one) =>
        one.rangeOffset <= rangeOffset && rangeOffset + rangeLength <= one.rangeOffset + one.rangeLength,
    );
  if (!changes.every(inside)) return false;
  const { document } = edit;
  let delta = 0;
  return edit.changes.every(({ rangeOffset, rangeLength, text }) => {
    const start = rangeOffset + delta;
    delta += text.length - rangeLength;
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
    return document.getText(range) === text;
  });
}

function growth(changes: readonly TextChange[]): number {
  return changes.reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, 0);
}
