import { describe, expect, it } from 'vitest';
import type { StrategyName } from '../../../src/core/session/strategies/names';
import { STRATEGY_NAMES } from '../../../src/core/session/strategies/names';
import type { PipelinePolicy } from '../../../src/core/session-types';
import { threadBudget } from '../../../src/core/threads';
import { samplesToMs } from '../../../src/core/units';
import { NOTHING_PENDING, pendingAfter } from '../../../src/core/text/pending';
import { mostBusyThreads } from '../../support/busy-threads';
import type { FakeCall } from '../../support/fake-engine';
import { fakeError, say } from '../../support/fake-engine';
import {
  expectSound,
  type Outcome,
  play,
  problemsOf,
  samples,
  type Scenario,
  timeOf,
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

/** More than a minute of sentences, each of which takes four times as long to confirm as to say. */
const MINUTES_BEHIND: Scenario = {
  said: Array.from({ length: 24 }, (_, index) =>
    say(`one${index} two${index} three${index} four${index} five${index} six${index}`, 500 + index * 3_000),
  ).flat(),
  heavy: { callMs: ({ range }) => 4 * samplesToMs(range.end - range.start) },
  untilMs: 400_000,
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
    if (!variant.policy?.yieldToFinal)
      expect(mostBusyThreads(outcome, threadBudget(2, variant.strategy))).toBeLessThanOrEqual(2);
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

  it('goes on with finals alone where they are slower than speech for minutes, and tells so once', () => {
    const outcome = played(variant, MINUTES_BEHIND);
    expectSound(outcome);
    expectTidy(outcome);
    expect(outcome.text).toBe(MINUTES_BEHIND.said.map(({ text }) => text).join(' '));
    // Side by side, drafts that are trusted leave nothing to fall behind with.
    const keepsUp = variant.strategy === 'tandem' && variant.policy?.skipConfirmAbove !== undefined;
    expect(problemsOf(outcome)).toEqual(keepsUp ? [] : ['confirmation-slow']);
    const behind = timeOf(outcome, (event) => event.type === 'dropped' && event.reason === 'behind');
    expect(Number.isNaN(behind)).toBe(keepsUp);
    const partials = callsOf(outcome).filter(({ request }) => request.role === 'heavy' && !request.final);
    expect(partials.filter(({ startedAt }) => startedAt > behind)).toEqual([]);
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
