import { describe, expect, it } from 'vitest';
import { say } from '../../support/fake-engine';
import { expectSound, play, samples } from '../../support/marbles-session';

const FOX = 'the quick brown fox jumps over the lazy dog';

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
