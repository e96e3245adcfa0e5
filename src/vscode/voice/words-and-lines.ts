import * as vscode from 'vscode';
import type { TextChange } from '../../core/anchor/anchor';
import type { Span } from '../../core/anchor/site';
import { wordsAndBlankAfter, wordsAndBlankBefore, wordsBefore } from '../../core/text/words-before';
import { t } from '../l10n';
import type { Outcome, VoicePlace } from './voice-place';

/** Characters before or behind the place that are searched for words: more than a hundred words have. */
const LOOK_BACK = 4_000;
/** A line that ends so opens a block: what follows is indented. */
const OPENS_BLOCK = /[{[(]\s*$/u;

/** Deletes words before the place, and the blank before them. One undo step. */
export async function deleteWords(place: VoicePlace, count: number): Promise<Outcome> {
  if (wordSpans(place, count, wordsAndBlankBefore).length === 0) return noWord();
  return edited(await place.edit(() => deletions(wordSpans(place, count, wordsAndBlankBefore))));
}

/** Deletes words behind the place, so that a single blank stays. One undo step. */
export async function deleteNextWords(place: VoicePlace, count: number): Promise<Outcome> {
  if (nextWordSpans(place, count).length === 0)
    return t('There is no word behind the place where the text lands.');
  return edited(await place.edit(() => deletions(nextWordSpans(place, count))));
}

/** Selects words before the place: the next words take theirs. */
export function selectWords(place: VoicePlace, count: number): Outcome {
  const spans = wordSpans(place, count, wordsBefore);
  if (spans.length === 0) return noWord();
  const { document } = place;
  place.goTo(
    spans.map(({ start, end }) => new vscode.Selection(document.positionAt(start), document.positionAt(end))),
  );
  return undefined;
}

/** Deletes the lines of the places, with their line breaks. One undo step. */
export async function deleteLine(place: VoicePlace): Promise<Outcome> {
  return edited(await place.edit(() => deletions(blocksOf(place).map((block) => wholeLines(place, block)))));
}

/** Selects the text of the lines: the next words take its place. */
export function selectLine(place: VoicePlace): Outcome {
  const { document } = place;
  place.goTo(
    linesOf(place).map((line) => {
      const { firstNonWhitespaceCharacterIndex: indent, range } = document.lineAt(line);
      return new vscode.Selection(new vscode.Position(line, indent), range.end);
    }),
  );
  return undefined;
}

/** Opens an indented line above or below each place and goes on there. One undo step. */
export async function newLine(place: VoicePlace, where: 'above' | 'below'): Promise<Outcome> {
  const { document } = place;
  const lines = linesOf(place);
  const breakLine = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const change = (line: number): TextChange => {
    const { range, text, firstNonWhitespaceCharacterIndex: indent } = document.lineAt(line);
    const indentation = text.slice(0, indent);
    if (where === 'above')
      return {
        rangeOffset: document.offsetAt(range.start),
        rangeLength: 0,
        text: indentation + breakLine,
      };
    const deeper = OPENS_BLOCK.test(text) ? oneLevel(place) : '';
    return {
      rangeOffset: document.offsetAt(range.end),
      rangeLength: 0,
      text: breakLine + indentation + deeper,
    };
  };
  if (!(await place.edit(() => lines.map(change)))) return edited(false);
  // Each line that was opened before pushes the next one down.
  const opened = lines.map((line, index) => line + index + (where === 'below' ? 1 : 0));
  place.goTo(
    opened.map((line) => {
      const { end } = document.lineAt(Math.min(line, document.lineCount - 1)).range;
      return new vscode.Selection(end, end);
    }),
  );
  return undefined;
}

function edited(isDone: boolean): Outcome {
  return isDone ? undefined : t('The document took no edit.');
}

function noWord(): string {
  return t('There is no word before the place where the text lands.');
}

/** Ascending, apart: places that are near one another share words. */
function wordSpans(
  { document, offsets }: VoicePlace,
  count: number,
  find: typeof wordsBefore,
): readonly Span[] {
  const spans: Span[] = [];
  for (const end of offsets) {
    const from = Math.max(0, end - LOOK_BACK);
    const text = document.getText(new vscode.Range(document.positionAt(from), document.positionAt(end)));
    const start = find(text.replaceAll('\r', ' '), count);
    if (start === undefined) continue;
    const last = spans.at(-1);
    if (last && from + start <= last.end)
      spans[spans.length - 1] = { start: Math.min(last.start, from + start), end };
    else spans.push({ start: from + start, end });
  }
  return spans;
}

/** Ascending, apart. */
function nextWordSpans({ document, offsets }: VoicePlace, count: number): readonly Span[] {
  const spans: Span[] = [];
  const textAt = (from: number, to: number) =>
    document
      .getText(new vscode.Range(document.positionAt(Math.max(0, from)), document.positionAt(to)))
      .replaceAll('\r', ' ');
  for (const start of offsets) {
    const length = wordsAndBlankAfter(textAt(start - 1, start), textAt(start, start + LOOK_BACK), count);
    if (length === undefined) continue;
    const last = spans.at(-1);
    const end = start + length;
    if (last && start <= last.end)
      spans[spans.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else spans.push({ start, end });
  }
  return spans;
}

function deletions(spans: readonly Span[]): readonly TextChange[] {
  return spans.map(({ start, end }) => ({ rangeOffset: start, rangeLength: end - start, text: '' }));
}

/** The lines of the places, each once. */
export function linesOf({ positions }: VoicePlace): readonly number[] {
  return [...new Set(positions.map(({ line }) => line))];
}

/** Lines that follow one another, as first and last line. */
function blocksOf(place: VoicePlace): readonly (readonly [first: number, last: number])[] {
  const blocks: [number, number][] = [];
  for (const line of linesOf(place)) {
    const last = blocks.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else blocks.push([line, line]);
  }
  return blocks;
}

/** Lines with the break behind them; the last line of a document takes the one before it. */
function wholeLines({ document }: VoicePlace, [first, last]: readonly [number, number]): Span {
  const line = (index: number) => document.lineAt(index).range;
  if (last + 1 < document.lineCount)
    return { start: document.offsetAt(line(first).start), end: document.offsetAt(line(last + 1).start) };
  const start = first > 0 ? line(first - 1).end : line(first).start;
  return { start: document.offsetAt(start), end: document.offsetAt(line(last).end) };
}

/** One level of indentation as the editor writes it. */
function oneLevel(place: VoicePlace): string {
  const { insertSpaces, tabSize } = place.editor()?.options ?? {};
  return insertSpaces === false ? '\t' : ' '.repeat(typeof tabSize === 'number' ? tabSize : 4);
}
