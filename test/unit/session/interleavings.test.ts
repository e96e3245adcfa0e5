import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostBusyThreads } from '../../support/busy-threads';
import { fakeError, say, type SpokenWord } from '../../support/fake-engine';
import { STRATEGY_NAMES } from '../../../src/core/session/strategies/names';
import { roomForFinals, threadBudget } from '../../../src/core/threads';
import { FRAME_SAMPLES } from '../../../src/core/units';
import { expectSound, type Outcome, play, type Scenario } from '../../support/marbles-session';

/** Utterances of unique words with pauses of any length between them, some too short to end an utterance. */
const speech = fc
  .array(
    fc.record({
      words: fc.integer({ min: 1, max: 14 }),
      pauseMs: fc.integer({ min: 60, max: 1_600 }),
      wordMs: fc.integer({ min: 260, max: 450 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => {
    const said: SpokenWord[] = [];
    let at = 300;
    for (const { words, pauseMs, wordMs } of parts) {
      const text = Array.from({ length: words }, (_, index) => `w${said.length + index}`).join(' ');
      const spoken = say(text, at, wordMs, 40);
      said.push(...spoken);
      at += words * (wordMs + 40) + pauseMs;
    }
    return said;
  });

/** A machine: how long every call takes, by the count of calls, and which heavy calls fail. */
const machine = fc.record({
  fastMs: fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 7 }),
  heavyMs: fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 7 }),
  heavyFails: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  fastLoadMs: fc.integer({ min: 0, max: 4_000 }),
  heavyLoadMs: fc.integer({ min: 0, max: 6_000 }),
  crashFastAt: fc.option(fc.integer({ min: 100, max: 6_000 })),
  crashHeavyAt: fc.option(fc.integer({ min: 100, max: 6_000 })),
  agreement: fc.boolean(),
  speculate: fc.boolean(),
  yieldToFinal: fc.boolean(),
  allCoresUpTo: fc.constantFrom(0, 500, Infinity),
  strategy: fc.constantFrom(...STRATEGY_NAMES),
  /** The fake models are sure of every word with 0.9. */
  skipConfirmAbove: fc.constantFrom(1, 0.8),
});
type Machine = typeof machine extends fc.Arbitrary<infer T> ? T : never;

function scenario(said: readonly SpokenWord[], on: Machine): Scenario {
  let fastCalls = 0;
  let heavyCalls = 0;
  let heavyAnswers = 0;
  // With one model nobody is left to ask for words that it failed to hear.
  const alone = on.strategy === 'single';
  const heavyFails = alone ? [false] : on.heavyFails;
  // Both deaths would be that one model's, and a call is made twice, not three times.
  const crashFastAt = alone && on.crashHeavyAt !== null ? null : on.crashFastAt;
  const { strategy, agreement, speculate, yieldToFinal, allCoresUpTo, skipConfirmAbove } = on;
  const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
  return {
    said,
    strategy,
    policy: { agreement, speculate, yieldToFinal, allCoresUpTo, skipConfirmAbove },
    fast: { loadMs: on.fastLoadMs, callMs: () => pick(on.fastMs, fastCalls++) },
    heavy: {
      loadMs: on.heavyLoadMs,
      callMs: () => pick(on.heavyMs, heavyCalls++),
      answer: (_, heard) => (pick(heavyFails, heavyAnswers++) ? fakeError('engine-failed') : heard),
    },
    at: {
      ...(crashFastAt !== null && { [crashFastAt]: ({ fast }) => fast.crash(800) }),
      ...(on.crashHeavyAt !== null && { [on.crashHeavyAt]: ({ heavy }) => heavy.crash(1_300) }),
    },
    untilMs: 400_000,
  };
}

/**
 * Every word was committed once and in order. Only with a word that the detector's cuts go through anything may happen: it
 * may be too short to be heard on either side, or be heard on both.
 */
function expectEveryWord({ text, told }: Outcome, said: readonly SpokenWord[]): void {
  const cuts = told.flatMap(({ event }) => (event.type === 'utterance' ? [event.start, event.end] : []));
  const isCut = ({ start, end }: SpokenWord) => cuts.some((cut) => cut > start && cut < end);
  const cut = new Set(said.filter(isCut).map((word) => word.text));
  const whole = (words: readonly string[]) => words.filter((word) => word !== '' && !cut.has(word));
  expect(whole(text.split(' '))).toEqual(whole(said.map((word) => word.text)));
}

describe('any interleaving', () => {
  it('keeps no more threads busy than there are cores', () => {
    fc.assert(
      fc.property(speech, machine, fc.constantFrom(2, 3, 4, 8), (said, on, cores) => {
        const threads = threadBudget(cores, on.strategy);
        const { policy, ...plan } = scenario(said, on);
        const outcome = play({ ...plan, policy: { ...policy, ...roomForFinals(threads, cores) } });
        expect(mostBusyThreads(outcome, threads)).toBeLessThanOrEqual(cores);
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  it('commits every word that was said, once, in order, and accounts for every window', () => {
    fc.assert(
      fc.property(speech, machine, (said, on) => {
        const outcome = play(scenario(said, on));
        expectSound(outcome);
        expectEveryWord(outcome, said);
      }),
      { numRuns: 120 },
    );
  }, 120_000);

  it('stopped at any moment commits a beginning of what was said', () => {
    fc.assert(
      fc.property(speech, machine, fc.integer({ min: 0, max: 8_000 }), (said, on, stopAt) => {
        const plan = scenario(said, on);
        const outcome = play({ ...plan, at: { ...plan.at, [stopAt]: ({ session }) => session.stop() } });
        expectSound(outcome);
        const captured = (outcome.fast.pushed.at(-1) ?? 0) + FRAME_SAMPLES;
        expectEveryWord(
          outcome,
          said.filter(({ end }) => end <= captured),
        );
      }),
      { numRuns: 50 },
    );
  }, 120_000);

  it('cancelled at any moment leaves nothing behind', () => {
    fc.assert(
      fc.property(speech, machine, fc.integer({ min: 0, max: 8_000 }), (said, on, cancelAt) => {
        const plan = scenario(said, on);
        const outcome = play({ ...plan, at: { ...plan.at, [cancelAt]: ({ unsubscribe }) => unsubscribe() } });
        expect(outcome.capturing).toBe(false);
        expect(
          outcome.fast.state$.observed || outcome.heavy.state$.observed || outcome.fast.voice$.observed,
        ).toBe(false);
        expect(outcome.told.every(({ at }) => at <= cancelAt || outcome.completed)).toBe(true);
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});
