import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordErrors } from '../../../src/core/measure/wer';
import type { Role, TranscribeRequest } from '../../../src/core/model';
import type { EngineState } from '../../../src/core/ports';
import { conduct, type Conducted, type Interference } from '../../support/conductor';
import { reached } from '../../support/engines';
import { embeddedPair, type Pair } from '../../support/pipeline';
import { seeded } from '../../support/random';
import {
  AUDIO,
  BETWEEN_FRAME,
  confirming,
  drafting,
  expectNothingLost,
  FRAMES,
  IDLE_FRAME,
  kill,
  once,
  partly,
  SPEECH_FRAME,
  TEXT,
  unverified,
} from '../../support/robustness';

const ALL_CORES = { allCoresUpTo: Infinity };
const pausing = ({ role, final }: TranscribeRequest) => role === 'fast' && final;

/** The model that was killed came back, and heard everything that had been said. */
function expectConfirmed(outcome: Conducted): void {
  expectNothingLost(outcome);
  expect(outcome.error).toBeUndefined();
  expect(outcome.problems).toEqual(['engine-crashed']);
  expect(unverified(outcome)).toEqual([]);
}

describe('an engine process that is killed', () => {
  let pair: Pair;
  beforeAll(() => {
    pair = embeddedPair();
  });
  afterAll(() => Promise.all([pair.fast.dispose(), pair.heavy.dispose()]));

  /** One dictation on warm engines. */
  const dictated = async (act: Interference, on = pair): Promise<Conducted> => {
    on.fast.start();
    on.heavy.start();
    await Promise.all([reached(on.fast, 'ready'), reached(on.heavy, 'ready')]);
    return conduct(on, AUDIO, act);
  };

  it('is not needed for the reference: undisturbed, every word is confirmed', async () => {
    const undisturbed = await dictated({});
    expectNothingLost(undisturbed);
    expect(undisturbed.problems).toEqual([]);
    expect(undisturbed.stats).toMatchObject({ unverified: 0, retried: 0 });
    expect(wordErrors(TEXT, undisturbed.text).errors).toBe(0);
  });

  const frame = (role: Role, at: number): Interference => ({
    beforeFrame: (index, on) => {
      if (index === at) kill(on, role);
    },
  });
  const call = (
    role: Role,
    test: (request: TranscribeRequest) => boolean,
    policy: Interference['policy'] = {},
  ): Interference => ({
    policy,
    duringCall: once<[TranscribeRequest, number, Pair]>(
      (request) => test(request),
      (_request, _number, on) => kill(on, role),
    ),
  });

  it.each<[string, Interference]>([
    ['fast, idle', frame('fast', IDLE_FRAME)],
    ['fast, in the middle of a sentence', frame('fast', SPEECH_FRAME)],
    ['fast, in a draft call', call('fast', drafting)],
    ['fast, while the heavy one makes a partial pass', call('fast', partly)],
    ['fast, while the heavy one makes a final pass', call('fast', confirming, { speculate: false })],
    ['fast, between utterances', frame('fast', BETWEEN_FRAME)],
    ['heavy, idle', frame('heavy', IDLE_FRAME)],
    ['heavy, while the fast one drafts', call('heavy', drafting)],
    ['heavy, in a partial pass', call('heavy', partly)],
    ['heavy, in a speculative final', call('heavy', confirming)],
    ['heavy, in a final', call('heavy', confirming, { speculate: false })],
    ['heavy, between utterances', frame('heavy', BETWEEN_FRAME)],
  ])('%s: everything is confirmed all the same', async (_name, act) => {
    const outcome = await dictated(act);
    expectConfirmed(outcome);
  });

  // As on two to four cores, where drafts and final passes make room for each other.
  it.each<[string, Interference]>([
    ['fast, in a draft call', call('fast', drafting, ALL_CORES)],
    ['fast, in the draft of a pause, which the final pass waits for', call('fast', pausing, ALL_CORES)],
    ['fast, while the heavy one makes a final pass', call('fast', confirming, ALL_CORES)],
    ['heavy, in a speculative final', call('heavy', confirming, ALL_CORES)],
    ['heavy, in a final', call('heavy', confirming, { ...ALL_CORES, speculate: false })],
  ])('%s, where final passes have all cores: everything is confirmed all the same', async (_name, act) => {
    const outcome = await dictated(act);
    expectConfirmed(outcome);
    expect(outcome.asked.some(({ allCores }) => allCores)).toBe(true);
  });

  it.each<[Role, 'starting' | 'loading']>([
    ['fast', 'starting'],
    ['fast', 'loading'],
    ['heavy', 'starting'],
    ['heavy', 'loading'],
  ])('%s, while %s: what is said meanwhile is kept', async (role, phase) => {
    const cold = embeddedPair();
    try {
      const outcome = await conduct(cold, AUDIO, {
        onState: once<[Role, EngineState, Pair]>(
          (which, state) => which === role && state.phase === phase,
          // The supervisor tells its state in the middle of a start.
          (_role, _state, on) => queueMicrotask(() => kill(on, role)),
        ),
      });
      expectNothingLost(outcome);
      expect(outcome.problems).toEqual(['engine-crashed']);
      expect(unverified(outcome)).toEqual([]);
    } finally {
      await Promise.all([cold.fast.dispose(), cold.heavy.dispose()]);
    }
  });

  it.each([1, 2, 3, 4])('at random moments, with seed %i', async (seed) => {
    const random = seeded(seed);
    const blows = Array.from({ length: 3 }, () => ({
      at: Math.floor(random() * FRAMES),
      role: random() < 0.5 ? ('fast' as const) : ('heavy' as const),
      delayMs: random() * 60,
    }));
    const outcome = await dictated({
      beforeFrame: (index, on) => {
        for (const { at, role, delayMs } of blows)
          if (at === index) setTimeout(() => kill(on, role), delayMs);
      },
    });
    expectNothingLost(outcome, `(seed ${seed}: ${JSON.stringify(blows)})`);
    expect(outcome.error).toBeUndefined();
  });
});
