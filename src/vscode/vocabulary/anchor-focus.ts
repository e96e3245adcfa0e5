import * as vscode from 'vscode';
import { namesIn } from '../../core/vocabulary/names';
import type { Focus } from '../../core/vocabulary/focus';
import { openDocuments } from './written-documents';

/** Lines around the cursor whose names are near, and lines of an enclosing symbol that count at most. */
const NEAR_LINES = 25;
const MOST_SYMBOL_LINES = 300;
/** A longer line was not written by hand. Characters of the surroundings altogether. */
const MOST_NEAR_CHARACTERS = 40_000;

/** Where one dictates: the document, names near the cursor, what else is open. Without symbols, since those take time. */
export function focusAt({ document, selection }: vscode.TextEditor): Focus {
  const { line } = selection.active;
  const range = linesAround(document, line - NEAR_LINES, line + NEAR_LINES);
  return focusOf(document, textIn(document, range));
}

/**
 * The same, with the names of the function or class around the cursor and of its neighbours, as far as a language
 * extension tells them.
 */
export async function symbolFocusAt(editor: vscode.TextEditor): Promise<Focus> {
  const { document, selection } = editor;
  const near = focusAt(editor);
  const symbols = await documentSymbols(document.uri);
  if (symbols.length === 0 || document.isClosed) return near;
  const names = new Set(near.near);
  let level: readonly vscode.DocumentSymbol[] = symbols;
  let innermost: vscode.DocumentSymbol | undefined;
  while (level.length > 0) {
    for (const { name } of level) for (const part of namesIn(name).keys()) names.add(part);
    const around: vscode.DocumentSymbol | undefined = level.find(({ range }) =>
      range.contains(selection.active),
    );
    innermost = around ?? innermost;
    level = around?.children ?? [];
  }
  if (innermost) {
    const { start, end } = innermost.range;
    const first = Math.max(start.line, selection.active.line - MOST_SYMBOL_LINES / 2);
    const range = linesAround(document, first, Math.min(end.line, first + MOST_SYMBOL_LINES));
    for (const name of namesIn(textIn(document, range)).keys()) names.add(name);
  }
  return { ...near, near: names };
}

function focusOf(document: vscode.TextDocument, near: string): Focus {
  return {
    document: document.uri.toString(),
    near: new Set(namesIn(near).keys()),
    openDocuments: new Set(openDocuments().map(({ uri }) => uri.toString())),
  };
}

function linesAround(document: vscode.TextDocument, first: number, last: number): vscode.Range {
  const end = document.lineAt(Math.min(Math.max(last, 0), document.lineCount - 1)).range.end;
  return new vscode.Range(Math.max(0, first), 0, end.line, end.character);
}

function textIn(document: vscode.TextDocument, range: vscode.Range): string {
  return document.getText(range).slice(0, MOST_NEAR_CHARACTERS);
}

/** Flat lists, as old language extensions tell them, say nothing of what is inside what: they are left out. */
async function documentSymbols(uri: vscode.Uri): Promise<readonly vscode.DocumentSymbol[]> {
  try {
    const found = await vscode.commands.executeCommand<
      (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
    >('vscode.executeDocumentSymbolProvider', uri);
    return (found ?? []).filter((symbol): symbol is vscode.DocumentSymbol => 'children' in symbol);
  } catch {
    // A language extension that fails tells no names.
    return [];
  }
}
