import { describe, expect, it } from 'vitest';
import { MOST_WAITING_SECONDS } from '../../../src/core/units';
import { say, type SpokenWord } from '../../support/fake-engine';
import { expectSound, play, problemsOf, type Stage, timeOf } from '../../support/marbles-session';

/** A sentence every so often, each with its number. */
const sentences = (count: number, everyMs: number): SpokenWord[] =>
  Array.from({ length: count }, (_, index) =>
    say(`one${index} two${index} three${index} four${index}`, 500 + index * everyMs),
  ).flat();
const textOf = (said: readonly SpokenWord[]) => said.map(({ text }) => text).join(' ');

describe('models that take minutes to load', () => {
  const said = sentences(45, 4_000);

  it.each([
    ['both', 150_000, 170_000],
    ['the fast one', 170_000, 1_000],
    ['the heavy one', 1_000, 170_000],
  ])(
    '%s: every word said meanwhile is confirmed, and nobody is blamed for the time it takes',
    (_, fast, heavy) => {
      const outcome = play({
        said,
        then: 'silence',
        fast: { loadMs: fast },
        // Quicker than speech, but it has to catch up for longer than a slow model is given.
        heavy: { loadMs: heavy, callMs: () => 1_400 },
        at: { 260_000: ({ session }) => session.stop() },
        untilMs: 400_000,
      });
      expectSound(outcome);
      expect(outcome.text).toBe(textOf(said));
      expect(outcome.commits.every(({ verified }) => verified)).toBe(true);
      expect(problemsOf(outcome)).toEqual([]);
    },
  );

  it('as one for both', () => {
    const outcome = play({ said, strategy: 'single', heavy: { loadMs: 150_000 }, untilMs: 400_000 });
    expectSound(outcome);
    expect(outcome.text).toBe(textOf(said));
  });

  it('and begin anew in the middle', () => {
    const outcome = play({
      said,
      fast: { loadMs: 100_000 },
      heavy: { loadMs: 90_000 },
      at: { 101_000: ({ fast }) => fast.crash(50_000), 130_000: ({ heavy }) => heavy.crash(50_000) },
      untilMs: 400_000,
    });
    expectSound(outcome);
    expect(outcome.text).toBe(textOf(said));
  });
});

describe('models that take longer than anybody waits for', () => {
  const boundMs = MOST_WAITING_SECONDS * 1_000;
  const said = sentences(34, 30_000);
  const outcome = play({
    said,
    then: 'silence',
    fast: { loadMs: boundMs + 120_000 },
    heavy: { loadMs: boundMs + 60_000 },
    untilMs: boundMs + 400_000,
  });

  it('end the listening before anything is lost, and the user is told once', () => {
    expect(problemsOf(outcome)).toEqual(['audio-waits']);
    const told = timeOf(outcome, ({ type }) => type === 'problem');
    expect(told).toBeGreaterThan(boundMs - 100);
    expect(told).toBeLessThan(boundMs + 1_000);
    expect(outcome.fast.pushed.at(-1)).toBeLessThan(((told + 1_000) / 1_000) * 16_000);
  });

  it('then hear all that was said until that', () => {
    expectSound(outcome);
    expect(outcome.text).toBe(textOf(said.filter(({ end }) => end < MOST_WAITING_SECONDS * 16_000)));
  });
});

describe('models that keep up', () => {
  it('forget what is decided: a dictation may go on for longer than audio is kept', () => {
    const said = sentences(5, 30_000);
    const kept: number[] = [];
    const looks = Array.from({ length: 5 }, (_, index): [number, (stage: Stage) => void] => {
      const at = 20_000 + index * 30_000;
      return [at, ({ fast, heavy }) => kept.push(at - Math.min(fast.released, heavy.released) / 16)];
    });
    const outcome = play({ said, lengthMs: 150_000, at: Object.fromEntries(looks), untilMs: 200_000 });
    expectSound(outcome);
    expect(outcome.text).toBe(textOf(said));
    expect(kept).toHaveLength(5);
    // A split may reach back for 3 s, and the beginning of an utterance for half a second.
    expect(kept.every((ms) => ms > 3_000 && ms < 4_000)).toBe(true);
  });
});
