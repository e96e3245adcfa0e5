import { catchError, defer, map, type Observable, startWith, switchMap } from 'rxjs';
import { asDictationError, DictationError } from '../errors';
import type { Frame } from '../model';
import type { AudioSource } from '../ports';
import { FRAME_SAMPLES } from '../units';

/**
 * A source that goes on with another one whenever `others$` brings one, without a gap in its positions: a dictation hears
 * the microphone that was chosen in the middle of it. If that one fails, `failed` is told and the one before is heard again;
 * only when that fails too, or the very first, does the source fail. Ends as the latest source does.
 */
export function switchingSource(
  first: AudioSource,
  others$: Observable<AudioSource>,
  failed: (error: unknown) => void,
): AudioSource {
  const frames$ = defer(() => {
    let heard: AudioSource | undefined;
    return others$.pipe(
      startWith(first),
      switchMap((source) => {
        const former = heard;
        heard = source;
        if (!former) return source.frames$;
        return source.frames$.pipe(
          catchError((error: unknown) => {
            failed(error);
            heard = former;
            return former.frames$;
          }),
        );
      }),
      map(({ samples }, index): Frame => ({ start: index * FRAME_SAMPLES, samples })),
    );
  });
  return { name: first.name, frames$ };
}

/** What the user is told when the microphone chosen in the middle of a dictation fails. */
export function chosenMicrophoneFailed(cause: unknown): DictationError {
  const { code, message } = asDictationError(cause, 'microphone', 'microphone-unavailable');
  return new DictationError(
    'microphone',
    code,
    `The chosen microphone cannot be used: ${message}`,
    'Dictation goes on with the one before.',
    { cause },
  );
}
