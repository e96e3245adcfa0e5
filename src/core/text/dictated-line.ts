import { wordsAndBlankBefore } from './words-before';

/** Steps that can be undone one after the other. */
const MOST_STEPS = 100;

/** What one utterance has written. */
interface Said {
  readonly utteranceId: number;
  /** With the blank before it. */
  readonly text: string;
}

/** A change at the end of the line. */
export type LineChange =
  { readonly type: 'write'; readonly text: string } | { readonly type: 'take-back'; readonly text: string };

/**
 * What a dictation has put at the end of a line that nobody can read: a terminal's, the clipboard. Knows what "that" and "the
 * last word" are there. Whoever writes the line changes it first, and then tells.
 */
export class DictatedLine {
  private said: readonly Said[] = [];
  private former: readonly (readonly Said[])[] = [];

  /** All of it. */
  get text(): string {
    return textOf(this.said);
  }

  /** What the last utterance has written; empty if there is none. */
  get lastUtterance(): string {
    return this.said.at(-1)?.text ?? '';
  }

  /** The last words with the blank before them, fewer if there are fewer; empty if there is none. @param count at least 1 */
  lastWords(count: number): string {
    const { text } = this;
    const start = wordsAndBlankBefore(text, count);
    return start === undefined ? '' : text.slice(start);
  }

  /** What one step back means; `undefined` if there is none. */
  get stepBack(): LineChange | undefined {
    const former = this.former.at(-1);
    if (!former) return undefined;
    const [was, is] = [textOf(former), this.text];
    // Every step is one at the end of the line: one of the two begins with the other.
    return is.length > was.length
      ? { type: 'take-back', text: is.slice(was.length) }
      : { type: 'write', text: was.slice(is.length) };
  }

  /** Call when `text` was written; pieces of one utterance belong together. */
  wrote(utteranceId: number, text: string): void {
    if (text === '') return;
    const last = this.said.at(-1);
    if (last?.utteranceId === utteranceId)
      this.step([...this.said.slice(0, -1), { utteranceId, text: last.text + text }]);
    else this.step([...this.said, { utteranceId, text }]);
  }

  /** Call when `length` characters (UTF-16) were taken back from the end. */
  tookBack(length: number): void {
    if (length <= 0 || this.said.length === 0) return;
    const said = [...this.said];
    let rest = length;
    for (let last = said.pop(); last; last = said.pop()) {
      if (last.text.length > rest) {
        said.push({ ...last, text: last.text.slice(0, last.text.length - rest) });
        break;
      }
      rest -= last.text.length;
    }
    this.step(said);
  }

  /** Call when {@link stepBack} was carried out. */
  steppedBack(): void {
    this.said = this.former.at(-1) ?? this.said;
    this.former = this.former.slice(0, -1);
  }

  /** Call when what is written next stands on another line: what was said before is out of reach. */
  beginNew(): void {
    this.said = [];
    this.former = [];
  }

  private step(said: readonly Said[]): void {
    this.former = [...this.former, this.said].slice(-MOST_STEPS);
    this.said = said;
  }
}

function textOf(said: readonly Said[]): string {
  return said.map(({ text }) => text).join('');
}
