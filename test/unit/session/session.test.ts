import { describe, expect, it } from 'vitest';
import { samplesToMs } from '../../../src/core/units';
import { fakeError, say } from '../../support/fake-engine';
import { expectSound, play, samples, timeOf } from '../../support/marbles-session';

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

  it('asks nothing of an utterance that was split before words that had been agreed on', () => {
    // A gap too short for a pause, where the split at 15 s falls; the speaker has gone on for more than two seconds by then.
    const before = say(words.slice(0, 35).join(' '), 500, 300, 40);
    const resumed = samplesToMs(before.at(-1)?.end ?? 0) + 150;
    const after = say(words.slice(35, 60).join(' '), resumed, 300, 0);
    // A model that is asked for less than what is committed makes something up.
    const outcome = play({
      said: [...before, ...after],
      heavy: {
        answer: ({ final, range }, heard) =>
          final && range.end < samples(15_000) ? [...heard, { text: 'our', p: 0.9 }] : heard,
      },
    });
    expectSound(outcome);
    expect(outcome.text.split(' ')).toEqual(words.slice(0, 60));
    const [first] = outcome.commits.filter(({ final }) => final);
    expect(first?.range.end, 'the split lies in the gap').toBeLessThan(samples(resumed));
    expect(first).toMatchObject({ text: '', verified: true });
    const split = outcome.heavy.calls.filter(({ request: { windowId } }) => windowId === first?.windowId);
    expect(split, 'all of it was committed').toEqual([]);
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

  it('is cut so that a model with a short window hears each piece whole, though nothing is committed before its end', () => {
    const outcome = play({ said, heavy: { longestWindow: samples(8_000) }, policy: { agreement: false } });
    expectSound(outcome);
    expect(outcome.text.split(' ')).toEqual(words);
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
