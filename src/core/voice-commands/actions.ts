import type { FormatterId } from '../text/languages';

/** What a voice command asks for. Pure data: whoever owns the editor carries it out. Counts are at least 1. */
export type VoiceAction =
  /** Takes the last utterance back; said again, the one before it. */
  | { readonly type: 'scratch-that' }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** Selects the last utterance. */
  | { readonly type: 'select-that' }
  /** First letters of the last utterance as capitals, or all of it small. */
  | { readonly type: 'capitalise-that' }
  | { readonly type: 'lower-that' }
  /** Writes the last utterance as a formatter does. */
  | { readonly type: 'format-that'; readonly formatter: FormatterId }
  /** Offers what else was heard for the last utterance. */
  | { readonly type: 'correct-that' }
  | { readonly type: 'delete-words'; readonly count: number }
  | { readonly type: 'delete-next-words'; readonly count: number }
  | { readonly type: 'delete-line' }
  | { readonly type: 'new-line-above' }
  | { readonly type: 'new-line-below' }
  | { readonly type: 'go-to-line-start' }
  | { readonly type: 'go-to-line-end' }
  | { readonly type: 'go-to-line'; readonly line: number }
  /** Moves down, or up if negative. */
  | { readonly type: 'go-by-lines'; readonly lines: number }
  | { readonly type: 'go-to-file-start' }
  | { readonly type: 'go-to-file-end' }
  | { readonly type: 'select-words'; readonly count: number }
  | { readonly type: 'select-line' }
  | { readonly type: 'before-that' }
  | { readonly type: 'after-that' }
  /** Ends the dictation: the microphone closes, what was said before is still confirmed. */
  | { readonly type: 'stop-dictation' }
  /** The same, said differently. */
  | { readonly type: 'stop-listening' }
  /** Drops what is not confirmed yet. */
  | { readonly type: 'cancel-draft' }
  | { readonly type: 'show-commands' }
  | UserAction;

/** What phrases of the user's own do. */
export type UserAction =
  | { readonly type: 'insert-text'; readonly text: string }
  /** A snippet in VS Code's syntax. */
  | { readonly type: 'insert-snippet'; readonly snippet: string }
  | { readonly type: 'run-command'; readonly command: string; readonly args: readonly unknown[] };
