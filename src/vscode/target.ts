import type { HeardPiece } from '../core/text/wording';
import type { DraftKind } from '../core/voice-commands/gate';
import type { MarkedPlace } from './anchor-mark';
import type { EditingAction } from './voice/editing';
import type { Outcome } from './voice/voice-place';

/**
 * Why committed text could not be put where it belongs: the document is closed, or took no edit; the terminal is closed,
 * another one is active, or it is behind another tab; the box is not in front, or took no text; an error nobody expected.
 */
export type Obstacle =
  | 'closed'
  | 'refused'
  | 'terminal-closed'
  | 'terminal-left'
  | 'terminal-hidden'
  | 'input-left'
  | 'input-refused'
  | 'failed';

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

/** What is shown of one utterance and not committed yet. */
export interface ShownDraft {
  readonly utteranceId: number;
  readonly draft: string;
  /** A command is none to be written, a beginning may become one. */
  readonly kind: DraftKind;
}

/** A voice command that edits, or moves the place. */
export interface EditingRequest {
  readonly action: EditingAction;
  /** Utterances that were not confirmed when it was said. */
  readonly unconfirmed: ReadonlySet<number>;
  /** Tells what came of something that went on after the command was done. */
  readonly later: (outcome: Outcome) => void;
}

/** What a {@link Target} tells. */
export interface TargetEvents {
  /** What waits to be written is different, or the place has moved. */
  changed(): void;
  /** A piece is where it belongs. */
  written(piece: WrittenPiece): void;
  /**
   * Confirmed text, as it would have been written, could not be put there.
   * @param cause what was thrown, if something was
   */
  undelivered(text: string, obstacle: Obstacle, cause?: unknown): void;
  /** The place is gone and nothing has taken its place. */
  closed(): void;
}

/** Where the words of one dictation go. Fixed when the dictation starts. */
export interface Target {
  /** What it is, for the status bar: a file name, `terminal bash`. */
  readonly label: string;
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
  update(piece: HeardPiece | undefined, drafts: readonly ShownDraft[]): void;
  /** All that is not written yet, committed or not, as it would read there. */
  unsavedText(): string;
  /** What is not committed, as it would read there. */
  draftText(): string;
  /** Resolves when all that can be written by now is; never rejects. */
  settled(): Promise<void>;
  /** Carries out what was asked for by voice, after all that was said before is written. */
  carryOut(request: EditingRequest): Promise<Outcome>;
  /** No more pieces will come. Resolves when all are written or were reported as undelivered; never rejects. */
  finish(): Promise<void>;
  /** Shows nothing any more and forgets the place. */
  dispose(): void;
}

/** Opens the target of a dictation. */
export type OpenTarget = (events: TargetEvents) => Target;
