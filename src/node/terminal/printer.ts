import type { SessionEvent } from '../../core/session-types';

/** Turns session events into output. */
export interface Printer {
  print(event: SessionEvent): void;
  /** Ends the output cleanly: nothing half-drawn stays. */
  end(): void;
}

/** Where a printer writes to. */
export type Write = (text: string) => void;
