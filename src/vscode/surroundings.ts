import * as vscode from 'vscode';
import type { TextPlace } from '../core/text/wording';

/** Lines above a place that tell whether it is in a comment or a string; long comments are known by their own lines. */
const LINES_ABOVE = 60;
/** Lines below, for a block comment that began out of sight. */
const LINES_BELOW = 10;
/** Minified files have lines without end. */
const MOST_CHARACTERS = 4_000;
/** Line ends may be two characters, of which one counts. Even if all were, enough is read. */
const MOST_READ = 2 * MOST_CHARACTERS + 1;

/** VS Code's own defaults. */
const DEFAULT_COLUMN = 80;
const DEFAULT_TAB_SIZE = 4;
/** Languages whose last ruler counts: `git-commit` has one for the first line and one for all others. */
const LAST_RULER: ReadonlySet<string> = new Set(['git-commit', 'scminput']);
/** Where lines of a commit message end by convention, if no ruler says otherwise. */
const COMMIT_COLUMN = 72;

/**
 * The text on both sides of a range, as the rules want it: line ends are `\n`. With the ruler of the document: the first
 * one, or the column at which its lines wrap.
 */
export function surroundings(document: vscode.TextDocument, { start, end }: vscode.Range): TextPlace {
  const above = new vscode.Position(Math.max(0, start.line - LINES_ABOVE), 0);
  const below = document.lineAt(lastLine(document, end.line + LINES_BELOW)).range.end;
  // Asked several times for each draft: of a line without end no more is read than is wanted.
  const from = later(above, moved(document, start, -MOST_READ));
  const to = earlier(below, moved(document, end, MOST_READ));
  return {
    before: wholeLines(plainLineEnds(document.getText(new vscode.Range(from, start)))),
    after: plainLineEnds(document.getText(new vscode.Range(end, to))).slice(0, MOST_CHARACTERS),
    languageId: document.languageId,
    ...layout(document),
  };
}

function layout(document: vscode.TextDocument): Required<Pick<TextPlace, 'ruler' | 'tabSize'>> {
  const editor = vscode.workspace.getConfiguration('editor', document);
  const rulers = editor.get<readonly unknown[]>('rulers', []).map(columnOf).filter(isColumn);
  const isCommit = LAST_RULER.has(document.languageId);
  const byDefault = isCommit ? COMMIT_COLUMN : editor.get<number>('wordWrapColumn', DEFAULT_COLUMN);
  const shown = vscode.window.visibleTextEditors.find((one) => one.document === document);
  // `options` of an editor are numbers; only in settings it may also say "auto".
  const tabSize = Number(shown?.options.tabSize ?? editor.get('tabSize'));
  return {
    ruler: rulers.at(isCommit ? -1 : 0) ?? byDefault,
    tabSize: Number.isInteger(tabSize) && tabSize > 0 ? tabSize : DEFAULT_TAB_SIZE,
  };
}

/** A ruler is a column, or an object with one. */
function columnOf(ruler: unknown): unknown {
  return typeof ruler === 'object' && ruler !== null && 'column' in ruler ? ruler.column : ruler;
}

function isColumn(column: unknown): column is number {
  return typeof column === 'number' && column > 0;
}

function moved(document: vscode.TextDocument, position: vscode.Position, by: number): vscode.Position {
  return document.positionAt(Math.max(0, document.offsetAt(position) + by));
}

function later(a: vscode.Position, b: vscode.Position): vscode.Position {
  return a.isAfter(b) ? a : b;
}

function earlier(a: vscode.Position, b: vscode.Position): vscode.Position {
  return a.isBefore(b) ? a : b;
}

function lastLine(document: vscode.TextDocument, line: number): number {
  return Math.min(document.lineCount - 1, line);
}

/** The end of a long text, from the start of a line if one is near. */
function wholeLines(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const end = text.slice(-MOST_CHARACTERS);
  const lineEnd = end.indexOf('\n');
  return lineEnd === -1 ? end : end.slice(lineEnd + 1);
}

function plainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
