import { DictationError } from '../../core/errors';
import type { Role } from '../../core/model';
import type { CallFailure, LoadFailure } from '../../protocol/messages';

/** Every way an engine can fail, as errors for the user. The stable codes are those of `Engine.transcribe`. */

const TITLES: Readonly<Record<Role, string>> = { fast: 'fast model', heavy: 'confirming model' };
const LOG_HINT = 'The dictation log says more; set its level to debug and try again.';

/** The process ended by itself; `how` names exit code or signal. */
export function engineCrashed(role: Role, how: string): DictationError {
  return new DictationError(
    'engine',
    'engine-crashed',
    `The process of the ${TITLES[role]} ended (${how}).`,
    LOG_HINT,
  );
}

/** The process did not answer in time and was ended; `what` names what it did not do. */
export function engineStalled(role: Role, what: string): DictationError {
  return new DictationError(
    'engine',
    'engine-stalled',
    `The process of the ${TITLES[role]} ${what} and was ended.`,
    LOG_HINT,
  );
}

/** A call took far longer than such calls take. */
export function deadlinePassed(role: Role, deadlineMs: number): DictationError {
  return new DictationError(
    'engine',
    'engine-deadline',
    `The ${TITLES[role]} did not answer within ${Math.round(deadlineMs / 1000)} s and was ended.`,
    'If this happens often, choose a smaller model or close other programs.',
  );
}

/** One call failed; the process goes on. */
export function callFailed(role: Role, code: CallFailure, message: string): DictationError {
  const hint = code === 'language' ? 'Choose another language or a multilingual model.' : '';
  return new DictationError('engine', 'engine-failed', `The ${TITLES[role]} failed: ${message}`, hint);
}

/** No process will come any more (or none was started). */
export function engineUnavailable(role: Role, cause?: DictationError): DictationError {
  return new DictationError(
    'engine',
    'engine-unavailable',
    cause ? `The ${TITLES[role]} is not available: ${cause.message}` : `The ${TITLES[role]} is not running.`,
    cause?.hint ?? '',
    { cause },
  );
}

const LOAD_HINTS: Readonly<Record<LoadFailure, string>> = {
  protocol: 'Reload the window; if that does not help, install the extension again.',
  'model-missing': 'Download the model again or choose another one.',
  'model-corrupt': 'Delete the file and download the model again, or choose another one.',
  'model-refused':
    'Close other programs if memory is short; else download the model again or choose another one.',
  addon: 'Install the extension again; in a checkout run "npm run build:native".',
  vad: 'Install the extension again.',
  'self-test': 'Choose another model; if none works, please report it with the dictation log.',
  internal: LOG_HINT,
};

/** The process said why it cannot load. */
export function loadFailed(
  role: Role,
  code: LoadFailure,
  message: string,
  modelName: string,
): DictationError {
  const area = code.startsWith('model-') ? 'model' : 'engine';
  return new DictationError(
    area,
    code,
    `The ${TITLES[role]} (${modelName}) cannot be used. ${message}`,
    LOAD_HINTS[code],
  );
}

/** A new process may fare better: memory may be free again, uninitialised memory may hold something else. */
const PASSING: ReadonlySet<LoadFailure> = new Set(['model-refused', 'self-test', 'internal']);

/** True if a new process would only fail in the same way. */
export function isPermanent(code: LoadFailure): boolean {
  return !PASSING.has(code);
}
