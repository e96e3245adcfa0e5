import { describe, expect, it } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import { samplesToMs } from '../../../src/core/units';
import { fakeError, say } from '../../support/fake-engine';
import { expectSound, type Outcome, play, problemsOf, samples, timeOf } from '../../support/marbles-session';

const FOX = 'the quick brown fox jumps over the lazy dog';

describe('one utterance', () => {
  const said = say(FOX, 500);

  it('is drafted while it is spoken and committed once', () => {
    const outcome = play({ said, policy: { agreement: false } });
    expectSound(outcome);
    expect(outcome.text).toBe(FOX);
    expect(outcome.commits).toHaveLength(1);
    expect(outcome.commits[0]).toMatchObject({ final: true, verified: true, replacedDraft: FOX });
    expect(outcome.drafts.length).toBeGreaterThan(4);
    expect(outcome.drafts.every((draft) => FOX.startsWith(draft))).toBe(true);
  });

  it('is corrected by the heavy model', () => {
    const { text, drafts } = play({
      said,
      fast: {
        answer: (_, heard) => heard.map((word) => (word.text === 'fox' ? { ...word, text: 'box' } : word)),
      },
      policy: { agreement: false },
    });
    expect(drafts.some((draft) => draft.includes('box'))).toBe(true);
    expect(text).toBe(FOX);
  });

  it('commits agreed words while it goes on, and never changes them', () => {
    const outcome = play({ said: say(`${FOX} and runs away into the dark green forest`, 500) });
    expectSound(outcome);
    expect(outcome.text).toBe(`${FOX} and runs away into the dark green forest`);
    expect(outcome.commits.length).toBeGreaterThan(1);
    expect(outcome.commits.filter(({ final }) => final)).toHaveLength(1);
    // After a piece was committed the draft is what follows it.
    const first = outcome.transcript.findIndex(({ type }) => type === 'commit');
    const next = outcome.transcript.slice(first + 1).find(({ type }) => type === 'draft');
    expect(next && 'text' in next && FOX.startsWith(next.text)).toBe(false);
  });

  it('is drafted up to its last word at the pause, before the heavy model is done', () => {
    const outcome = play({ said, heavy: { callMs: () => 2_000 } });
    const whole = timeOf(outcome, (event) => event.type === 'draft' && event.text === FOX);
    const committed = timeOf(outcome, (event) => event.type === 'commit' && event.final);
    expect(whole).toBeLessThan(committed);
    expect(whole - 1000 * ((said.at(-1)?.end ?? 0) / 16_000)).toBeLessThan(350);
  });
});

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

  it('does nothing but finals at first, and if that does not help the user is told once what would', () => {
    const asked: number[] = [];
    const outcome = play({
      said: spoken,
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
    const errors = outcome.told.flatMap(({ event }) => (event.type === 'problem' ? [event.error.hint] : []));
    expect(errors).toEqual(['Take a smaller one.']);
    expect(asked[0]).toBeCloseTo(4_000, -2);
  });

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

describe('an utterance that ends while both models are busy', () => {
  it('gets its final pass as soon as the heavy model is free', () => {
    const outcome = play({
      said: say('hello again', 500),
      fast: { callMs: () => 1_500 },
      heavy: { callMs: () => 1_500 },
    });
    expectSound(outcome);
    expect(outcome.text).toBe('hello again');
    expect(outcome.heavy.calls.filter(({ request }) => request.final)).toHaveLength(1);
  });
});

describe('two utterances in flight', () => {
  const said = [...say('one two three', 500), ...say('four five six seven eight nine ten', 2_300)];

  it('keeps the final of the first while windows of the second arrive', () => {
    const outcome = play({ said, heavy: { callMs: ({ utteranceId }) => (utteranceId === 1 ? 4_000 : 500) } });
    expectSound(outcome);
    expect(outcome.text).toBe('one two three four five six seven eight nine ten');
    expect(outcome.commits[0]).toMatchObject({ utteranceId: 1, text: 'one two three', final: true });
  });

  it('commits in the order of speech even if the first one is decided last', () => {
    // The first final is answered by the fast model after a long wait; the second final was confirmed meanwhile.
    const outcome = play({
      said,
      heavy: {
        callMs: () => 300,
        answer: ({ utteranceId, final }, heard) =>
          utteranceId === 1 && final ? fakeError('engine-failed') : heard,
      },
      fast: { callMs: () => 4_000 },
    });
    expectSound(outcome);
    expect(outcome.commits.map(({ utteranceId }) => utteranceId)).toEqual(
      [...outcome.commits].map(({ utteranceId }) => utteranceId).sort((a, b) => a - b),
    );
    expect(outcome.text).toBe('one two three four five six seven eight nine ten');
    expect(outcome.commits.find(({ utteranceId }) => utteranceId === 1)?.verified).toBe(false);
    expect(outcome.commits.find(({ utteranceId }) => utteranceId === 2)?.verified).toBe(true);
  });
});

describe('a heavy model that fails', () => {
  const said = say(FOX, 500);
  const policy = { agreement: false };

  it('is asked once more for a final when it is back', () => {
    const outcome = play({
      said,
      policy,
      heavy: { callMs: () => 800 },
      at: { 4_500: ({ heavy }) => heavy.crash(3_000) },
    });
    expectSound(outcome);
    expect(outcome.text).toBe(FOX);
    expect(outcome.commits.at(-1)?.verified).toBe(true);
    expect(problemsOf(outcome)).toContain('engine-crashed');
  });

  it('leaves the draft, unverified, after the second failure', () => {
    const outcome = play({
      said,
      policy,
      heavy: { answer: ({ final }, heard) => (final ? fakeError('engine-failed') : heard) },
    });
    expectSound(outcome);
    expect(outcome.text).toBe(FOX);
    expect(outcome.commits.at(-1)?.verified).toBe(false);
    expect(outcome.session.stats()).toMatchObject({ retried: 1, unverified: 1 });
    expect(outcome.heavy.calls.filter(({ request }) => request.final)).toHaveLength(3);
  });

  it('that gave up before the start leaves all to the fast model and says so', () => {
    const outcome = play({ said, heavy: { loadMs: undefined }, at: { 10: ({ heavy }) => heavy.giveUp() } });
    expectSound(outcome);
    expect(outcome.text).toBe(FOX);
    expect(outcome.commits.at(-1)?.verified).toBe(false);
    const status = outcome.told.flatMap(({ event }) => (event.type === 'status' ? [event.status] : []));
    expect(status.at(-1)?.verifying).toBe(false);
  });

  it('and a fast model that had no chance to draft: the fast one hears the whole utterance, in pieces', () => {
    const long = say(`${FOX} ${FOX}`, 500);
    const outcome = play({
      said: long,
      fast: {
        longestWindow: samples(4_000),
        answer: ({ final }, heard) => (final ? heard : fakeError('engine-failed')),
      },
      heavy: { loadMs: undefined },
      at: { 10: ({ heavy }) => heavy.giveUp() },
    });
    expectSound(outcome);
    expect(outcome.text.split(' ')).toHaveLength(18);
    expect(outcome.commits.at(-1)?.verified).toBe(false);
  });

  it('in both models: the last draft is committed, nothing shown is lost', () => {
    const outcome = play({
      said,
      fast: { answer: ({ windowId }, heard) => (windowId > 9 ? fakeError('engine-failed') : heard) },
      heavy: { answer: () => fakeError('engine-failed') },
    });
    expectSound(outcome);
    expect(outcome.text).toBe(outcome.drafts.at(-1));
    expect(outcome.text).not.toBe('');
    expect(outcome.commits.at(-1)?.verified).toBe(false);
  });
});

describe('stop', () => {
  it('in the middle of a word keeps the tail and confirms what was said', () => {
    const said = say(FOX, 500);
    const outcome = play({ said, then: 'silence', at: { 2_100: ({ session }) => session.stop() } });
    expectSound(outcome);
    expect(outcome.text).toBe('the quick brown fox jumps');
    expect(outcome.capturing).toBe(false);
    const captured = outcome.fast.pushed.at(-1) ?? 0;
    expect(captured).toBeGreaterThan(samples(2_400));
    expect(captured).toBeLessThan(samples(2_600));
  });

  it('while the models load loses nothing that was said', () => {
    const said = say('hello world', 300);
    const outcome = play({
      said,
      then: 'silence',
      fast: { loadMs: 8_000 },
      heavy: { loadMs: 15_000 },
      at: { 1_000: ({ session }) => session.stop() },
    });
    expectSound(outcome);
    expect(outcome.text).toBe('hello world');
    expect(outcome.commits.at(-1)?.verified).toBe(true);
  });

  it('of a microphone that delivers nothing more ends nevertheless', () => {
    const outcome = play({
      said: [],
      lengthMs: 500,
      then: 'stall',
      at: { 900: ({ session }) => session.stop() },
    });
    expectSound(outcome);
    expect(outcome.capturing).toBe(false);
  });

  it('twice is stop once', () => {
    const said = say(FOX, 500);
    const twice = { 2_100: ({ session }: { session: { stop(): void } }) => (session.stop(), session.stop()) };
    expectSound(play({ said, then: 'silence', at: twice }));
  });

  it('goes through the phases', () => {
    const { told } = play({ said: [], lengthMs: 300, fast: { loadMs: 100 } });
    const phases = told.flatMap(({ event }) => (event.type === 'status' ? [event.status.phase] : []));
    expect([...new Set(phases)]).toEqual(['loading', 'listening', 'stopping', 'stopped']);
  });
});

describe('an engine that restarts in mid-utterance', () => {
  it('fast: what it missed is heard afterwards', () => {
    const outcome = play({ said: say(FOX, 500), at: { 1_700: ({ fast }) => fast.crash(2_000) } });
    expectSound(outcome);
    expect(outcome.text).toBe(FOX);
    expect(problemsOf(outcome)).toContain('engine-crashed');
  });

  it('heavy: the next pass goes on where it left', () => {
    const outcome = play({ said: say(FOX, 500), at: { 1_700: ({ heavy }) => heavy.crash(1_000) } });
    expectSound(outcome);
    expect(outcome.text).toBe(FOX);
  });

  it('fast, for good: what was said is confirmed, then the session ends with the error', () => {
    const outcome = play({
      said: say(FOX, 500),
      then: 'silence',
      at: { 2_500: ({ fast }) => fast.giveUp() },
    });
    expect(outcome.text).toBe('the quick brown fox jumps');
    expect(outcome.commits.at(-1)).toMatchObject({ final: true, verified: true });
    expect(outcome.error).toMatchObject({ area: 'engine', code: 'engine-unavailable' });
    expect(outcome.capturing).toBe(false);
  });

  it('fast, for good, before it judged anything: loud audio is taken for speech', () => {
    const outcome = play({
      said: say('hello world', 300),
      then: 'silence',
      fast: { loadMs: undefined },
      at: { 2_500: ({ fast }) => fast.giveUp() },
    });
    expect(outcome.text).toBe('hello world');
    expect(outcome.error).toMatchObject({ area: 'engine' });
  });
});

describe('cancelling', () => {
  it('ends capture and forgets calls at once', () => {
    const said = say(FOX, 500);
    const outcome = play({ said, then: 'silence', at: { 2_000: ({ unsubscribe }) => unsubscribe() } });
    expect(outcome.capturing).toBe(false);
    expect(outcome.completed).toBe(false);
    expect(outcome.told.every(({ at }) => at <= 2_000)).toBe(true);
    expect(
      outcome.fast.state$.observed || outcome.heavy.state$.observed || outcome.fast.voice$.observed,
    ).toBe(false);
    expect(outcome.heavy.calls.some(({ outcome: end }) => end === 'running')).toBe(false);
  });

  it('is for good: a session is used once', () => {
    const { session } = play({ said: [], lengthMs: 100 });
    let error: unknown;
    session.events$.subscribe({ error: (thrown: unknown) => (error = thrown) });
    expect(error).toMatchObject({ code: 'session-used' });
  });
});

describe('a microphone that fails', () => {
  it('lets everything said be confirmed, then errors', () => {
    const error = new DictationError('microphone', 'recorder-died', 'The recorder ended.');
    const outcome = play({ said: say(FOX, 500), lengthMs: 2_500, then: 'error', error });
    expect(outcome.text).toBe('the quick brown fox jumps');
    expect(outcome.commits.at(-1)).toMatchObject({ final: true, verified: true });
    expect(outcome.error).toBe(error);
    expect(outcome.completed).toBe(false);
  });
});

describe('what heavy does not hear', () => {
  const said = say('hello there my friend', 500);

  it('is dropped if it was doubtful, and the commit says what was shown', () => {
    const outcome = play({
      said,
      fast: {
        answer: () => [
          { text: 'Thank', p: 0.8 },
          { text: 'you.', p: 0.8 },
        ],
      },
      heavy: { answer: () => [] },
    });
    expectSound(outcome);
    expect(outcome.text).toBe('');
    expect(outcome.commits).toMatchObject([
      { text: '', final: true, verified: true, replacedDraft: 'Thank you.' },
    ]);
  });

  it('is kept, unverified, if somebody clearly spoke', () => {
    const outcome = play({ said, heavy: { answer: () => [] } });
    expectSound(outcome);
    expect(outcome.text).toBe('hello there my friend');
    expect(outcome.commits.at(-1)?.verified).toBe(false);
  });

  it('but the rest of a word behind a cut is always heard, however short it is', () => {
    const said = [
      ...say('one two three four', 500),
      { text: 'five', start: samples(1_970), end: samples(2_170) },
    ];
    const outcome = play({ said, at: { 1_962: ({ session }) => session.confirmNow() } });
    expectSound(outcome);
    expect(outcome.commits.filter(({ final }) => final)).toHaveLength(2);
    expect(outcome.text).toBe('one two three four five');
  });

  it('because it was too short is never asked for', () => {
    const outcome = play({ said: [{ text: 'tick', start: samples(500), end: samples(600) }] });
    expectSound(outcome);
    expect(outcome.commits).toMatchObject([{ text: '', final: true }]);
    expect([...outcome.fast.calls, ...outcome.heavy.calls]).toEqual([]);
  });
});

describe('a long monologue', () => {
  const words = Array.from({ length: 120 }, (_, index) => `word${index}`);
  const said = say(words.join(' '), 500, 300, 40);

  it('is split without losing or repeating a word, with bounded windows', () => {
    const outcome = play({ said });
    expectSound(outcome);
    expect(outcome.text.split(' ')).toEqual(words);
    const longest = Math.max(...outcome.heavy.calls.map(({ request: { range } }) => range.end - range.start));
    expect(longest).toBeLessThanOrEqual(samples(15_000));
  });

  it('asks nothing of an utterance that was split in the silence behind its committed words', () => {
    // A pause too short to end the utterance, where the split at 15 s falls; its words are committed by then.
    const before = say(words.slice(0, 36).join(' '), 500, 300, 40);
    const resumed = samplesToMs(before.at(-1)?.end ?? 0) + 200;
    const after = say(words.slice(36, 60).join(' '), resumed, 300, 0);
    const outcome = play({ said: [...before, ...after] });
    expectSound(outcome);
    expect(outcome.text.split(' ')).toEqual(words.slice(0, 60));
    const [first] = outcome.commits.filter(({ final }) => final);
    expect(first).toMatchObject({ text: '', verified: true });
    const split = outcome.heavy.calls.filter(({ request: { windowId } }) => windowId === first?.windowId);
    expect(split, 'all of it was committed').toEqual([]);
    const tooShort = [...outcome.fast.calls, ...outcome.heavy.calls].filter(
      ({ request: { range } }) => range.end - range.start < samples(250),
    );
    expect(tooShort).toEqual([]);
  });

  it('fits models with short windows', () => {
    const outcome = play({
      said,
      fast: { longestWindow: samples(5_000) },
      heavy: { longestWindow: samples(8_000) },
    });
    expectSound(outcome);
    expect(outcome.text.split(' ')).toEqual(words);
    for (const { request } of outcome.fast.calls)
      expect(request.range.end - request.range.start).toBeLessThanOrEqual(samples(5_000));
    for (const { request } of outcome.heavy.calls)
      expect(request.range.end - request.range.start).toBeLessThanOrEqual(samples(8_000));
  });

  it('tells how far it is done, never beyond what a call may still ask for', () => {
    const heard: { at: number; upTo: number }[] = [];
    const at = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        index * 1_000,
        ({ session }: { session: { heardUpTo(): number } }) =>
          void heard.push({ at: index * 1_000, upTo: session.heardUpTo() }),
      ]),
    );
    const outcome = play({ said, at });
    for (const { at: time, upTo } of heard) {
      const later = outcome.heavy.calls.filter(({ startedAt }) => startedAt > time);
      for (const { request } of later) expect(request.range.start).toBeGreaterThanOrEqual(upTo);
      expect(samples(time) - upTo).toBeLessThan(samples(20_000));
    }
  });
});

describe('confirm now', () => {
  it('ends the open utterance and goes on listening', () => {
    const said = say(FOX, 500, 300, 80);
    const outcome = play({ said, at: { 2_000: ({ session }) => session.confirmNow() } });
    expectSound(outcome);
    expect(outcome.commits.filter(({ final }) => final)).toHaveLength(2);
    expect(outcome.text).toBe(FOX);
  });

  it('cuts no word in half', () => {
    const said = say(FOX, 500, 300, 80);
    for (let at = 700; at < 3_500; at += 50) {
      const outcome = play({ said, at: { [at]: ({ session }) => session.confirmNow() } });
      expectSound(outcome);
      expect(outcome.text, `asked at ${at} ms`).toBe(FOX);
    }
  });
});
