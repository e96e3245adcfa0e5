import { describe, expect, it } from 'vitest';
import { samplesToMs } from '../../../src/core/units';
import { say } from '../../support/fake-engine';
import { expectSound, type Outcome, play, problemsOf, timeOf } from '../../support/marbles-session';

const FOX = 'the quick brown fox jumps over the lazy dog';

describe('a heavy model slower than speech', () => {
  const said = [...say(FOX, 500), ...say('and then it sleeps', 6_000), ...say('for a whole day', 9_500)];
  const outcome = play({ said, heavy: { callMs: () => 5_000 } });

  it('still commits everything, in order, from finals alone', () => {
    expectSound(outcome);
    expect(outcome.text).toBe(`${FOX} and then it sleeps for a whole day`);
    expect(outcome.commits.every(({ verified }) => verified)).toBe(true);
  });

  it('lets drafts go on and drops its own windows visibly', () => {
    const drops = outcome.transcript.filter((event) => event.type === 'dropped' && event.role === 'heavy');
    expect(drops.length).toBeGreaterThan(3);
    expect(outcome.drafts).toContain('for a whole day');
  });

  it('tells how far confirmation lags', () => {
    const lags = outcome.told.flatMap(({ event }) => (event.type === 'status' ? [event.status.lagMs] : []));
    expect(Math.max(...lags)).toBeGreaterThan(4_000);
    expect(lags.at(-1)).toBe(0);
  });
});

describe('a heavy model slower than speech for minutes', () => {
  const sentences = Array.from({ length: 24 }, (_, index) =>
    say(`one${index} two${index} three${index} four${index} five${index} six${index}`, 500 + index * 3_000),
  );

  const spoken = sentences.flat();
  const partials = ({ heavy }: Outcome, from: number, to = Infinity) =>
    heavy.calls.filter(({ request, startedAt }) => !request.final && startedAt > from && startedAt < to);

  it.each([
    ['a share of the cores', 0],
    ['all cores where that is quick', 500],
  ])(
    'does nothing but finals at first, and if that does not help the user is told once what would: finals with %s',
    (_, allCoresUpTo) => {
      const asked: number[] = [];
      const outcome = play({
        said: spoken,
        policy: { allCoresUpTo },
        heavy: { callMs: ({ range }) => 4 * samplesToMs(range.end - range.start) },
        slowAdvice: (ms) => (asked.push(ms), 'Take a smaller one.'),
        untilMs: 400_000,
      });
      expectSound(outcome);
      expect(outcome.text.split(' ')).toHaveLength(24 * 6);
      const behind = timeOf(outcome, (event) => event.type === 'dropped' && event.reason === 'behind');
      const told = timeOf(outcome, (event) => event.type === 'problem');
      expect(behind).toBeLessThan(told - 29_000);
      expect(partials(outcome, behind, samplesToMs(spoken.at(-1)?.end ?? 0))).toEqual([]);
      expect(problemsOf(outcome)).toEqual(['confirmation-slow']);
      const errors = outcome.told.flatMap(({ event }) =>
        event.type === 'problem' ? [event.error.hint] : [],
      );
      expect(errors).toEqual(['Take a smaller one.']);
      expect(asked[0]).toBeCloseTo(4_000, -2);
    },
  );

  it('recovers when it has caught up, and nobody is told', () => {
    const slowUntil = 20_000;
    const outcome = play({
      said: spoken,
      heavy: {
        callMs: (request) => (samplesToMs(request.range.end) < slowUntil ? 5_000 : 200),
      },
      untilMs: 400_000,
    });
    expectSound(outcome);
    expect(problemsOf(outcome)).toEqual([]);
    const behind = outcome.told.flatMap(({ at, event }) =>
      event.type === 'dropped' && event.reason === 'behind' ? [at] : [],
    );
    expect(behind.length).toBeGreaterThan(3);
    expect(partials(outcome, behind.at(-1) ?? Infinity).length).toBeGreaterThan(10);
  });

  it('is not what a model is that still loads', () => {
    const outcome = play({ said: spoken, heavy: { loadMs: 60_000, callMs: () => 200 }, untilMs: 400_000 });
    expect(problemsOf(outcome)).toEqual([]);
  });

  it('but one that keeps up with a file read faster than real time is not blamed', () => {
    const outcome = play({
      said: spoken,
      speed: 20,
      fast: { callMs: () => 20 },
      heavy: { callMs: () => 300 },
    });
    expectSound(outcome);
    const lags = outcome.told.flatMap(({ event }) => (event.type === 'status' ? [event.status.lagMs] : []));
    expect(Math.max(...lags)).toBeGreaterThan(20_000);
    expect(problemsOf(outcome)).toEqual([]);
    const reasons = outcome.transcript.flatMap((event) => (event.type === 'dropped' ? [event.reason] : []));
    expect(reasons).not.toContain('behind');
  });
});

describe('a fast model slower than its interval', () => {
  it('gets the newest window each time and drops the others visibly', () => {
    const outcome = play({ said: say(FOX, 500), fast: { callMs: () => 900 }, policy: { agreement: false } });
    expectSound(outcome);
    expect(outcome.text).toBe(FOX);
    expect(outcome.drafts.length).toBeGreaterThan(1);
    const superseded = outcome.transcript.filter(
      (event) => event.type === 'dropped' && event.role === 'fast' && event.reason === 'superseded',
    );
    expect(superseded.length).toBeGreaterThan(2);
  });
});
