import { createHash } from 'node:crypto';
import type * as vscode from 'vscode';
import type { TextId } from '../core/anchor/draft-states';
import { EditedLines } from './edited-lines';

/**
 * Lines that are hashed together. A draft changes one line or two: in a file of five million characters it costs a hash of so
 * many lines, and one of the hashes of all the others.
 */
const LINES = 128;

/**
 * Tells a document from any other text, and goes on doing so at the cost of the lines that change; when lines come or go, at
 * the cost of those behind them. A hash of hashes of so many lines each, so that it depends on nothing but the text.
 */
export class DocumentDigest {
  /** Of the lines from {@link LINES} times the index on; missing behind the end where they are not known. */
  private readonly hashes: (string | undefined)[] = [];
  private version: number;

  constructor(private readonly document: vscode.TextDocument) {
    this.version = document.version;
  }

  /** The document has just changed. Without it, its next id costs a look at everything. */
  follow(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const { version } = this.document;
    const isNext = version === this.version + 1;
    if (version !== this.version && !isNext) this.hashes.length = 0;
    if (isNext) for (const change of changes) this.forget(change);
    this.version = version;
  }

  /** Of the document as it is; it must be open. */
  id(): TextId {
    if (this.document.version !== this.version) this.hashes.length = 0;
    this.version = this.document.version;
    const lines = new EditedLines(this.document);
    const count = Math.ceil(lines.count / LINES);
    this.hashes.length = count;
    for (let index = 0; index < count; index++) this.hashes[index] ??= hashOfChunk(lines, index);
    return { length: lines.length, hash: hashOf(this.hashes.join()) };
  }

  /** Of the document, which must be open, as an edit will leave it. @param after made of the document as it is */
  idAfter(after: EditedLines): TextId {
    this.id();
    const { firstChanged = after.count } = after;
    const known = after.isShifted ? this.hashes.slice(0, Math.floor(firstChanged / LINES)) : [...this.hashes];
    if (!after.isShifted) for (const line of after.changed) known[Math.floor(line / LINES)] = undefined;
    const hashes = Array.from(
      { length: Math.ceil(after.count / LINES) },
      (_, index) => known[index] ?? hashOfChunk(after, index),
    );
    return { length: after.length, hash: hashOf(hashes.join()) };
  }

  private forget({ range: { start, end }, text }: vscode.TextDocumentContentChangeEvent): void {
    const index = Math.floor(start.line / LINES);
    const isOneLine = start.line === end.line && !/[\r\n]/.test(text);
    if (!isOneLine) this.hashes.length = Math.min(this.hashes.length, index);
    else if (index < this.hashes.length) this.hashes[index] = undefined;
  }
}

/** Of so many lines of a text. @param count at least 1; there are so many from `first` on */
export function hashOfLines(
  lines: Pick<EditedLines, 'line' | 'lineEnd'>,
  first: number,
  count: number,
): string {
  // Each line with its end: no two rows of lines have the same text.
  const texts = Array.from({ length: count }, (_, index) => lines.line(first + index) + lines.lineEnd);
  return hashOf(texts.join(''));
}

function hashOfChunk(lines: EditedLines, index: number): string {
  const first = index * LINES;
  return hashOfLines(lines, first, Math.min(LINES, lines.count - first));
}

/** In UTF-16: two texts with different halves of characters would be the same in UTF-8. */
function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('base64url');
}
