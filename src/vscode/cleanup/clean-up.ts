import { asyncScheduler } from 'rxjs';
import type { Cleaner } from '../../core/cleanup/cleaner';
import { cleanUtterances } from '../../core/cleanup/stage';
import type { Session } from '../../core/session-types';

/** What decides whether and how utterances are cleaned up. */
export interface CleanUpParts {
  /** The language model of the settings; `undefined` while the clean-up is off. Asked when a dictation begins. */
  readonly cleaner: () => Cleaner | undefined;
  /** Longest wait for an answer, ms. */
  readonly timeoutMs: () => number;
}

/** The dictation whose utterances are cleaned up. */
export interface CleanedDictation {
  /** True if words land in prose by then: code is written as it was said. */
  isProse(): boolean;
  /** True if the utterance is a voice command: it acts as soon as its turn has come, and no language model hears of it. */
  isCommand(utterance: string): boolean;
}

/** Fewer words have nothing to tidy up, and are not worth the wait. */
const FEWEST_WORDS = 4;

/** A session whose utterances are cleaned up before they leave it; the session itself while that is off. */
export function withCleanUp(session: Session, parts: CleanUpParts, dictation: CleanedDictation): Session {
  const cleaner = parts.cleaner();
  if (!cleaner) return session;
  const wanted = (text: string): boolean =>
    text.trim().split(/\s+/u).length >= FEWEST_WORDS && dictation.isProse() && !dictation.isCommand(text);
  const options = { cleaner, timeoutMs: parts.timeoutMs(), wanted, scheduler: asyncScheduler };
  return {
    events$: session.events$.pipe(cleanUtterances(options)),
    stop: () => session.stop(),
    confirmNow: () => session.confirmNow(),
    heardUpTo: () => session.heardUpTo(),
    stats: () => session.stats(),
  };
}
