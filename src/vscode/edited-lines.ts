import type * as vscode from 'vscode';
import type { TextChange } from '../core/anchor/anchor';
import { eolText } from './known-site';

/** Lines that an edit replaces by others. */
interface Stretch {
  /** 0-based, in the document. */
  readonly first: number;
  readonly last: number;
  readonly lines: readonly string[];
}

/** A place in a text, both 0-based. */
export interface LinePlace {
  readonly line: number;
  readonly character: number;
}

/** The lines of a document as an edit will leave them, or as they are; what the edit leaves alone is not copied. */
export class EditedLines {
  private readonly stretches: readonly Stretch[];
  /** Between two lines. */
  readonly lineEnd: string;
  readonly count: number;
  /** UTF-16 units of the whole text. */
  readonly length: number;

  /** @param changes ascending, apart from one another; their line ends are those of the document */
  constructor(
    private readonly document: vscode.TextDocument,
    changes: readonly TextChange[] = [],
  ) {
    this.lineEnd = eolText(document.eol);
    this.stretches = stretchesOf(document, changes);
    this.count = this.stretches.reduce((sum, one) => sum + growthOf(one), document.lineCount);
    const end = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
    this.length = changes.reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, end);
  }

  /** The first line that is not as it was; `undefined` if all are. */
  get firstChanged(): number | undefined {
    return this.stretches[0]?.first;
  }

  /** True if lines come or go: those behind have other numbers than before. */
  get isShifted(): boolean {
    return this.stretches.some((one) => growthOf(one) !== 0);
  }

  /** Of the lines that have the same number as before: those that are not as they were. */
  get changed(): readonly number[] {
    return this.stretches.flatMap(({ first, lines }) => lines.map((_, index) => first + index));
  }

  /** @param index 0-based @returns the line, without its end */
  line(index: number): string {
    let shift = 0;
    for (const stretch of this.stretches) {
      const inside = index - stretch.first - shift;
      if (inside < 0) break;
      const line = stretch.lines[inside];
      if (line !== undefined) return line;
      shift += growthOf(stretch);
    }
    return this.document.lineAt(index - shift).text;
  }

  /** Where a character of the text stands. @param offset UTF-16 units before it */
  placeOf(offset: number): LinePlace {
    let [shift, lines] = [0, 0];
    for (const stretch of this.stretches) {
      const start = this.document.offsetAt(this.document.lineAt(stretch.first).range.start) + shift;
      if (offset < start) break;
      let rest = offset - start;
      for (const [index, line] of stretch.lines.entries()) {
        if (rest <= line.length) return { line: stretch.first + lines + index, character: rest };
        rest -= line.length + this.lineEnd.length;
      }
      lines += growthOf(stretch);
      shift = offset - rest - this.document.offsetAt(this.document.lineAt(stretch.last).range.end);
      // The line end behind the stretch.
      shift -= this.lineEnd.length;
    }
    const { line, character } = this.document.positionAt(offset - shift);
    return { line: line + lines, character };
  }
}

function growthOf({ first, last, lines }: Stretch): number {
  return lines.length - (last - first + 1);
}

/** Changes that touch the same line are one stretch. */
function stretchesOf(document: vscode.TextDocument, changes: readonly TextChange[]): readonly Stretch[] {
  const groups: { first: number; last: number; text: string; end: vscode.Position }[] = [];
  for (const { rangeOffset, rangeLength, text } of changes) {
    const [start, end] = [document.positionAt(rangeOffset), document.positionAt(rangeOffset + rangeLength)];
    const group = groups.at(-1);
    const before = document.lineAt(start.line).text;
    if (group?.last === start.line) {
      group.text += before.slice(group.end.character, start.character) + text;
      [group.last, group.end] = [end.line, end];
    } else {
      const whole = before.slice(0, start.character) + text;
      groups.push({ first: start.line, last: end.line, text: whole, end });
    }
  }
  return groups.map(({ first, last, text, end }) => {
    const whole = text + document.lineAt(end.line).text.slice(end.character);
    return { first, last, lines: whole.split(/\r\n|\r|\n/) };
  });
}
