import { commonPrefix, commonWords, comparableWords } from './words';

/** How much of what was shown had to be taken back. */
export interface Stability {
  /** Unstable partial words ÷ final words (UPWR; Shangguan et al., "Analyzing the quality and stability of a streaming end-to-end on-device speech recognizer", 2020). */
  readonly upwr: number | undefined;
  /** Deleted shown words ÷ final words (normalised erasure; Arivazhagan et al., "Re-translation versus streaming", 2020). */
  readonly erasure: number | undefined;
  readonly finalWords: number;
}

/** Follows the text shown for each utterance and counts what changes. Words compare without case and punctuation. */
export class StabilityMeter {
  private readonly shown = new Map<number, readonly string[]>();
  private unstable = 0;
  private erased = 0;
  private final = 0;

  /** The whole text now shown for an utterance: committed so far + draft. */
  show(utteranceId: number, text: string): void {
    const before = this.shown.get(utteranceId) ?? [];
    const now = comparableWords(text);
    this.unstable += before.length - commonWords(before, now);
    this.erased += before.length - commonPrefix(before, now);
    this.shown.set(utteranceId, now);
  }

  /** The utterance is over; `text` is its whole committed text. */
  finish(utteranceId: number, text: string): void {
    this.show(utteranceId, text);
    this.final += comparableWords(text).length;
    this.shown.delete(utteranceId);
  }

  get result(): Stability {
    const ratio = (count: number) => (this.final > 0 ? count / this.final : undefined);
    return { upwr: ratio(this.unstable), erasure: ratio(this.erased), finalWords: this.final };
  }
}
