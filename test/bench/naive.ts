import type { Observable } from 'rxjs';
import {
  asyncScheduler,
  catchError,
  concatMap,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  from,
  map,
  merge,
  mergeMap,
  NEVER,
  share,
} from 'rxjs';
import { DEFAULT_LISTENING } from '../../src/core/audio/defaults';
import type { Hypothesis, Role, SampleRange } from '../../src/core/model';
import type { AudioSource, Engines } from '../../src/core/ports';
import { listen } from '../../src/core/session/listen';
import { isUtterance } from '../../src/core/session/steps';
import type { SessionEvent } from '../../src/core/session-types';
import { SAMPLE_RATE } from '../../src/core/units';

interface Pass extends SampleRange {
  readonly utteranceId: number;
  readonly final: boolean;
}

/**
 * What one writes first: every second both models hear the whole utterance so far again, at its end the heavy one once
 * more, and that text is taken. No agreement, no trimming, no speculation; a pass that finds its model busy is left
 * out. The same microphone, voice detector and engine processes as the product.
 */
export function naiveDictation(source: AudioSource, engines: Engines): Observable<SessionEvent> {
  return defer(() => {
    const heard$ = listen({
      source,
      engines,
      listening: DEFAULT_LISTENING,
      scheduler: asyncScheduler,
      stop$: NEVER,
      endNow$: NEVER,
    }).pipe(share());
    const speech$ = heard$.pipe(filter(isUtterance), share());
    let due = 0;
    const partials$ = speech$.pipe(
      mergeMap((event): Pass[] => {
        if (event.type === 'utterance-start') due = event.start + SAMPLE_RATE;
        if (event.type !== 'utterance-audio' || event.range.end < due) return [];
        due = event.range.end + SAMPLE_RATE;
        return [{ ...event.range, utteranceId: event.utteranceId, final: false }];
      }),
      share(),
    );
    const ends$ = speech$.pipe(
      filter((event) => event.type === 'utterance-end'),
      map(({ range, utteranceId }): Pass => ({ ...range, utteranceId, final: true })),
    );
    const decided = new Set<number>();
    const draft = (role: Role) => (pass: Pass) =>
      call(engines, role, pass).pipe(
        filter(() => !decided.has(pass.utteranceId)),
        map(({ text }): SessionEvent => ({
          type: 'draft',
          utteranceId: pass.utteranceId,
          windowId: 0,
          text,
          timestamp: pass.end,
        })),
      );
    const commit = (pass: Pass) =>
      call(engines, 'heavy', pass).pipe(
        map((hypothesis): SessionEvent => {
          decided.add(pass.utteranceId);
          return {
            type: 'commit',
            utteranceId: pass.utteranceId,
            windowId: 0,
            text: hypothesis.text,
            range: pass,
            timestamp: pass.end,
            correctsWindowIds: [],
            final: true,
            verified: true,
            replacedDraft: '',
          };
        }),
      );
    const told$ = speech$.pipe(
      mergeMap((event): SessionEvent[] => {
        if (event.type === 'utterance-start') {
          const { utteranceId, start } = event;
          return [{ type: 'utterance', utteranceId, phase: 'start', start, end: start }];
        }
        if (event.type !== 'utterance-end') return [];
        const { utteranceId, range, speechEnd } = event;
        return [{ type: 'utterance', utteranceId, phase: 'end', ...range, speechEnd }];
      }),
    );
    return merge(
      told$,
      partials$.pipe(exhaustMap(draft('fast'))),
      partials$.pipe(exhaustMap(draft('heavy'))),
      ends$.pipe(concatMap(commit)),
    );
  });
}

function call(engines: Engines, role: Role, pass: Pass): Observable<Hypothesis> {
  const { start, end, utteranceId, final } = pass;
  return from(
    engines[role].transcribe({
      role,
      windowId: 0,
      utteranceId,
      range: { start, end },
      final,
      language: 'en',
      prompt: '',
      timestamps: role === 'heavy',
    }),
  ).pipe(
    catchError((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      return EMPTY;
    }),
  );
}
