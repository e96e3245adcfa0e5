import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES } from '../../../src/core/units';
import { type FakeCall, saidIn, say, type SpokenWord } from '../../support/fake-engine';
import { expectSound, type Outcome, play, samples, type Scenario } from '../../support/marbles-session';

const FOX = 'the quick brown fox jumps over the lazy dog';
const NUMBERS = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ');

describe('what a model is told beside the audio', () => {
  /** Three utterances, the second a long one: words leave its windows while it goes on. */
  const said = [...say(FOX, 500), ...say(NUMBERS, 5_000), ...say('and it was tired', 20_000)];
  const told = (scenario: Partial<Scenario> = {}) => {
    const outcome = play({ said, ...scenario, policy: { glossary: () => 'kubectl', ...scenario.policy } });
    expectSound(outcome);
    expect(outcome.text).toBe(`${FOX} ${NUMBERS} and it was tired`);
    const prompts = (calls: readonly FakeCall[]) => calls.map(({ request }) => request.prompt);
    return { outcome, fast: prompts(outcome.fast.calls), heavy: prompts(outcome.heavy.calls) };
  };

  it('is, for the heavy one, the end of what was said before its window, then the glossary', () => {
    const { outcome, heavy } = told();
    expect(heavy[0]).toBe('kubectl');
    const second = outcome.heavy.calls.find(({ request }) => request.utteranceId === 2);
    expect(second?.request.prompt).toBe(`${FOX} kubectl`);
    const all = `${FOX} ${NUMBERS} and it was tired`;
    for (const prompt of heavy) {
      const text = prompt.replace(/ ?kubectl$/, '');
      expect(all).toContain(text);
      expect(text.length).toBeLessThanOrEqual(200);
    }
    expect(Math.max(...heavy.map(({ length }) => length))).toBeGreaterThan(150);
  });

  it('is nothing for the fast one: it is quicker without, and steadier', () => {
    expect(new Set(told().fast)).toEqual(new Set(['']));
  });

  it('is nothing for a heavy one that was trained without: it would only be confused', () => {
    expect(new Set(told({ heavy: { takesPrompts: false } }).heavy)).toEqual(new Set(['']));
  });

  it('is the glossary alone where text is not to be told', () => {
    expect(new Set(told({ policy: { prompt: false } }).heavy)).toEqual(new Set(['kubectl']));
  });

  it('are times: those of words for the heavy one, none for drafts', () => {
    const { outcome } = told();
    const asked = ({ calls }: Outcome['fast']) => new Set(calls.map(({ request }) => request.timestamps));
    expect(asked(outcome.heavy)).toEqual(new Set([true]));
    expect(asked(outcome.fast)).toEqual(new Set([false]));
  });
});

describe('an utterance with hardly any voice', () => {
  it.each([
    [7, false],
    [8, true],
  ])('of %i frames is put before the models: %s (250 ms are)', (frames, asked) => {
    const start = 20 * FRAME_SAMPLES;
    const outcome = play({ said: [{ text: 'go', start, end: start + frames * FRAME_SAMPLES }] });
    expectSound(outcome);
    expect(outcome.commits).toHaveLength(1);
    expect(outcome.text).toBe(asked ? 'go' : '');
    expect(outcome.fast.calls.length > 0).toBe(asked);
    expect(outcome.heavy.calls.length > 0).toBe(asked);
  });
});

describe('drafts while somebody speaks', () => {
  /** Short words: some windows of a quarter of a second hold less than 200 ms of voice. */
  const said = say(NUMBERS, 500, 90, 110);
  const outcome = play({ said, fast: { callMs: () => 20 }, policy: { agreement: false } });
  const spoken = outcome.fast.calls.filter(({ request }) => !request.final);
  /** Samples of voice, as the detector counts it, between the ends of two windows. */
  const voicedBetween = (words: readonly SpokenWord[], from: number, to: number) => {
    let voiced = 0;
    const first = Math.ceil(from / FRAME_SAMPLES) * FRAME_SAMPLES;
    for (let at = first; at < to; at += FRAME_SAMPLES)
      if (saidIn(words, at, at + FRAME_SAMPLES)) voiced += FRAME_SAMPLES;
    return voiced;
  };
  const news = spoken
    .slice(1)
    .map(({ request: { range } }, index) => voicedBetween(said, spoken[index]!.request.range.end, range.end));

  it('are made only when 200 ms more of it were heard: others are dropped visibly', () => {
    expectSound(outcome);
    expect(Math.min(...news)).toBeGreaterThanOrEqual(samples(200) - FRAME_SAMPLES);
    const reasons = outcome.transcript.flatMap((event) =>
      event.type === 'dropped' && event.role === 'fast' ? [event.reason] : [],
    );
    expect(reasons.filter((reason) => reason === 'nothing-new').length).toBeGreaterThan(3);
  });

  it('are made as soon as there is so much', () => {
    // The next window comes a quarter of a second later, and holds at most that.
    expect(Math.max(...news)).toBeLessThan(samples(200 + 250));
    expect(spoken.length).toBeGreaterThan(10);
  });
});

describe('a draft at a pause', () => {
  /** Sentences of many lengths: of some all was drafted while they were spoken. */
  const lengths = Array.from({ length: 16 }, (_, index) => 270 + 5 * index);
  /** Whether all of it was drafted before, and how often it was at the pause. */
  const atPause = (wordMs: number, policy: Scenario['policy'] = {}) => {
    const said = say('one two three four', 500, wordMs, 40);
    const outcome = play({ said, fast: { callMs: () => 20 }, policy });
    expectSound(outcome);
    const end = Math.ceil((said.at(-1)?.end ?? 0) / FRAME_SAMPLES) * FRAME_SAMPLES;
    const isDrafted = outcome.fast.calls.some(({ request }) => !request.final && request.range.end >= end);
    return [isDrafted, outcome.fast.calls.filter(({ request }) => request.final).length] as const;
  };

  it('is made if anything is new, however little, and not else', () => {
    const found = lengths.map((ms) => atPause(ms));
    expect(new Set(found.map((one) => one.join()))).toEqual(new Set(['true,0', 'false,1']));
  });

  it('is always made where it may be trusted: only then is it known how the sentence ends', () => {
    const found = lengths.map((ms) => atPause(ms, { skipConfirmAbove: 0.8 }));
    expect(new Set(found.map((one) => one.join()))).toEqual(new Set(['true,1', 'false,1']));
  });
});
