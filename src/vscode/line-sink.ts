import type { Position } from '../core/text/rules/types';
import type { Obstacle } from './target';
import type { Outcome } from './voice/voice-place';

/** Somewhere that takes text and cannot be read: a terminal, the clipboard, a box that a command fills. */
export interface LineSink {
  /** For the status bar: what it is. */
  readonly label: string;
  /** For the history. */
  readonly uri: string;
  readonly position: Position;
  readonly languageId: string;
  /** @throws DictationError area `usage` if it takes no text */
  check(): void;
  /** Takes one line of text without control characters. */
  deliver(text: string): Promise<Obstacle | undefined>;
  /**
   * Takes back what was delivered last; absent where that is never possible.
   * @returns why nothing was taken back, for the user
   */
  takeBack?(text: string): Promise<Outcome>;
  /** Calls back when it is gone, and when what is written next stands on a new line. */
  watch(on: { closed(): void; newLine(): void }): { dispose(): void };
}

/**
 * Line ends and every other control character become blanks: nothing that is said can press Enter, or be an escape
 * sequence.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
