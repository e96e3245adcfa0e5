import { DictationError, errorPlace } from '../core/errors';
import type { Log } from '../core/ports';
import { showError } from './notifications';

/**
 * Tells, once a window, that a rule of written text has thrown. The log gets where, and not the message: it may hold what was
 * said.
 */
export function rulesFailed(log: Log): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    if (isTold) return;
    isTold = true;
    log.error(`A rule of written text failed: ${errorPlace(error)}`);
    const told = new DictationError(
      'engine',
      'text-rules',
      'A rule of written text has failed: what you say is written as it was heard.',
      'Please report it, with the place that the log names.',
    );
    showError(told, log).catch((cause: unknown) => log.warn(`Notification failed: ${String(cause)}`));
  };
}
