import { catchError, defer, finalize, from, switchMap, throwError } from 'rxjs';
import { isDictationError } from '../../core/errors';
import type { AudioSource } from '../../core/ports';
import { MicrophoneLease, type LeaseOptions } from './microphone-lease';

/** Who has lost the microphone still hears the end of a word, and then lets go of it, ms. */
const HAND_OVER_MS = 3_000;

/**
 * `source`, held by a {@link MicrophoneLease} as long as it is listened to. Losing the lease ends nothing by itself:
 * whoever listens decides how to stop, so that the last words are confirmed. A microphone that only one program can use is
 * tried again once the others have let go of it.
 */
export function sharedMicrophone(source: AudioSource, options: LeaseOptions): AudioSource {
  return {
    name: source.name,
    frames$: defer(() => {
      const lease = new MicrophoneLease(options);
      return source.frames$.pipe(
        // This error comes before the first frame only.
        catchError((error: unknown) => {
          const mayBeTaken = isDictationError(error) && error.code === 'microphone-unavailable';
          if (!mayBeTaken || lease.isAlone) return throwError(() => error);
          return from(lease.whenAlone(HAND_OVER_MS)).pipe(switchMap(() => source.frames$));
        }),
        finalize(() => lease.dispose()),
      );
    }),
  };
}
