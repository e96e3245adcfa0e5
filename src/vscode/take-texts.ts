import { joinTexts } from '../core/text/spacing';
import type { TakeEvents } from './take-events';
import type { WrittenPiece } from './target';

/** What a dictation has shown and written, told as it becomes an utterance of the history; each state once. */
export class TakeTexts {
  /** What was written of utterances that are not whole yet. */
  private readonly written = new Map<number, string>();
  private unsaved = '';
  private unfinished = '';

  /** @param attempt runs a step whose error must not keep words from being written */
  constructor(
    private readonly events: Pick<TakeEvents, 'unsaved' | 'unfinished' | 'inserted'>,
    private readonly attempt: (step: () => void) => void,
  ) {}

  /** A piece of an utterance is in its place. */
  add({ utteranceId, text, final }: WrittenPiece): void {
    if (text !== '') this.written.set(utteranceId, (this.written.get(utteranceId) ?? '') + text);
    if (final) this.end(utteranceId);
    else this.attempt(() => this.tellUnfinished());
  }

  /** What is shown and written nowhere is this now. */
  shows(unsaved: string): void {
    if (unsaved !== this.unsaved) this.events.unsaved(unsaved);
    this.unsaved = unsaved;
  }

  /** Nothing more comes of any utterance. */
  finish(): void {
    for (const id of [...this.written.keys()]) this.end(id);
  }

  private end(id: number): void {
    const text = this.written.get(id)?.trim() ?? '';
    this.written.delete(id);
    if (text !== '') this.attempt(() => this.events.inserted(text));
    // Not before: in between, a crash would take the words along.
    this.attempt(() => this.tellUnfinished());
  }

  private tellUnfinished(): void {
    const texts = [...this.written.values()].map((text) => text.trim());
    const unfinished = joinTexts(texts.filter((text) => text !== ''));
    if (unfinished !== this.unfinished) this.events.unfinished(unfinished);
    this.unfinished = unfinished;
  }
}
