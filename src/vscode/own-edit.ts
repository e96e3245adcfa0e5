import * as vscode from 'vscode';
import type { FittedText } from '../core/text/spacing';
import type { PlannedEdit } from './planned-edit';

/** One edit in an editor; false if it was refused. */
export async function editInEditor(
  editor: vscode.TextEditor,
  { document, changes }: PlannedEdit,
  stops: { undoStopBefore: boolean; undoStopAfter: boolean },
): Promise<boolean> {
  const ranges = changes.map((change) => rangeOf(document, change));
  const followed = ranges.some(
    (range) => editor.selection.isEmpty && range.contains(editor.selection.active),
  );
  const accepted = await editor
    .edit((builder) => {
      changes.forEach(({ text }, index) => {
        const range = ranges[index];
        // A caret at an insertion moves along.
        if (range?.isEmpty) builder.insert(range.start, text);
        else if (range) builder.replace(range, text);
      });
    }, stops)
    // It throws if the editor shows another file by now: the next attempt finds out.
    .then(undefined, () => false);
  if (!accepted) return false;
  collapseOnto(editor, document, changes);
  // A caret that follows the text stays in sight, as when typing.
  if (followed) editor.revealRange(editor.selection);
  return true;
}

/** A selection that was replaced selects the new text; the caret belongs behind it. */
function collapseOnto(
  editor: vscode.TextEditor,
  document: vscode.TextDocument,
  changes: PlannedEdit['changes'],
): void {
  if (editor.document !== document) return;
  const written = writtenRanges(document, changes);
  const isWritten = (selection: vscode.Selection) => written.some((range) => range.isEqual(selection));
  if (!editor.selections.some((selection) => !selection.isEmpty && isWritten(selection))) return;
  editor.selections = editor.selections.map((selection) =>
    isWritten(selection) ? new vscode.Selection(selection.end, selection.end) : selection,
  );
}

/** One edit of a document that no editor shows; an undo step of its own. */
export async function editUnseen({ document, changes }: PlannedEdit): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const change of changes) edit.replace(document.uri, rangeOf(document, change), change.text);
  return vscode.workspace.applyEdit(edit);
}

function rangeOf(
  document: vscode.TextDocument,
  { rangeOffset, rangeLength }: PlannedEdit['changes'][number],
): vscode.Range {
  return new vscode.Range(document.positionAt(rangeOffset), document.positionAt(rangeOffset + rangeLength));
}

/** Where the text of the changes stands once they are made. */
function writtenRanges(document: vscode.TextDocument, changes: PlannedEdit['changes']): vscode.Range[] {
  let delta = 0;
  return changes.map(({ rangeOffset, rangeLength, text }) => {
    const start = rangeOffset + delta;
    delta += text.length - rangeLength;
    return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
  });
}

/** Line ends as the document has them. */
export function withLineEnds(fitted: FittedText, document: vscode.TextDocument): FittedText {
  const lineEnd = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  return { ...fitted, text: fitted.text.replace(/\r\n?|\n/g, lineEnd) };
}

/** True if VS Code saves the document without being asked. */
export function savesByItself({ uri }: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('files', uri).get('autoSave') !== 'off';
}
