import type { Pending } from '../core/text/pending';
import type { HeardPiece } from '../core/text/wording';
import type { MarkedPlace } from './anchor-mark';

/** Why committed text could not be put where it belongs: the document is closed, or took no edit. */
export type Obstacle = 'closed' | 'refused';

/** A place as the history remembers it. */
export interface TargetPlace {
  /** Document, as a URI string, and the place in it (UTF-16 offset). */
  readonly uri: string;
  readonly offset: number;
}

/** A piece of an utterance as it stands in its place. */
export interface WrittenPiece {
  readonly utteranceId: number;
  /** With the blank before it; line ends are `\n`. Empty if the rules left nothing of it. */
  readonly text: string;
  /** The utterance ends with it. */
  readonly final: boolean;
}

/** What a {@link Target} tells. */
export interface TargetEvents {
  /** What waits to be written is different, or the place has moved. */
  changed(): void;
  /** A piece is where it belongs. */
  written(piece: WrittenPiece): void;
  /** Confirmed text, as it would have been written, could not be put there. */
  undelivered(text: string, obstacle: Obstacle): void;
  /** The place is gone and nothing has taken its place. */
  closed(): void;
}

/** Where the words of one dictation go. Fixed when the dictation starts. */
export interface Target {
  /** Where the next word lands, or landed before the place was gone. */
  readonly place: TargetPlace;
  /** The same in a document that editors can show; absent where there is none. */
  readonly mark: MarkedPlace | undefined;
  /**
   * Makes sure, as far as can be known beforehand, that the place takes text.
   * @throws DictationError area `usage` if not
   */
  check(): Promise<void>;
  /** The spoken language was detected (Whisper code); without it the one of the settings counts. */
  speaks(language: string): void;
  /** True if text reads as prose there, false in code. Absent: what is said is not tidied up. */
  isProse?(): boolean;
  /** What is new: perhaps a committed piece, and all that is not committed. */
  update(piece: HeardPiece | undefined, pending: Pending): void;
  /** All that is not written yet, committed or not, as it would read there. */
  unsavedText(): string;
  /** What is not committed, as it would read there. */
  draftText(): string;
  /** No more pieces will come. Resolves when all are written or were reported as undelivered; never rejects. */
  finish(): Promise<void>;
  /** Shows nothing any more and forgets the place. */
  dispose(): void;
}

/** Opens the target of a dictation. */
export type OpenTarget = (events: TargetEvents) => Target;
