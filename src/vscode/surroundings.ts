import * as vscode from 'vscode';
import type { TextPlace } from '../core/text/wording';

/** Lines above a place that tell whether it is in a comment or a string; long comments are known by their own lines. */
const LINES_ABOVE = 60;
/** Lines below, for a block comment that began out of sight. */
const LINES_BELOW = 10;
/** Minified files have lines without end. */
const MOST_CHARACTERS = 4_000;

/** The text on both sides of a range, as the rules want it: line ends are `\n`. */
export function surroundings(document: vscode.TextDocument, { start, end }: vscode.Range): TextPlace {
  const before = new vscode.Range(Math.max(0, start.line - LINES_ABOVE), 0, start.line, start.character);
  const after = new vscode.Range(end, document.lineAt(lastLine(document, end.line + LINES_BELOW)).range.end);
  return {
    before: wholeLines(plainLineEnds(document.getText(before))),
    after: plainLineEnds(document.getText(after)).slice(0, MOST_CHARACTERS),
    languageId: document.languageId,
  };
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
