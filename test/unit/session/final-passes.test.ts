import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TranscribeRequest } from '../../../src/core/model';
import { FinalRoom } from '../../../src/core/session/strategies/final-room';
import { samplesToMs } from '../../../src/core/units';
import { type FakeCall, fakeError, say } from '../../support/fake-engine';
import { expectSound, type Outcome, play, samples, type Scenario } from '../../support/marbles-session';

const NUMBERS = Array.from({ length: 120 }, (_, index) => `word${index}`);
const tandem = (policy: Scenario['policy'], scenario: Scenario): Outcome =>
  play({ strategy: 'tandem', ...scenario, policy });

describe('drafts that yield', () => {
  const said = [...say('one two three', 500), ...say(NUMBERS.slice(0, 12).join(' '), 2_300)];
  const slowFinal: Scenario = { said, heavy: { callMs: ({ final }) => (final ? 2_000 : 300) } };
  const startedIn = ({ fast }: Outcome, { startedAt, endedAt = Infinity }: FakeCall) =>
    fast.calls.filter((draft) => draft.startedAt > startedAt && draft.startedAt < endedAt);

  it('are not made while a final pass runs, and are dropped visibly', () => {
    const outcome = tandem({ yieldToFinal: true }, slowFinal);
    const final = outcome.heavy.calls.find(({ request }) => request.utteranceId === 1 && request.final)!;
    expect(startedIn(outcome, final)).toEqual([]);
    const reasons = outcome.transcript.flatMap((event) => (event.type === 'dropped' ? [event.reason] : []));
    expect(reasons).toContain('yielded');
  });

  it('do so only where they have to', () => {
    const outcome = tandem({}, slowFinal);
    const final = outcome.heavy.calls.find(({ request }) => request.utteranceId === 1 && request.final)!;
    expect(startedIn(outcome, final).length).toBeGreaterThan(2);
  });
});

describe('final passes that take all cores', () => {
  const said = say('one two three', 500);
  const slowDraft: Scenario = { said, fast: { callMs: () => 600 }, heavy: { callMs: () => 300 } };
  const finalOf = ({ heavy }: Outcome) => heavy.calls.find(({ request }) => request.final)!;
  const running = ({ fast }: Outcome, at: number) =>
    fast.calls.filter(({ startedAt, endedAt = Infinity }) => startedAt <= at && endedAt > at);

  it('begin when the draft of their pause is done', () => {
    const outcome = tandem({ allCoresUpTo: Infinity }, slowDraft);
    const { startedAt } = finalOf(outcome);
    expect(running(outcome, startedAt)).toEqual([]);
    expect(outcome.fast.calls.some(({ endedAt = Infinity }) => endedAt === startedAt)).toBe(true);
    const elsewhere = tandem({}, slowDraft);
    expect(finalOf(elsewhere).startedAt).toBeLessThan(startedAt);
    expect(running(elsewhere, finalOf(elsewhere).startedAt)).not.toEqual([]);
  });

  /** Five utterances, each followed at once by the next; whether the final pass of each had all cores. */
  const inARow = (callMs: (request: TranscribeRequest) => number, allCoresUpTo: number) => {
    const utterances = Array.from({ length: 5 }, (_, index) =>
      say('one two three four', 500 + index * 2_200),
    );
    const outcome = tandem(
      { allCoresUpTo, agreement: false },
      { said: utterances.flat(), heavy: { callMs } },
    );
    const finals = outcome.heavy.calls.filter(({ request }) => request.final);
    return { outcome, finals, given: finals.map(({ request }) => request.allCores === true) };
  };
  const draftsIn = ({ fast }: Outcome, { startedAt, endedAt = Infinity }: FakeCall) =>
    fast.calls.filter((draft) => draft.startedAt >= startedAt && draft.startedAt < endedAt);

  it('are those that are known to be quick; drafts wait meanwhile', () => {
    const { outcome, finals, given } = inARow(() => 400, 500);
    expect(given, 'before the first call nobody knows').toEqual([false, true, true, true, true]);
    for (const final of finals.slice(1)) expect(draftsIn(outcome, final)).toEqual([]);
  });

  it('are not the slow ones: whoever speaks again need not wait for drafts', () => {
    const { outcome, finals, given } = inARow(() => 1_500, 500);
    expect(given).toEqual([false, false, false, false, false]);
    expect(finals.slice(0, 4).map((final) => draftsIn(outcome, final).length > 1)).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('have their share only if their turn comes while a draft of what is said next is being made', () => {
    const said = Array.from({ length: 12 }, (_, index) =>
      say('one two three four five', 500 + index * 2_300),
    );
    const outcome = tandem(
      { allCoresUpTo: Infinity },
      {
        said: said.flat(),
        fast: { callMs: () => 240 },
        // Partial passes of which a final one finds the model at work, until the next utterance has begun.
        heavy: { callMs: ({ final }) => (final ? 300 : 2_600) },
      },
    );
    const finals = outcome.heavy.calls.filter(({ request }) => request.final);
    const beside = finals.map((final) => running(outcome, final.startedAt).length > 0);
    expect(beside, 'both happen').toContain(true);
    expect(beside, 'both happen').toContain(false);
    expect(finals.map(({ request }) => request.allCores)).toEqual(beside.map((draft) => !draft));
    expectSound(outcome);
  });

  it('keep no drafts waiting for seconds if they hang', () => {
    const { outcome, finals, given } = inARow(
      ({ utteranceId, final }) => (final && utteranceId === 3 ? 6_000 : 400),
      500,
    );
    expect(given[2]).toBe(true);
    const [hanging] = finals.filter(({ request }) => request.utteranceId === 3);
    const waits = draftsIn(outcome, hanging!).map(({ startedAt }) => startedAt - hanging!.startedAt);
    expect(waits.length).toBeGreaterThan(2);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(2_000);
  });

  it('keep no drafts waiting while their model starts again, and share the cores when they are tried again', () => {
    const utterances = Array.from({ length: 3 }, (_, index) =>
      say('one two three four', 500 + index * 2_200),
    );
    const outcome = tandem(
      { allCoresUpTo: 500, agreement: false, speculate: false },
      {
        // Somebody speaks on while the final pass over the third is tried.
        said: [...utterances.flat(), ...say(NUMBERS.slice(0, 24).join(' '), 7_100)],
        heavy: { callMs: () => 400 },
        at: { 6_950: ({ heavy }) => heavy.crash(1_000) },
      },
    );
    expectSound(outcome);
    const [first, second] = outcome.heavy.calls.filter(
      ({ request }) => request.utteranceId === 3 && request.final,
    );
    expect(first).toMatchObject({ outcome: 'failed', request: { allCores: true } });
    expect(second).toMatchObject({ outcome: 'answered', request: { allCores: false } });
    const meanwhile = outcome.fast.calls.filter(
      ({ startedAt }) => startedAt > first!.endedAt! && startedAt < second!.startedAt,
    );
    expect(meanwhile.length).toBeGreaterThan(0);
    expect(draftsIn(outcome, second!).length).toBeGreaterThan(0);
  });

  /** Of a fast model that nothing is trusted of. */
  const unsure: NonNullable<NonNullable<Scenario['fast']>['answer']> = (_, heard) =>
    heard.map((word) => ({ ...word, p: 0.5 }));

  /** The longest time from the end of an utterance to its final words. */
  const waitsOf = (policy: Scenario['policy'], scenario: Scenario) => {
    const outcome = tandem(policy, scenario);
    expectSound(outcome);
    const decided = outcome.told.flatMap(({ at, event }) =>
      event.type === 'utterance' && event.phase === 'end' ? [at] : [],
    );
    const confirmed = outcome.told.flatMap(({ at, event }) =>
      event.type === 'commit' && event.final ? [at] : [],
    );
    expect(confirmed).toHaveLength(decided.length);
    return { outcome, longest: Math.max(...confirmed.map((at, index) => at - decided[index]!)) };
  };

  it.each<[string, Scenario['strategy'], Scenario['policy']]>([
    ['quick ones with all cores', 'tandem', { allCoresUpTo: 500 }],
    ['those that a sure draft would spare', 'tandem', { skipConfirmAbove: 0.8 }],
    ['those of models that take turns', 'cascaded', {}],
  ])('do not wait for drafts of a model that is not there: %s', (_name, strategy, policy) => {
    const utterances = Array.from({ length: 5 }, (_, index) => say('one two three', 500 + index * 2_500));
    const loadedAt = 15_000;
    const { longest, outcome } = waitsOf(policy, {
      strategy,
      said: utterances.flat(),
      lengthMs: loadedAt + 1_000,
      fast: { hearsWhileLoading: true, answer: unsure },
      heavy: { callMs: () => 300 },
      at: {
        // In the middle of the third.
        5_800: ({ fast }) => fast.crash(60_000),
        6_000: ({ fast }) => fast.become({ phase: 'loading' }),
        [loadedAt]: ({ fast }) => fast.ready(),
      },
    });
    expect(outcome.text.split(' ')).toHaveLength(15);
    expect(longest).toBeLessThan(1_000);
  });

  it.each([0, 0.8])('wait for no draft that hangs (trusted above %f), and share the cores then', (trust) => {
    const hangMs = 7_000;
    const { longest, outcome } = waitsOf(
      { allCoresUpTo: 500, ...(trust > 0 && { skipConfirmAbove: trust }), agreement: false },
      {
        said: Array.from({ length: 3 }, (_, index) => say('one two three', 500 + index * 2_500)).flat(),
        lengthMs: 12_000,
        fast: {
          callMs: ({ utteranceId }) => (utteranceId === 2 ? hangMs : 200),
          answer: unsure,
        },
        heavy: { callMs: () => 300 },
      },
    );
    const hanging = outcome.fast.calls.find(({ startedAt, endedAt = 0 }) => endedAt - startedAt >= hangMs)!;
    const beside = outcome.heavy.calls.filter(
      ({ request, startedAt }) =>
        request.final && startedAt > hanging.startedAt && startedAt < hanging.endedAt!,
    );
    expect(outcome.text.split(' ')).toHaveLength(9);
    expect(beside.map(({ request }) => request.utteranceId)).toEqual([2, 3]);
    expect(beside.map(({ request }) => request.allCores)).toEqual([false, false]);
    expect(longest).toBeLessThan(2_500);
  });

  it.each<[string, Scenario]>([
    // The draft of the fourth window is under way until the utterance is over.
    ['in turns', { said: say('one two three four', 500), strategy: 'cascaded' }],
    ['side by side', { said: say('one two three four', 500), strategy: 'tandem' }],
  ])('come at once when their utterance is over, before no partial pass: %s', (_name, scenario) => {
    const outcome = play({
      ...scenario,
      fast: { callMs: ({ windowId }) => (windowId === 4 ? 2_000 : 300) },
      heavy: { callMs: ({ final }) => (final ? 300 : 2_000) },
      policy: { allCoresUpTo: Infinity },
    });
    expectSound(outcome);
    const over = outcome.told.find(({ event }) => event.type === 'utterance' && event.phase === 'end')!.at;
    const after = outcome.heavy.calls.filter(({ startedAt }) => startedAt > over);
    expect(after.length).toBeGreaterThan(0);
    expect(after.filter(({ request }) => !request.final)).toEqual([]);
  });

  it('are none once it was seen that all cores gain nothing', () => {
    const perSecond = ({ range }: TranscribeRequest) => (samplesToMs(range.end - range.start) / 1_000) * 200;
    const callMs = (request: TranscribeRequest) => perSecond(request) * (request.allCores ? 2 : 1);
    const { given } = inARow(callMs, 300);
    expect(given).toEqual([true, true, false, false, false]);
  });
});

describe('what is known of a final pass', () => {
  afterEach(() => void vi.restoreAllMocks());

  /** Every other utterance has a pause that speech overtakes. */
  const said = Array.from({ length: 20 }, (_, index) => {
    const at = 500 + index * 4_000;
    return index % 2 === 1
      ? say('one two three', at)
      : [...say('well I think', at), ...say('that it works', at + 1_350)];
  }).flat();
  const clicks = Array.from({ length: 20 }, (_, index) => {
    const at = 500 + index * 1_500;
    return { text: 'tick', start: samples(at), end: samples(at + 100) };
  });
  /** A model that takes so long for a partial pass that final ones find it at work. */
  const busy = (ms: number): Scenario['heavy'] => ({ callMs: ({ final }) => (final ? 300 : ms) });

  it.each<[string, Scenario, string?]>([
    ['is made, kept or thrown away', { said }],
    ['waits until the next one takes its place', { said, heavy: busy(1_800) }, 'superseded'],
    ['is refused because speech has gone on', { said, heavy: busy(900) }, 'resumed'],
    ['would hear too little voice', { said: clicks }, 'little-voice'],
    ['is trusted to the draft', { said, policy: { skipConfirmAbove: 0.8 } }, 'trusted'],
    [
      'fails, both times',
      { said, heavy: { answer: ({ final }, heard) => (final ? fakeError('engine-failed') : heard) } },
    ],
    [
      'dies with its model',
      { said, heavy: { callMs: () => 800 }, at: { 10_000: ({ heavy }) => heavy.crash(2_000) } },
    ],
    ['has no model any more', { said, at: { 10_000: ({ heavy }) => heavy.giveUp() } }],
  ])('is forgotten when that %s', (_, scenario, reason) => {
    const isGiven = vi.spyOn(FinalRoom.prototype, 'isGiven');
    const policy = { allCoresUpTo: Infinity, ...scenario.policy };
    const outcome = tandem(policy, { ...scenario, untilMs: 400_000 });
    expectSound(outcome);
    const { contexts, calls, results } = isGiven.mock;
    const [room, ...others] = new Set(contexts as FinalRoom[]);
    expect(others).toEqual([]);
    const given = calls.filter((_call, index) => results[index]?.value).map(([window]) => window);
    const ids = new Set(given.map(({ id }) => id));
    expect(ids.size).toBeGreaterThanOrEqual(outcome.session.stats().utterances);
    expect(given.filter((window) => room?.isGiven(window))).toEqual([]);
    expect(room?.keepsDraftsWaiting).toBe(false);
    const dropped = outcome.transcript.flatMap((event) =>
      event.type === 'dropped' && event.role === 'heavy' && ids.has(event.windowId) ? [event.reason] : [],
    );
    if (reason) expect(dropped).toContain(reason);
  });
});
