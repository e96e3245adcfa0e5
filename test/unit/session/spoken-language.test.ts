import { describe, expect, it } from 'vitest';
import { fakeError, say } from '../../support/fake-engine';
import { expectSound, play, type Outcome } from '../../support/marbles-session';

const FIRST = 'der schnelle braune fuchs springt über den faulen hund';
const said = [...say(FIRST, 500), ...say('und dann schläft er ein', 6_000), ...say('bis morgen', 10_000)];

const languagesOf = ({ fast, heavy }: Outcome) => ({
  fast: fast.calls.map(({ request }) => request.language),
  heavy: heavy.calls.map(({ request }) => request.language),
});
const decisions = ({ told }: Outcome) =>
  told.flatMap(({ event }) => (event.type === 'language' ? [event.language] : []));

describe('a language that is to be detected', () => {
  const german = { language: () => 'de' };
  const outcome = play({ said, language: 'auto', heavy: german, fast: { language: () => 'nl' } });

  it('is decided once, before the first utterance is committed, which is committed whole', () => {
    expectSound(outcome);
    expect(decisions(outcome)).toEqual(['de']);
    const events = outcome.told.map(({ event }) => event);
    const decided = events.findIndex(({ type }) => type === 'language');
    const committed = events.findIndex(({ type }) => type === 'commit');
    expect(decided).toBeLessThan(committed);
    expect(events[committed]).toMatchObject({ utteranceId: 1, final: true, text: FIRST });
  });

  it('is asked of both models from then on', () => {
    const { fast, heavy } = languagesOf(outcome);
    const later = (calls: typeof outcome.fast.calls) =>
      calls.filter(({ request }) => request.utteranceId > 1).map(({ request }) => request.language);
    expect(new Set([...later(outcome.fast.calls), ...later(outcome.heavy.calls)])).toEqual(new Set(['de']));
    expect(heavy[0]).toBe('auto');
    expect(fast[0]).toBe('auto');
  });

  it('is what the heavy model heard last, for drafts before: they do not waver', () => {
    const heard = outcome.heavy.calls[0]?.startedAt ?? NaN;
    const first = outcome.fast.calls.filter(
      ({ request, startedAt }) => request.utteranceId === 1 && startedAt > heard + 500,
    );
    expect(first.length).toBeGreaterThan(0);
    expect(first.every(({ request }) => request.language === 'de')).toBe(true);
  });

  it('commits nothing in the middle of the first utterance, however long: it may be another one yet', () => {
    const long = say(`${FIRST} und läuft weiter in den wald`, 500);
    const pieces = (language: string) =>
      play({ said: long, language, heavy: german }).commits.filter(({ final }) => !final).length;
    expect(pieces('auto')).toBe(0);
    expect(pieces('de')).toBeGreaterThan(0);
  });

  it('commits in the middle of later utterances again', () => {
    const long = play({
      said: [...say('hallo welt', 500), ...say(`${FIRST} und läuft weiter in den wald`, 4_000)],
      language: 'auto',
      heavy: german,
    });
    expect(long.commits.filter(({ utteranceId }) => utteranceId === 2).length).toBeGreaterThan(1);
  });

  it('is not decided by noise, nor by a draft that could not be confirmed', () => {
    const noise = play({
      said,
      language: 'auto',
      heavy: {
        language: ({ utteranceId }) => (utteranceId === 1 ? 'ja' : 'de'),
        answer: ({ utteranceId }, heard) => (utteranceId === 1 ? [] : heard),
      },
      fast: { answer: ({ utteranceId }, heard) => (utteranceId === 1 ? [] : heard) },
    });
    expect(decisions(noise)).toEqual(['de']);
    const unconfirmed = play({
      said,
      language: 'auto',
      heavy: {
        ...german,
        answer: ({ utteranceId }, heard) => (utteranceId === 1 ? fakeError('engine-failed') : heard),
      },
    });
    expect(unconfirmed.commits[0]).toMatchObject({ utteranceId: 1, verified: false });
    expect(decisions(unconfirmed)).toEqual(['de']);
    const told = unconfirmed.told.map(({ event }) => event);
    const first = told.findIndex((event) => event.type === 'commit' && event.utteranceId === 1);
    expect(told.findIndex(({ type }) => type === 'language')).toBeGreaterThan(first);
  });
});

describe('a language that is set', () => {
  it('is asked of both models from the start, whatever they take the speech for', () => {
    const outcome = play({ said, language: 'fr', heavy: { language: () => 'de' } });
    expect(decisions(outcome)).toEqual([]);
    const { fast, heavy } = languagesOf(outcome);
    expect(new Set([...fast, ...heavy])).toEqual(new Set(['fr']));
  });
});
