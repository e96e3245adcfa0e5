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

/** What is shown and not committed yet; it follows all that is. */
export interface ShownDrafts {
  readonly text: string;
  /** The first utterance of it; 0 for none. */
  readonly utteranceId: number;
}

/** What a {@link Target} tells. */
export interface TargetEvents {
  /** What waits to be written is different, or the place has moved. */
  changed(): void;
  /** A piece is where it belongs. */
  written(piece: HeardPiece): void;
  /** A piece could not be put there. */
  undelivered(piece: HeardPiece, obstacle: Obstacle): void;
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
  /** What is new: perhaps a committed piece, and the drafts that follow all that was committed. */
  update(piece: HeardPiece | undefined, drafts: ShownDrafts): void;
  /** Committed text that is not written yet. */
  waitingText(): string;
  /** No more pieces will come. Resolves when all are written or were reported as undelivered; never rejects. */
  finish(): Promise<void>;
  /** Shows nothing any more and forgets the place. */
  dispose(): void;
}

/** Opens the target of a dictation. */
export type OpenTarget = (events: TargetEvents) => Target;
