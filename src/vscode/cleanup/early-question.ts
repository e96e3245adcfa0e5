import { catchError, defer, EMPTY, type Observable, type Subscription, switchMap } from 'rxjs';
import type { Cleaner } from '../../core/cleanup/cleaner';
import { asDictationError, type DictationError } from '../../core/errors';

/**
 * Asks the user what the clean-up needs as soon as it is switched on, so that no question comes in the middle of a dictation.
 * @param switched emits when the user has chosen another provider
 * @param cleaner that of the settings
 * @param report what went wrong, for the user
 */
export function askEarly(
  switched: Observable<void>,
  cleaner: () => Cleaner | undefined,
  report: (error: DictationError) => void,
): Subscription {
  const asked = switchMap(() =>
    defer(() => cleaner()?.prepare?.() ?? EMPTY).pipe(
      catchError((error: unknown) => {
        report(asDictationError(error, 'cleanup', 'cleanup-failed'));
        return EMPTY;
      }),
    ),
  );
  return switched.pipe(asked).subscribe();
}
