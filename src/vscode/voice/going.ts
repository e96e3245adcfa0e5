import * as vscode from 'vscode';
import { t } from '../l10n';
import type { Outcome, VoicePlace } from './voice-place';
import { linesOf } from './words-and-lines';

/** Goes to the first character of each line, or behind its last one. */
export function goToLineEdge(place: VoicePlace, edge: 'start' | 'end'): Outcome {
  const { document } = place;
  place.goTo(
    linesOf(place).map((line) => {
      const { firstNonWhitespaceCharacterIndex: indent, range } = document.lineAt(line);
      const at = edge === 'end' ? range.end : new vscode.Position(line, indent);
      return new vscode.Selection(at, at);
    }),
  );
  return undefined;
}

/** @param line counted from 1 */
export function goToLine(place: VoicePlace, line: number): Outcome {
  const { document } = place;
  if (line > document.lineCount) return t('This document has {0} lines only.', document.lineCount);
  const at = new vscode.Position(line - 1, document.lineAt(line - 1).firstNonWhitespaceCharacterIndex);
  place.goTo([new vscode.Selection(at, at)]);
  return undefined;
}

/** Goes down, or up if `lines` is negative, as the arrow keys do: as far as there are lines, in the same column if there is one. */
export function goByLines(place: VoicePlace, lines: number): Outcome {
  const { document } = place;
  place.goTo(
    place.positions.map((from) => {
      const line = Math.min(Math.max(0, from.line + lines), document.lineCount - 1);
      const at = new vscode.Position(line, Math.min(from.character, document.lineAt(line).text.length));
      return new vscode.Selection(at, at);
    }),
  );
  return undefined;
}

/** Goes to the very start of the document, or to its very end. */
export function goToFileEdge(place: VoicePlace, edge: 'start' | 'end'): Outcome {
  const { document } = place;
  place.goToOffsets([edge === 'start' ? 0 : document.getText().length]);
  return undefined;
}
