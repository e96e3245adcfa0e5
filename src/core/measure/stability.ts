import { alignedWords, commonPrefix, comparableWords } from '../word-comparison';

/** How much of what was shown had to be taken back. */
export interface Stability {
  /** Unstable partial words ÷ final words (UPWR; Shangguan et al., "Analyzing the quality and stability of a streaming end-to-end on-device speech recognizer", 2020). */
  readonly upwr: number | undefined;
  /** Deleted shown words ÷ final words (normalised erasure; Arivazhagan et al., "Re-translation versus streaming", 2020). */
  readonly erasure: number | undefined;
  readonly finalWords: number;
}

/** A screen of 60 Hz draws a picture for so long, ms: a text that stood shorter was never seen. */
const PICTURE_MS = 1_000 / 60;

type Screen = ReadonlyMap<number, readonly string[]>;

/**
 * Follows the whole text on the screen, all utterances one after the other, and counts what changes from one picture to the
 * next: words that a forced split moves from one utterance to the next stay where they are. Words compare without case and
 * punctuation.
 */
export class StabilityMeter {
  /** The picture drawn last, and what stands there since. Utterances that cannot change any more are left out of both. */
  private seen: Screen = new Map();
  private readonly now = new Map<number, readonly string[]>();
  private readonly finished = new Set<number>();
  private since = -Infinity;
  private unstable = 0;
  private erased = 0;
  private final = 0;

  /** From `atMs` on this is the whole text of an utterance: committed so far + draft. Utterances have rising ids. */
  show(utteranceId: number, text: string, atMs: number): void {
    if (atMs - this.since >= PICTURE_MS) {
      this.draw();
      this.since = atMs;
    }
    this.now.set(utteranceId, comparableWords(text));
  }

  /** The utterance is over; `text` is its whole committed text. */
  finish(utteranceId: number, text: string, atMs: number): void {
    this.show(utteranceId, text, atMs);
    this.final += comparableWords(text).length;
    this.finished.add(utteranceId);
  }

  get result(): Stability {
    this.draw();
    const ratio = (count: number) => (this.final > 0 ? count / this.final : undefined);
    return { upwr: ratio(this.unstable), erasure: ratio(this.erased), finalWords: this.final };
  }

  private draw(): void {
    const before = wordsOn(this.seen);
    const after = wordsOn(this.now);
    this.unstable += before.length - alignedWords(before, after).length;
    this.erased += before.length - commonPrefix(before, after);
    for (const id of [...this.now.keys()].sort((a, b) => a - b)) {
      // Commits come in order: what lies behind the first open utterance may still move.
      if (!this.finished.delete(id)) break;
      this.now.delete(id);
    }
    this.seen = new Map(this.now);
  }
}

function wordsOn(screen: Screen): string[] {
  return [...screen].sort(([a], [b]) => a - b).flatMap(([, words]) => words);
}
