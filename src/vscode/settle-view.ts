import * as vscode from 'vscode';
import type { WrittenPart } from '../core/anchor/written';
import { correctedWords } from '../core/text/corrections';
import type { AnchorTracker } from './anchor-tracker';

/** Theme colours of the short marks, contributed by the manifest. */
const SETTLED_COLOUR = 'tandem.settledBackground';
const CORRECTED_COLOUR = 'tandem.correctedBackground';

/** Long enough to be seen out of the corner of the eye. */
const SETTLED_MS = 700;
/** Corrections are to be read. */
const CORRECTED_MS = 2_000;
/** Marks that can be seen at one time; the oldest gives way. */
const MARKS = 6;

/** Which words are marked when they have settled. */
export type SettleMarks = 'all' | 'corrections' | 'off';

/** What marks are put into. */
export type MarkableEditor = Pick<vscode.TextEditor, 'document'> & {
  setDecorations(type: vscode.TextEditorDecorationType, ranges: readonly vscode.Range[]): void;
};

/** One mark that may be shown; VS Code moves it with the text. */
interface Slot {
  readonly settled: vscode.TextEditorDecorationType;
  readonly corrected: vscode.TextEditorDecorationType;
  readonly timers: ReturnType<typeof setTimeout>[];
}

/** Words settle visibly: marked for a moment, and more strongly where the heavy model corrected them. */
export class SettleView implements vscode.Disposable {
  private slots: readonly Slot[] = [];

  /**
   * @param marks asked at every mark
   * @param visibleEditors where marks can be seen now
   */
  constructor(
    private readonly marks: () => SettleMarks,
    private readonly visibleEditors: () => readonly MarkableEditor[] = () => vscode.window.visibleTextEditors,
  ) {}

  mark(document: vscode.TextDocument, range: vscode.Range, corrected: readonly vscode.Range[]): void {
    const marks = this.marks();
    if (marks === 'off' || isStill()) return;
    const slot = this.nextSlot();
    const editors = this.visibleEditors().filter((editor) => editor.document === document);
    const show = (type: vscode.TextEditorDecorationType, ranges: readonly vscode.Range[], ms: number) => {
      for (const editor of editors) editor.setDecorations(type, ranges);
      slot.timers.push(
        setTimeout(() => {
          for (const editor of this.visibleEditors()) editor.setDecorations(type, []);
        }, ms),
      );
    };
    if (marks === 'all') show(slot.settled, [range], SETTLED_MS);
    if (corrected.length > 0) show(slot.corrected, corrected, CORRECTED_MS);
  }

  dispose(): void {
    for (const { settled, corrected, timers } of this.slots) {
      timers.forEach(clearTimeout);
      settled.dispose();
      corrected.dispose();
    }
    this.slots = [];
  }

  /** The slot that was used longest ago, cleared. */
  private nextSlot(): Slot {
    const [oldest, ...others] = this.slots;
    const slot = this.slots.length < MARKS || !oldest ? createSlot() : oldest;
    for (const timer of slot.timers.splice(0)) clearTimeout(timer);
    for (const editor of this.visibleEditors()) {
      editor.setDecorations(slot.settled, []);
      editor.setDecorations(slot.corrected, []);
    }
    this.slots = slot === oldest ? [...others, slot] : [...this.slots, slot];
    return slot;
  }
}

function createSlot(): Slot {
  const create = (colour: string) =>
    vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor(colour),
      borderRadius: '2px',
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    });
  return { settled: create(SETTLED_COLOUR), corrected: create(CORRECTED_COLOUR), timers: [] };
}

/** The user wants nothing to move or flash. What the operating system says (`auto`) no extension is told. */
function isStill(): boolean {
  return vscode.workspace.getConfiguration('workbench').get('reduceMotion') === 'on';
}

/** Marks what was written at the places of a dictation. @param draft what was shown in its place */
export function markWritten(
  view: Pick<SettleView, 'mark'>,
  tracker: Pick<AnchorTracker, 'document' | 'rangeOf'>,
  parts: readonly WrittenPart[],
  draft: string,
): void {
  for (const { start, text } of parts) {
    const rangeOf = (from: number, to: number) => tracker.rangeOf({ start: start + from, end: start + to });
    const corrected = correctedWords(draft, text).map((span) => rangeOf(span.start, span.end));
    view.mark(tracker.document, rangeOf(0, text.length), corrected);
  }
}
