import { describe, expect, it } from 'vitest';
import type { TranscribeRequest } from '../../../src/core/model';
import { FRAME_SAMPLES, samplesToMs } from '../../../src/core/units';
import { type FakeCall, say } from '../../support/fake-engine';
import { expectSound, type Outcome, play, samples, type Scenario } from '../../support/marbles-session';

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
/** A heavy model whose calls cost in proportion to their window: what the first one tells is true of all. */
const costing =
  (msPerSecond: number) =>
  ({ range }: Pick<TranscribeRequest, 'range'>) =>
    (msPerSecond * samplesToMs(range.end - range.start)) / 1_000;

/** Beginning, pause and end of every utterance, ms: as the session saw them. */
function utterancesOf({ told }: Outcome) {
  return told.flatMap(({ at, event }) => {
    if (event.type !== 'utterance' || event.phase !== 'end') return [];
    const { utteranceId, start, speechEnd = NaN } = event;
    // The pause is confirmed after 160 ms of silence.
    return [{ utteranceId, start, pausedAt: samplesToMs(speechEnd) + 160, endedAt: at }];
  });
}

/** Windows of the heavy model that got no call, by reason, as seconds of their utterance. */
function refused({ told }: Outcome, start: number, reason: string): number[] {
  return told.flatMap(({ at, event }) =>
    event.type === 'dropped' && event.role === 'heavy' && event.reason === reason
      ? [Math.round((at - samplesToMs(start)) / 1_000)]
      : [],
  );
}

const partials = ({ heavy }: Outcome) => heavy.calls.filter(({ request }) => !request.final);
const finals = ({ heavy }: Outcome) => heavy.calls.filter(({ request }) => request.final);
/** Ends of the windows of calls, as seconds of their utterance. */
const secondsOf = (calls: readonly FakeCall[], start: number) =>
  calls.map(({ request }) => Math.round(samplesToMs(request.range.end - start) / 1_000));

describe('partial passes of the heavy model', () => {
  /** 12.2 s of speech: the thirteenth second falls into the pause. */
  const said = say(words(36), 500, 300, 40);

  it('come every second while twice their cost is less than that', () => {
    const outcome = play({ said, heavy: { callMs: costing(35) } });
    expectSound(outcome);
    const { start } = utterancesOf(outcome)[0]!;
    expect(secondsOf(partials(outcome), start)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(refused(outcome, start, 'stretched')).toEqual([]);
  });

  it('wait for as much new audio as twice their predicted cost when that is more', () => {
    // A window of n seconds costs 0.2 n s and wants 0.4 n s of new audio; nothing is known before the first call.
    const outcome = play({ said, heavy: { callMs: costing(200) } });
    expectSound(outcome);
    const { start } = utterancesOf(outcome)[0]!;
    expect(secondsOf(partials(outcome), start)).toEqual([1, 2, 4, 7, 12]);
    expect(refused(outcome, start, 'stretched')).toEqual([3, 5, 6, 8, 9, 10, 11]);
    expect(refused(outcome, start, 'pause')).toEqual([13]);
  });

  it('leave the heavy model idle for half of the time that somebody speaks, whatever they cost', () => {
    for (const msPerSecond of [150, 300, 450]) {
      const outcome = play({ said, heavy: { callMs: costing(msPerSecond) } });
      const [, ...later] = partials(outcome);
      expect(later.length, `${msPerSecond} ms`).toBeGreaterThan(0);
      for (const { request, startedAt } of later) {
        const before = partials(outcome).filter((call) => call.startedAt < startedAt);
        const waited = samplesToMs(request.range.end - before.at(-1)!.request.range.end);
        const most = Math.max(2 * costing(msPerSecond)(request), 1_000 - samplesToMs(FRAME_SAMPLES));
        expect(waited, `${msPerSecond} ms`).toBeGreaterThanOrEqual(most);
      }
    }
  });

  it('wait for nothing where speech goes on after a pause: the next one agrees with what was heard there', () => {
    const before = say(words(8), 500, 300, 40);
    const resumedMs = samplesToMs(before.at(-1)?.end ?? 0) + 350;
    const outcome = play({
      said: [...before, ...say(words(12), resumedMs, 300, 40)],
      heavy: { callMs: costing(450) },
    });
    expectSound(outcome);
    expect(outcome.session.stats().speculation.thrown).toBe(1);
    const ends = partials(outcome).map(({ request }) => samplesToMs(request.range.end));
    const next = ends.find((end) => end > resumedMs) ?? NaN;
    expect(next - resumedMs).toBeLessThanOrEqual(1_000 + samplesToMs(FRAME_SAMPLES));
    // Those behind it do.
    expect(refused(outcome, 0, 'stretched').some((second) => second * 1_000 > next)).toBe(true);
  });

  it('begin anew with each utterance: its first second waits for nothing', () => {
    const [one, two] = [say(words(9), 500, 300, 40), say('and the next one follows', 5_000, 300, 40)];
    const outcome = play({ said: [...one, ...two], heavy: { callMs: costing(450) } });
    expectSound(outcome);
    const second = utterancesOf(outcome)[1]!;
    const own = partials(outcome).filter(({ request }) => request.utteranceId === second.utteranceId);
    expect(secondsOf(own, second.start)[0]).toBe(1);
  });
});

/** Sentences of many lengths, so that windows of the heavy model fall due at all moments of the pause. */
const LENGTHS = Array.from({ length: 24 }, (_, index) => index);
const sentence = (index: number) => say(words(6 + (index % 4)), 500 + 40 * index, 270 + 10 * (index % 7), 40);
/** Dictations of them by a model that keeps up, and by one that is so slow that its first pass is seldom over at the pause. */
const MACHINES: Readonly<Record<string, NonNullable<Scenario['heavy']>>> = {
  'a model that keeps up': { callMs: costing(35) },
  'a model that takes longer than the pause': { callMs: costing(300) },
  'a model that is busy when the pause begins': { callMs: ({ final }) => (final ? 400 : 900) },
};

describe.each(Object.entries(MACHINES))('once silence has begun: %s', (_name, heavy) => {
  /** Played once for all tests: nobody changes what they came to. */
  const played = new Map<boolean, readonly Outcome[]>();
  const outcomes = (speculate: boolean) => {
    const known = played.get(speculate);
    const all =
      known ?? LENGTHS.map((index) => play({ said: sentence(index), heavy, policy: { speculate } }));
    played.set(speculate, all);
    return all;
  };

  it.each([true, false])('starts no partial pass before the end (speculation: %s)', (speculate) => {
    const reasons = outcomes(speculate).flatMap((outcome) => {
      expectSound(outcome);
      for (const { pausedAt, endedAt } of utterancesOf(outcome)) {
        expect(endedAt - pausedAt).toBeGreaterThan(350);
        const late = partials(outcome).filter(({ startedAt }) => startedAt >= pausedAt);
        expect(late.map(({ startedAt }) => startedAt)).toEqual([]);
      }
      return outcome.transcript.flatMap((event) => (event.type === 'dropped' ? [event.reason] : []));
    });
    // Else nothing was tried.
    expect(reasons.filter((reason) => reason === 'pause').length).toBeGreaterThan(3);
  });

  it.each([true, false])('starts the final pass as soon as it may (speculation: %s)', (speculate) => {
    for (const outcome of outcomes(speculate)) {
      const [{ pausedAt, endedAt }] = utterancesOf(outcome) as [ReturnType<typeof utterancesOf>[number]];
      const due = speculate ? pausedAt : endedAt;
      // Work in progress is finished; nothing else may come before it.
      const free = Math.max(due, ...partials(outcome).map((call) => call.endedAt ?? Infinity));
      expect(finals(outcome).map(({ startedAt }) => startedAt)).toEqual([free]);
    }
  });
});

describe('a partial pass that still waits for the heavy model when silence begins', () => {
  it('is given up for the final one', () => {
    // The first pass, of unknown cost, is over between the pause (2.59 s) and the end (3.0 s).
    const said = say(words(6), 500, 300, 40);
    const outcome = play({ said, heavy: { callMs: () => 1_750 }, policy: { speculate: false } });
    expectSound(outcome);
    const [{ pausedAt, endedAt }] = utterancesOf(outcome) as [ReturnType<typeof utterancesOf>[number]];
    const [first] = partials(outcome);
    expect(first!.endedAt).toBeGreaterThan(pausedAt);
    expect(first!.endedAt).toBeLessThan(endedAt);
    expect(partials(outcome)).toHaveLength(1);
    const given = outcome.told.find(({ at }) => at === first!.endedAt && at > pausedAt);
    expect(given?.event).toMatchObject({ type: 'dropped', role: 'heavy', windowId: 8, reason: 'pause' });
    expect(finals(outcome).map(({ startedAt }) => startedAt)).toEqual([endedAt]);
  });
});

describe('speculation', () => {
  const speculation = (scenario: Scenario) => {
    const outcome = play(scenario);
    expectSound(outcome);
    return { ...outcome.session.stats().speculation, finals: finals(outcome).length, text: outcome.text };
  };
  const held = say('well I think', 500);
  /** The pause before the last words takes 350 ms: longer than the 160 ms of a pause, shorter than the 550 ms of an end. */
  const resumed = [...held, ...say('that it works', 1_850)];

  it('is kept if the pause holds: the final pass is the one that was begun at the pause', () => {
    expect(speculation({ said: held, heavy: { callMs: () => 200 } })).toEqual({
      kept: 1,
      thrown: 0,
      finals: 1,
      text: 'well I think',
    });
  });

  it('is kept although it is still under way when the utterance ends', () => {
    expect(
      speculation({ said: held, heavy: { callMs: ({ final }) => (final ? 2_000 : 100) } }),
    ).toMatchObject({
      kept: 1,
      thrown: 0,
      finals: 1,
    });
  });

  it('is thrown away if speech goes on, and made anew at the next pause', () => {
    expect(speculation({ said: resumed, heavy: { callMs: () => 100 } })).toEqual({
      kept: 1,
      thrown: 1,
      finals: 2,
      text: 'well I think that it works',
    });
  });

  it('is thrown away even if speech goes on before it was answered', () => {
    expect(speculation({ said: resumed, heavy: { callMs: () => 600 } })).toMatchObject({
      kept: 1,
      thrown: 1,
      finals: 2,
      text: 'well I think that it works',
    });
  });

  it('is not begun any more if speech goes on before its turn has come', () => {
    // The first partial pass, begun at 1.1 s, takes until speech has gone on (at 1.9 s).
    const outcome = play({
      said: resumed,
      heavy: { callMs: ({ final }) => (final ? 200 : 900) },
    });
    expectSound(outcome);
    const reasons = outcome.transcript.flatMap((event) =>
      event.type === 'dropped' && event.role === 'heavy' ? [event.reason] : [],
    );
    expect(reasons).toContain('resumed');
    expect(outcome.session.stats().speculation).toEqual({ kept: 1, thrown: 0 });
    expect(outcome.text).toBe('well I think that it works');
  });

  it('does not count what it could not hear: a failed one is made again at the end', () => {
    let calls = 0;
    const outcome = play({
      said: held,
      heavy: { callMs: () => 100 },
      at: { 1_700: ({ heavy }) => ((calls = heavy.calls.length), heavy.crash(100)) },
    });
    expectSound(outcome);
    expect(outcome.heavy.calls[calls - 1]).toMatchObject({ outcome: 'failed', request: { final: true } });
    expect(outcome.session.stats().speculation).toEqual({ kept: 0, thrown: 1 });
    expect(finals(outcome)).toHaveLength(2);
    expect(outcome.text).toBe('well I think');
  });

  it('is not begun where it is switched off, or where nothing was said', () => {
    expect(speculation({ said: held, policy: { speculate: false } })).toMatchObject({
      kept: 0,
      thrown: 0,
      finals: 1,
    });
    const click = [{ text: 'tick', start: samples(500), end: samples(600) }];
    expect(speculation({ said: click })).toMatchObject({ kept: 0, thrown: 0, finals: 0 });
  });
});
