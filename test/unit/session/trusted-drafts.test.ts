import { describe, expect, it } from 'vitest';
import { fakeError, say } from '../../support/fake-engine';
import { expectSound, type Outcome, play, type Scenario } from '../../support/marbles-session';

const FOX = 'the quick brown fox jumps over the lazy dog';

const tandem = (policy: Scenario['policy'], scenario: Scenario): Outcome =>
  play({ ...scenario, strategy: 'tandem', policy });

describe('drafts that are trusted', () => {
  const trusting = (p: number, more: Partial<Scenario> = {}) =>
    tandem(
      { skipConfirmAbove: 0.8, agreement: false },
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
      const outcome = tandem({ skipConfirmAbove: 0.8 }, { said: say(FOX, 500), fast });
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
    const outcome = tandem(
      { skipConfirmAbove: 0.8 },
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
    const outcome = tandem(
      {},
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
