/** Text and the place it was meant for. */
export interface KeptText {
  readonly text: string;
  /** Document, as a URI string, and the place in it (UTF-16 offset). */
  readonly uri: string;
  readonly offset: number;
}

/**
 * What became of a text: `inserted` into its document; `kept` because that was not possible or dictation was cancelled;
 * `draft` when its window ended before it was confirmed; `heard` for what was said, where a language model has tidied it up.
 */
export type EntryState = 'inserted' | 'kept' | 'draft' | 'heard';

/** A text of the history. */
export interface HistoryEntry extends KeptText {
  /** Unique among all windows. */
  readonly id: string;
  /** When it came, ms since 1970. */
  readonly time: number;
  readonly state: EntryState;
}

/** Where histories outlive their windows. Each window writes its own entries only, and reads those of all. */
export interface HistoryStore {
  /** What all windows have written, in any order; what cannot be read is left out. */
  read(): Promise<readonly HistoryEntry[]>;
  /** Replaces what this window has written before, whole or not at all. */
  write(entries: readonly HistoryEntry[]): Promise<void>;
  /** Removes what any window has written. */
  clear(): Promise<void>;
  /** Removes what was written by windows that are gone and is not among `wanted`. */
  prune(wanted: ReadonlySet<string>): Promise<void>;
}
