import stringWidth from 'string-width';
import type { PrintedEvent, Printer, Write } from './printer';
import { joinText, UtteranceTable } from './utterances';

const BRIGHT = '\x1b[1m';
const DIM = '\x1b[2m';
const RESET = '\x1b[0m';
/** Back to the first column, and clear the line. */
const CLEAR_LINE = '\r\x1b[K';
/** A draft needs at least this many columns to be worth reading; with less room it goes to a line of its own. */
const MIN_DRAFT_COLUMNS = 24;
const ELLIPSIS = '…';

/**
 * For a terminal: confirmed text flows bright; behind it, on the last line only, drafts stand dim and are rewritten in
 * place. Only the last line is ever redrawn, so that scrolling back shows what was said.
 */
export class ScreenPrinter implements Printer {
  private readonly utterances = new UtteranceTable();
  /** Confirmed text on the last line. */
  private line = '';
  private shown = '';

  /** @param columns width of the terminal now; asked at every drawing, since windows are resized */
  constructor(
    private readonly write: Write,
    private readonly columns: () => number,
  ) {}

  print(event: PrintedEvent): void {
    this.utterances.update(event);
    if (event.type === 'commit') this.confirm(event.text, event.joined ?? false);
    if (event.type === 'commit' || event.type === 'draft') this.draw();
  }

  end(): void {
    if (this.line === '' && this.shown === '') return;
    this.write(`${CLEAR_LINE}${BRIGHT}${this.line}${RESET}\n`);
    this.line = '';
    this.shown = '';
  }

  /** Appends confirmed words, starting a new line where one is full. */
  private confirm(text: string, joined: boolean): void {
    for (const [index, word] of (text.match(/\n|\S+/g) ?? []).entries()) {
      if (word === '\n') {
        this.breakLine();
        continue;
      }
      const longer = joinText(this.line, word, joined && index === 0);
      if (this.line !== '' && stringWidth(longer) >= this.columns()) {
        this.breakLine();
        this.line = word;
      } else {
        this.line = longer;
      }
    }
  }

  private breakLine(): void {
    this.write(`${CLEAR_LINE}${BRIGHT}${this.line}${RESET}\n`);
    this.line = '';
  }

  private draw(): void {
    const draft = this.utterances.pending.reduce((text, utterance) => joinText(text, utterance.draft), '');
    // The last column stays free: a terminal would wrap there.
    let room = this.columns() - 1 - stringWidth(this.line) - (this.line ? 1 : 0);
    if (draft && this.line && room < Math.min(MIN_DRAFT_COLUMNS, stringWidth(draft))) {
      this.breakLine();
      room = this.columns() - 1;
    }
    const tail = tailOf(draft, room);
    const gap = this.line && tail ? ' ' : '';
    const drawn = `${BRIGHT}${this.line}${RESET}${gap}${tail ? `${DIM}${tail}${RESET}` : ''}`;
    if (drawn === this.shown) return;
    this.shown = drawn;
    this.write(CLEAR_LINE + drawn);
  }
}

/** The end of `text` that fits into `columns`, cut before a word and marked with an ellipsis. */
export function tailOf(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const words = text.split(' ');
  while (words.length > 1 && stringWidth(words.join(' ')) + stringWidth(ELLIPSIS) > columns) words.shift();
  let tail = words.join(' ');
  while (tail !== '' && stringWidth(tail) + stringWidth(ELLIPSIS) > columns)
    tail = [...tail].slice(1).join('');
  return ELLIPSIS + tail;
}
