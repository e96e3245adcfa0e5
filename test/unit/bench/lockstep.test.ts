import { setImmediate } from 'node:timers/promises';
import { firstValueFrom, lastValueFrom, NEVER, of, Subject, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Frame, Hypothesis, Role, VoiceProbability } from '../../../src/core/model';
import type { Engine, ListeningEngine } from '../../../src/core/ports';
import { FRAME_SAMPLES } from '../../../src/core/units';
import { requestFor } from '../../support/engines';
import { Lockstep } from '../../support/lockstep';

const nothing = () => undefined;
const hypothesis = { text: 'late' } as Hypothesis;

/** Hears nothing, and answers at once. */
const engine = (role: Role): Engine => ({
  role,
  longestWindow: 80_000,
  state$: NEVER,
  start: nothing,
  reset: nothing,
  push: nothing,
  release: nothing,
  usage: () => Promise.resolve(undefined),
  dispose: nothing,
  transcribe: () => of(hypothesis),
});

describe('a session in the time of its audio', () => {
  it('has its answers from a model that was loaded when all audio had been played', async () => {
    const voice$ = new Subject<VoiceProbability>();
    const push = ({ start }: Frame) => voice$.next({ start, probability: 0 });
    const fast: ListeningEngine = { ...engine('fast'), voice$, push };
    const lockstep = new Lockstep({ fast, heavy: engine('heavy') });
    const frames = [0, FRAME_SAMPLES].map((start) => ({ start, samples: new Float32Array(FRAME_SAMPLES) }));
    const { frames$ } = lockstep.source('frames', frames);
    await lastValueFrom(frames$.pipe(tap(push)));
    await setImmediate();
    const asked = ['fast', 'heavy'] as const;
    const answers = asked.map((role) =>
      firstValueFrom(lockstep.engines[role].transcribe(requestFor(role, 1_600))),
    );
    expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(['late', 'late']);
    lockstep.dispose();
  });
});
