import type { DictationError } from '../core/errors';
import type { CommandMatcher } from '../core/voice-commands/matcher';
import type { Obstacle } from './target';
import type { GlobalAction } from './voice/editing';
import type { Outcome } from './voice/voice-place';

/** What a dictation tells its owner. */
export interface TakeEvents {
  /** `status` or `hasDrafts` is new. */
  changed(): void;
  /** Not fatal; the dictation goes on. */
  problem(error: DictationError): void;
  /** What is shown and written nowhere yet; empty for nothing. */
  unsaved(text: string): void;
  /** What is where it belongs of an utterance that goes on; empty once it was told whole. */
  unfinished(text: string): void;
  /** An utterance is where it belongs. */
  inserted(text: string): void;
  /** An utterance was tidied up by a language model; this is what was heard. */
  tidied?(original: string): void;
  /**
   * Committed text that could not be put there.
   * @param cause what was thrown, if something was
   */
  undelivered(text: string, obstacle: Obstacle, cause?: unknown): void;
  /** The place is gone and nothing has taken its place. */
  closed(): void;
  /** Something was thrown that nobody expected; its message may quote what was said. */
  failed(cause: unknown): void;
}

/** How a dictation obeys. */
export interface TakeVoice {
  /**
   * Knows the voice commands; asked at every event, `undefined` while they are off.
   * @param detected the language that is spoken, if it was detected
   */
  matcher(detected: string | undefined): CommandMatcher | undefined;
  /** A voice command that is not about the text. */
  asked(action: GlobalAction): Promise<Outcome>;
  /** A voice command was carried out, or not. */
  told(phrase: string, outcome: Outcome): void;
  /** Confirmed words that were said after dictation was to stop. */
  overheard(text: string): void;
}
