import { describe, expect, it } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import { fakeError, say } from '../../support/fake-engine';
import { expectSound, play, problemsOf, samples } from '../../support/marbles-session';

const FOX = 'the quick brown fox jumps over the lazy dog';

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

describe('a heavy model that fails when the draft of the end was not shown', () => {
  const lost = { policy: { agreement: false }, heavy: { answer: () => fakeError('engine-failed') } };

  it('because it was too unlike the one before: the fast one hears the end once more', () => {
    let pauses = 0;
    const outcome = play({
      ...lost,
      said: say(FOX, 500),
      fast: {
        answer: ({ final }, heard) =>
          final && ++pauses === 1
            ? 'zig zag zip zap zoom'.split(' ').map((text) => ({ text, p: 0.9 }))
            : heard,
      },
    });
    expectSound(outcome);
    expect(pauses).toBe(2);
    expect(outcome.session.stats().heldBack).toBe(1);
    expect(outcome.text).toBe(FOX);
  });
});

describe('a draft that fails', () => {
  it('is made again at the pause, though nothing was said since', () => {
    const failed: number[] = [];
    const outcome = play({
      said: say('one two three', 500),
      heavy: { callMs: ({ final }) => (final ? 3_000 : 300) },
      policy: { agreement: false },
      fast: {
        answer: ({ final, windowId }, heard) => {
          if (final || heard.length < 3) return heard;
          failed.push(windowId);
          return fakeError('engine-failed');
        },
      },
    });
    expectSound(outcome);
    expect(failed.length).toBeGreaterThan(0);
    expect(outcome.fast.calls.filter(({ request }) => request.final)).toHaveLength(1);
    expect(outcome.drafts).toContain('one two three');
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
