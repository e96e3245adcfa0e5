import { map, type Observable, startWith, switchMap } from 'rxjs';
import type { Frame } from '../model';
import type { AudioSource } from '../ports';
import { FRAME_SAMPLES } from '../units';

/**
 * A source that goes on with another one whenever `others$` brings one, without a gap in its positions: a dictation hears
 * the microphone that was chosen in the middle of it. Ends as the latest source does.
 */
export function switchingSource(first: AudioSource, others$: Observable<AudioSource>): AudioSource {
  return {
    name: first.name,
    frames$: others$.pipe(
      startWith(first),
      switchMap((source) => source.frames$),
      map(({ samples }, index): Frame => ({ start: index * FRAME_SAMPLES, samples })),
    ),
  };
}
