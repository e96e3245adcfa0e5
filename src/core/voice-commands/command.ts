import type { FormatterId } from '../text/languages';
import type { VoiceAction } from './actions';

/** What was said in the holes of a phrase: `{n}` a number, `{formatter}` a formatter's name. */
export interface Spoken {
  readonly n?: number;
  readonly formatter?: FormatterId;
}

/** One command: its id, what it does for the help, how it is said in each language, and what it asks for. */
export interface VoiceCommand {
  /** Stable, e.g. `scratch-that`; settings switch commands off by it. */
  readonly id: string;
  readonly help: string;
  /** Phrases by language code; `{n}` and `{formatter}` are holes. */
  readonly phrases: Readonly<Record<string, readonly string[]>>;
  readonly action: (spoken: Spoken) => VoiceAction | undefined;
}

/** A command that asks for the same whatever was said. */
export function plain(action: VoiceAction): () => VoiceAction {
  return () => action;
}
