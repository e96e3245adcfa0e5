import { describe, expect, it } from 'vitest';
import type { Role, TranscribeRequest } from '../../../src/core/model';
import type { EngineState } from '../../../src/core/ports';
import { conduct, type Conducted, type Interference } from '../../support/conductor';
import { reached } from '../../support/engines';
import { embeddedPair, embeddedSole, type Pair } from '../../support/pipeline';
import { isAlive } from '../../support/processes';
import { AUDIO, confirming, expectNothingLost, kill, once, unverified } from '../../support/robustness';

/** Longer than any call of these models, also on a machine that is busy with something else. */
const DEADLINE_MS = 3_000;

/** Runs `test` with engines that are ended afterwards. */
async function using(pair: Pair, test: (pair: Pair) => Promise<void>): Promise<void> {
  try {
    await test(pair);
  } finally {
    await Promise.all([pair.fast.dispose(), pair.heavy.dispose()]);
  }
}

async function ready(pair: Pair): Promise<Pair> {
  pair.fast.start();
  if (pair.heavy !== pair.fast) pair.heavy.start();
  await Promise.all([reached(pair.fast, 'ready'), reached(pair.heavy, 'ready')]);
  return pair;
}

/** Does something to the engine that confirms, in its first final pass. */
const inFinal = (signal: NodeJS.Signals): Interference => ({
  policy: { speculate: false },
  duringCall: once<[TranscribeRequest, number, Pair]>(
    (request) => confirming(request),
    (_request, _number, on) => kill(on, 'heavy', signal),
  ),
});

/** Every word is confirmed, and the one problem was told once. */
function expectConfirmed(outcome: Conducted, problem: string): void {
  expectNothingLost(outcome);
  expect(outcome.error).toBeUndefined();
  expect(outcome.problems).toEqual([problem]);
  expect(unverified(outcome)).toEqual([]);
}

/** Not by a model that drafts and one that confirms; only a lost final pass is asked for again. */
function expectEachWindowOnce({ asked }: Conducted): void {
  const windows = asked.flatMap(({ final, windowId }) => (final ? [] : [windowId]));
  expect(windows.length).toBeGreaterThan(0);
  expect(new Set(windows).size).toBe(windows.length);
}

describe('cascaded: the heavy engine', () => {
  it('killed in a final: confirmed by a second try', () =>
    using(embeddedPair(), async (pair) => {
      await ready(pair);
      const outcome = await conduct(pair, AUDIO, { strategy: 'cascaded', ...inFinal('SIGKILL') });
      expectConfirmed(outcome, 'engine-crashed');
      expect(outcome.mostCalls).toBe(1);
      expect(outcome.stats.retried).toBe(1);
    }));

  it.skipIf(process.platform === 'win32')(
    'stopped in its tracks in a final: ended at its deadline, confirmed by a second try',
    () =>
      using(embeddedPair({ heavy: { deadlineMs: () => DEADLINE_MS } }), async (pair) => {
        const stopped = (await ready(pair)).heavy.pid ?? 0;
        const outcome = await conduct(pair, AUDIO, { strategy: 'cascaded', ...inFinal('SIGSTOP') });
        expectConfirmed(outcome, 'engine-deadline');
        expect(outcome.mostCalls).toBe(1);
        expect(isAlive(stopped)).toBe(false);
        expect(outcome.stats.retried).toBe(1);
      }),
  );
});

describe('single: the one engine', () => {
  it('killed in a final: confirmed by a second try', () =>
    using(embeddedSole(), async (pair) => {
      await ready(pair);
      const outcome = await conduct(pair, AUDIO, { strategy: 'single', ...inFinal('SIGKILL') });
      expectConfirmed(outcome, 'engine-crashed');
      expectEachWindowOnce(outcome);
      expect(outcome.stats.retried).toBe(1);
    }));

  it('killed while its model loads: what is said meanwhile is kept', () =>
    using(embeddedSole(), async (pair) => {
      const outcome = await conduct(pair, AUDIO, {
        strategy: 'single',
        onState: once<[Role, EngineState, Pair]>(
          (_role, { phase }) => phase === 'loading',
          // The supervisor tells its state in the middle of a start.
          (_role, _state, on) => queueMicrotask(() => kill(on, 'heavy')),
        ),
      });
      expectConfirmed(outcome, 'engine-crashed');
      expectEachWindowOnce(outcome);
    }));
});
