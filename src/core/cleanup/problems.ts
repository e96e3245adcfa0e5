import { DictationError } from '../errors';

/** Code of {@link timedOut}: the next utterance may go better. */
export const TIMEOUT_CODE = 'cleanup-timeout';

/** A single answer came too late. */
export function timedOut(): DictationError {
  return new DictationError(
    'cleanup',
    TIMEOUT_CODE,
    'The clean-up took too long; the text stays as it was heard.',
    'Allow it more time in the settings, or choose a faster model.',
  );
}

/** Too many came too late. */
export function tooSlow(): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-too-slow',
    'The clean-up is too slow: this dictation goes on without it.',
    'Allow it more time in the settings, or choose a faster model.',
  );
}

/** @param reason why the answer cannot be the text, tidied up */
export function refused(reason: string): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-refused',
    `What the language model made of the text was not used (${reason}); the text stays as it was heard.`,
  );
}
