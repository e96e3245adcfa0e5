import type { SessionEvent } from '../../core/session-types';

/** An event with its text as it is written. */
export type PrintedEvent = SessionEvent & {
  /** The text as it was heard. */
  readonly heard?: string;
  /** Nothing comes between the text and what stands before it. */
  readonly joined?: true;
};

/** Turns session events into output. */
export interface Printer {
  print(event: PrintedEvent): void;
  /** Ends the output cleanly: nothing half-drawn stays. */
  end(): void;
}

/** Where a printer writes to. */
export type Write = (text: string) => void;
