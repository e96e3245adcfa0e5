import {
  asyncScheduler,
  defer,
  delay,
  distinctUntilKeyChanged,
  type MonoTypeOperatorFunction,
  of,
  switchMap,
  tap,
} from 'rxjs';
import type { DownloadProgress } from '../../core/ports';

/**
 * At most one event per `ms`: one that comes sooner waits, until a newer one takes its place, so that what is shown of a download that
 * stalls is where it stands. The one with all bytes waits for nothing. None tells what the one before has told.
 */
export function paced(ms: number): MonoTypeOperatorFunction<DownloadProgress> {
  return (progress$) =>
    defer(() => {
      let lastAt = -Infinity;
      const wait = ({ receivedBytes, totalBytes }: DownloadProgress): number => {
        if (receivedBytes === totalBytes) return 0;
        // A clock that was set back must not hold progress up.
        return Math.min(ms, Math.max(0, lastAt + ms - asyncScheduler.now()));
      };
      return progress$.pipe(
        switchMap((progress) => {
          const left = wait(progress);
          return left === 0 ? of(progress) : of(progress).pipe(delay(left));
        }),
        distinctUntilKeyChanged('receivedBytes'),
        tap(() => (lastAt = asyncScheduler.now())),
      );
    });
}
