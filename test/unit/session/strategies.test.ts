import { describe, expect, it } from 'vitest';
import type { StrategyName } from '../../../src/core/session/strategies/names';
import { STRATEGY_NAMES } from '../../../src/core/session/strategies/names';
import type { TranscribeRequest } from '../../../src/core/model';
import type { PipelinePolicy } from '../../../src/core/session-types';
import { samplesToMs } from '../../../src/core/units';
import { NOTHING_PENDING, pendingAfter } from '../../../src/core/text/pending';
import type { FakeCall } from '../../support/fake-engine';
import { fakeError, say } from '../../support/fake-engine';
import {
  expectSound,
  type Outcome,
  play,
  problemsOf,
  samples,
  type Scenario,
} from '../../support/marbles-session';

const FOX = 'the quick brown fox jumps over the lazy dog';
const NUMBERS = Array.from({ length: 120 }, (_, index) => `word${index}`);

/** A way to combine the models, as a user sets it. */
interface Variant {
  readonly strategy: StrategyName;
  readonly policy?: Partial<PipelinePolicy>;
}

/** The fake models are sure of every word with 0.9. */
const VARIANTS: Readonly<Record<string, Variant>> = {
  tandem: { strategy: 'tandem' },
  cascaded: { strategy: 'cascaded' },
  single: { strategy: 'single' },
  'tandem, sure drafts trusted': { strategy: 'tandem', policy: { skipConfirmAbove: 0.8 } },
  'cascaded, sure drafts trusted': { strategy: 'cascaded', policy: { skipConfirmAbove: 0.8 } },
  'tandem, finals on all cores': { strategy: 'tandem', policy: { allCoresUpTo: Infinity } },
  'tandem, quick finals on all cores': { strategy: 'tandem', policy: { allCoresUpTo: 500 } },
  'tandem, drafts yield': { strategy: 'tandem', policy: { yieldToFinal: true } },
  'cascaded, no speculation': { strategy: 'cascaded', policy: { speculate: false } },
};

/** Something that happens, and what must have been committed in the end. */
interface Expected {
  readonly scenario: Scenario;
  readonly text: string;
  /** With one model, whose death ends the session: what was shown is kept, what it had not answered is not known to anybody. */
  readonly single?: { readonly text: string; readonly error: string };
}

const SCENARIOS: Readonly<Record<string, Expected>> = {
  'one sentence': { scenario: { said: say(FOX, 500) }, text: FOX },
  'two utterances': {
    scenario: { said: [...say('one two three', 500), ...say('four five six', 3_000)] },
    text: 'one two three four five six',
  },
  'a long monologue with forced splits': {
    scenario: { said: say(NUMBERS.join(' '), 500, 300, 40) },
    text: NUMBERS.join(' '),
  },
  'a pause within the sentence': {
    scenario: { said: [...say('well I think', 500), ...say('that it works', 1_850)] },
    text: 'well I think that it works',
  },
  'stop in the middle of a sentence': {
    scenario: { said: say(FOX, 500), then: 'silence', at: { 2_100: ({ session }) => session.stop() } },
    text: 'the quick brown fox jumps',
  },
  'confirm now': {
    scenario: { said: say(FOX, 500), at: { 2_000: ({ session }) => session.confirmNow() } },
    text: FOX,
  },
  'the fast engine dies once': {
    scenario: { said: say(FOX, 500), at: { 1_700: ({ fast }) => fast.crash(2_000) } },
    text: FOX,
  },
  'the heavy engine dies in the final pass': {
    scenario: {
      said: say(FOX, 500),
      heavy: { callMs: ({ final }) => (final ? 900 : 400) },
      at: { 4_300: ({ heavy }) => heavy.crash(1_500) },
    },
    text: FOX,
  },
  'a call of the heavy engine fails': {
    scenario: {
      said: say(FOX, 500),
      heavy: { answer: (_, heard, attempt) => (attempt === 1 ? fakeError('engine-failed') : heard) },
    },
    text: FOX,
  },
  'the heavy engine dies for good': {
    scenario: {
      said: [...say(FOX, 500), ...say('and it was tired', 6_000)],
      at: { 2_500: ({ heavy }) => heavy.giveUp() },
    },
    text: `${FOX} and it was tired`,
    single: { text: 'the quick brown', error: 'engine-unavailable' },
  },
  'a slow heavy engine': {
    scenario: {
      said: [...say(FOX, 500), ...say('and then it sleeps', 6_000), ...say('for a whole day', 9_500)],
      heavy: { callMs: () => 5_000 },
    },
    text: `${FOX} and then it sleeps for a whole day`,
  },
  'slow drafts': { scenario: { said: say(FOX, 500), fast: { callMs: () => 1_400 } }, text: FOX },
  'models that load slowly': {
    scenario: { said: say(FOX, 500), fast: { loadMs: 3_000 }, heavy: { loadMs: 6_000 } },
    text: FOX,
  },
  'a click that is no speech': {
    scenario: { said: [{ text: 'tick', start: samples(500), end: samples(600) }] },
    text: '',
  },
};

const played = (variant: Variant, scenario: Scenario): Outcome =>
  play({
    ...scenario,
    strategy: variant.strategy,
    policy: { ...scenario.policy, ...variant.policy },
  });

/** Calls of all engines, each once. */
function callsOf({ fast, heavy }: Outcome): readonly FakeCall[] {
  return fast === heavy ? heavy.calls : [...fast.calls, ...heavy.calls];
}

/** Nothing that was shown is left over, and nobody counted wrongly. */
function expectTidy(outcome: Outcome): void {
  const { transcript, commits, session, told } = outcome;
  expect(transcript.reduce(pendingAfter, NOTHING_PENDING)).toEqual(NOTHING_PENDING);
  const stats = session.stats();
  const started = told.filter(({ event }) => event.type === 'utterance' && event.phase === 'start').length;
  const final = commits.filter((commit) => commit.final);
  expect(stats.utterances).toBe(started);
  expect(final).toHaveLength(started);
  expect(stats.unverified).toBe(final.filter(({ verified }) => !verified).length);
  expect(stats.trusted).toBe(final.filter(({ trusted }) => trusted).length);
  const calls = callsOf(outcome);
  for (const role of ['fast', 'heavy'] as const) {
    const own = calls.filter(({ request }) => request.role === role);
    const drops = transcript.filter((event) => event.type === 'dropped' && event.role === role);
    expect(stats[role]).toMatchObject({
      calls: own.filter((call) => call.outcome === 'answered').length,
      failed: own.filter((call) => call.outcome === 'failed').length,
      dropped: drops.length,
    });
  }
  expect(calls.filter((call) => call.outcome === 'running')).toEqual([]);
}

/** Cascaded: never two calls at once, and no draft of a stretch after the heavy model has begun with it. */
function expectOneAtATime({ fast, heavy }: Outcome): void {
  for (const confirming of heavy.calls) {
    const { startedAt: start, endedAt: end = start, request } = confirming;
    for (const drafting of fast.calls) {
      expect(drafting.startedAt >= end || (drafting.endedAt ?? Infinity) <= start).toBe(true);
      const rescue = drafting.request.final && drafting.request.windowId === request.windowId;
      if (drafting.request.windowId <= request.windowId && !rescue)
        expect(drafting.startedAt).toBeLessThan(start);
    }
  }
}

describe.each(Object.entries(VARIANTS))('%s', (_, variant) => {
  it.each(Object.entries(SCENARIOS))('%s', (_name, { scenario, text, single }) => {
    const outcome = played(variant, scenario);
    const fatal = variant.strategy === 'single' ? single : undefined;
    expect(outcome.text).toBe(fatal?.text ?? text);
    if (fatal) expect(outcome.error).toMatchObject({ code: fatal.error });
    else expectSound(outcome);
    expectTidy(outcome);
    if (variant.strategy === 'cascaded') expectOneAtATime(outcome);
  });

  it('cancelled at any moment ends at once', () => {
    for (let at = 0; at <= 6_000; at += 750) {
      const outcome = played(variant, {
        said: say(FOX, 500),
        then: 'silence',
        at: { [at]: ({ unsubscribe }) => unsubscribe() },
      });
      expect(outcome.told.every((told) => told.at <= at)).toBe(true);
      expect(outcome.capturing).toBe(false);
      expect(outcome.heavy.state$.observed || outcome.fast.state$.observed).toBe(false);
      expect(callsOf(outcome).filter((call) => call.outcome === 'running')).toEqual([]);
    }
  });

  it.skipIf(variant.strategy === 'single')(
    'confirms what was said when the fast engine dies for good',
    () => {
      const outcome = played(variant, {
        said: say(FOX, 500),
        then: 'silence',
        at: { 2_500: ({ fast }) => fast.giveUp() },
      });
      expect(outcome.text).toBe('the quick brown fox jumps');
      expect(outcome.commits.at(-1)).toMatchObject({ final: true, verified: true });
      expect(outcome.error).toMatchObject({ area: 'engine', code: 'engine-unavailable' });
      expectTidy(outcome);
    },
  );

  it('shows words while they are spoken, and commits some before the end of a long sentence', () => {
    const outcome = played(variant, { said: say(NUMBERS.slice(0, 30).join(' '), 500) });
    expect(outcome.drafts.length).toBeGreaterThan(5);
    expect(outcome.commits.length).toBeGreaterThan(1);
  });
});

it('every strategy is among the variants', () => {
  expect(new Set(Object.values(VARIANTS).map(({ strategy }) => strategy))).toEqual(new Set(STRATEGY_NAMES));
});

describe('drafts that yield', () => {
  const said = [...say('one two three', 500), ...say(NUMBERS.slice(0, 12).join(' '), 2_300)];
  const slowFinal: Scenario = { said, heavy: { callMs: ({ final }) => (final ? 2_000 : 300) } };
  const startedIn = ({ fast }: Outcome, { startedAt, endedAt = Infinity }: FakeCall) =>
    fast.calls.filter((draft) => draft.startedAt > startedAt && draft.startedAt < endedAt);

  it('are not made while a final pass runs, and are dropped visibly', () => {
    const outcome = played({ strategy: 'tandem', policy: { yieldToFinal: true } }, slowFinal);
    const final = outcome.heavy.calls.find(({ request }) => request.utteranceId === 1 && request.final)!;
    expect(startedIn(outcome, final)).toEqual([]);
    const reasons = outcome.transcript.flatMap((event) => (event.type === 'dropped' ? [event.reason] : []));
    expect(reasons).toContain('yielded');
  });

  it('do so only where they have to', () => {
    const outcome = played({ strategy: 'tandem' }, slowFinal);
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
    const outcome = played({ strategy: 'tandem', policy: { allCoresUpTo: Infinity } }, slowDraft);
    const { startedAt } = finalOf(outcome);
    expect(running(outcome, startedAt)).toEqual([]);
    expect(outcome.fast.calls.some(({ endedAt = Infinity }) => endedAt === startedAt)).toBe(true);
    const elsewhere = played({ strategy: 'tandem' }, slowDraft);
    expect(finalOf(elsewhere).startedAt).toBeLessThan(startedAt);
    expect(running(elsewhere, finalOf(elsewhere).startedAt)).not.toEqual([]);
  });

  /** Five utterances, each followed at once by the next; whether the final pass of each had all cores. */
  const inARow = (callMs: (request: TranscribeRequest) => number, allCoresUpTo: number) => {
    const utterances = Array.from({ length: 5 }, (_, index) =>
      say('one two three four', 500 + index * 2_200),
    );
    const outcome = played(
      { strategy: 'tandem', policy: { allCoresUpTo, agreement: false } },
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

  it('are none once it was seen that all cores gain nothing', () => {
    const perSecond = ({ range }: TranscribeRequest) => (samplesToMs(range.end - range.start) / 1_000) * 200;
    const callMs = (request: TranscribeRequest) => perSecond(request) * (request.allCores ? 2 : 1);
    const { given } = inARow(callMs, 300);
    expect(given).toEqual([true, true, false, false, false]);
  });
});

describe('single', () => {
  it('feeds its one engine every frame once, and tells its crash once', () => {
    const outcome = played(
      { strategy: 'single' },
      { said: say(FOX, 500), at: { 1_700: ({ heavy }) => heavy.crash(900) } },
    );
    expect(outcome.heavy.resets).toBe(1);
    expect(new Set(outcome.heavy.pushed).size).toBe(outcome.heavy.pushed.length);
    expect(problemsOf(outcome).filter((code) => code === 'engine-crashed')).toHaveLength(1);
  });

  it('commits what it is sure of and leaves the rest a draft until the final pass', () => {
    const doubtful = (p: number) =>
      played(
        { strategy: 'single' },
        {
          said: say(NUMBERS.slice(0, 12).join(' '), 500),
          heavy: {
            answer: (_, heard) => heard.map((word) => (word.text === 'word2' ? { ...word, p } : word)),
          },
        },
      );
    expect(doubtful(0.9).commits.length).toBeGreaterThan(1);
    const outcome = doubtful(0.5);
    const early = outcome.commits.filter(({ final }) => !final).map((commit) => commit.text);
    expect(early.join(' ')).toBe('word0 word1');
    expect(outcome.text).toBe(NUMBERS.slice(0, 12).join(' '));
  });
});

describe('drafts that are trusted', () => {
  const trusting = (p: number, more: Partial<Scenario> = {}) =>
    played(
      { strategy: 'tandem', policy: { skipConfirmAbove: 0.8, agreement: false } },
      {
        said: say(FOX, 500),
        fast: {
          answer: (_, heard) => heard.map((word) => (word.text === 'fox' ? { text: 'box', p } : word)),
        },
        // Else the words that it has heard meanwhile would be shown.
        heavy: { answer: ({ final }, heard) => (final ? heard : []) },
        ...more,
      },
    );

  it('are committed without a final pass, and say so', () => {
    const outcome = trusting(0.95);
    expectSound(outcome);
    expect(outcome.text).toBe(FOX.replace('fox', 'box'));
    expect(outcome.commits.at(-1)).toMatchObject({ final: true, verified: true, trusted: true });
    expect(outcome.heavy.calls.some(({ request }) => request.final)).toBe(false);
    expect(outcome.session.stats()).toMatchObject({ trusted: 1, unverified: 0 });
  });

  it('are found with a fast model that is slow, and with one that loads late', () => {
    for (const fast of [{ callMs: () => 1_400 }, { loadMs: 6_000 }]) {
      const outcome = played(
        { strategy: 'tandem', policy: { skipConfirmAbove: 0.8 } },
        { said: say(FOX, 500), fast },
      );
      expectSound(outcome);
      expect(outcome.text).toBe(FOX);
      expect(outcome.session.stats().trusted).toBe(1);
    }
  });

  it('are none if a single word is not surer than asked for', () => {
    const outcome = trusting(0.8);
    expectSound(outcome);
    expect(outcome.text).toBe(FOX);
    expect(outcome.commits.at(-1)?.trusted).toBeUndefined();
    expect(outcome.session.stats().trusted).toBe(0);
  });

  it('are none where the draft does not reach to the end', () => {
    // The fast model fails at the pause: what it said before lacks the last words.
    const outcome = played(
      { strategy: 'tandem', policy: { skipConfirmAbove: 0.8 } },
      {
        said: say(FOX, 500),
        fast: { answer: ({ final }, heard) => (final ? fakeError('engine-failed') : heard) },
      },
    );
    expectSound(outcome);
    expect(outcome.text).toBe(FOX);
    expect(outcome.session.stats().trusted).toBe(0);
  });

  it('wait for nothing else: speech that goes on after the pause is judged anew', () => {
    const said = [...say('well I think', 500), ...say('that it works', 1_850)];
    const outcome = trusting(0.95, { said });
    expectSound(outcome);
    expect(outcome.text).toBe('well I think that it works');
    expect(outcome.session.stats().trusted).toBe(1);
  });

  it('are off unless asked for', () => {
    const outcome = played(
      { strategy: 'tandem' },
      { said: say(FOX, 500), fast: { answer: (_, heard) => heard.map((word) => ({ ...word, p: 1 })) } },
    );
    expect(outcome.session.stats().trusted).toBe(0);
    expect(outcome.heavy.calls.some(({ request }) => request.final)).toBe(true);
  });

  it('need no heavy model', () => {
    const outcome = trusting(0.95, {
      heavy: { loadMs: undefined },
      at: { 10: ({ heavy }) => heavy.giveUp() },
    });
    expectSound(outcome);
    expect(outcome.commits.at(-1)).toMatchObject({ verified: true, trusted: true });
  });
});
