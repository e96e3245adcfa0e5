import type * as vscode from 'vscode';
import type { TextChange } from '../../../../src/core/anchor/anchor';

/** A document without an editor: its text, and its changes as VS Code tells them. */
export class PlainDocument {
  version = 1;

  /** @param lineEnd of all its lines */
  constructor(
    private text: string,
    private readonly lineEnd: '\n' | '\r\n' = '\n',
  ) {}

  get eol(): number {
    return this.lineEnd === '\n' ? 1 : 2;
  }
  get lineCount(): number {
    return this.lines.length;
  }
  getText(): string {
    return this.text;
  }
  lineAt(line: number) {
    const text = this.lines[line];
    if (text === undefined) throw new Error(`There is no line ${line}.`);
    return { text, range: { start: { line, character: 0 }, end: { line, character: text.length } } };
  }
  offsetAt({ line, character }: { readonly line: number; readonly character: number }): number {
    const before = this.lines.slice(0, line);
    return before.reduce((sum, one) => sum + one.length + this.lineEnd.length, character);
  }
  positionAt(offset: number) {
    let rest = offset;
    const line = this.lines.findIndex((one) => {
      if (rest <= one.length) return true;
      rest -= one.length + this.lineEnd.length;
      return false;
    });
    if (line === -1) throw new Error(`There is no offset ${offset}.`);
    return { line, character: rest };
  }

  /** @param changes ascending, apart from one another @returns what VS Code tells of it */
  edit(changes: readonly TextChange[]): readonly vscode.TextDocumentContentChangeEvent[] {
    const told = changes.map(({ rangeOffset, rangeLength, text }) => ({
      range: { start: this.positionAt(rangeOffset), end: this.positionAt(rangeOffset + rangeLength) },
      rangeOffset,
      rangeLength,
      text,
    }));
    this.text = changes.reduceRight(
      (rest, { rangeOffset: start, rangeLength, text }) =>
        rest.slice(0, start) + text + rest.slice(start + rangeLength),
      this.text,
    );
    this.version++;
    return [...told].reverse() as unknown as readonly vscode.TextDocumentContentChangeEvent[];
  }

  /** For whoever takes any document of VS Code. */
  get asDocument(): vscode.TextDocument {
    return this as unknown as vscode.TextDocument;
  }

  private get lines(): readonly string[] {
    return this.text.split(this.lineEnd);
  }
}
