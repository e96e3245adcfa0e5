import { describe, expect, it } from 'vitest';
import type { UtteranceEvent, Window, Word } from '../../../src/core/model';
import {
  EMPTY_TRANSCRIPT,
  type TranscriptState,
  type UtteranceState,
} from '../../../src/core/transcript/state';
import { newUtterance } from '../../../src/core/transcript/utterance';
import { CostModel } from '../../../src/core/windows/cost-model';
import { callRange, isDecided, neededFrom, promptFor, unheardFront } from '../../../src/core/windows/scope';
import { pieces } from '../../../src/core/windows/transcriber';
import { Windower } from '../../../src/core/windows/windower';

const SECOND = 16_000;

const audio = (end: number, voiced = end): UtteranceEvent => ({
  type: 'utterance-audio',
  utteranceId: 1,
  range: { start: 1_000, end: 1_000 + end },
  voiced,
  certainty: 0.9,
});

function windowsOf(windower: Windower, events: readonly UtteranceEvent[]): Window[] {
  return events
    .flatMap((event) => windower.push(event))
    .flatMap((told) => (told.type === 'window' ? [told.window] : []));
}

describe('Windower', () => {
  it('opens a window every 4,000 samples of utterance, every 4th for heavy too', () => {
    const events = Array.from({ length: 40 }, (_, index) => audio((index + 1) * 512));
    const windows = windowsOf(new Windower(true), events);
    expect(windows.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(windows.map(({ heavy }) => heavy)).toEqual([false, false, false, true, false]);
    windows.forEach(({ end, id }) => {
      expect(end - 1_000).toBeGreaterThanOrEqual(id * 4_000);
      expect(end - 1_000).toBeLessThan(id * 4_000 + 512);
    });
  });

  it('gives an id to every window that fell due at once', () => {
    const windows = windowsOf(new Windower(true), [audio(8_224)]);
    expect(windows.map(({ id, end }) => [id, end])).toEqual([
      [1, 5_000],
      [2, 9_224],
    ]);
  });

  it('goes on counting over utterances, and starts each with its own fourth window', () => {
    const windower = new Windower(true);
    const start: UtteranceEvent = { type: 'utterance-start', utteranceId: 2, start: 1_000 };
    const first = windowsOf(windower, [audio(12_000)]);
    const second = windowsOf(windower, [start, audio(16_000)]);
    expect(second.map(({ id }) => id)).toEqual([4, 5, 6, 7]);
    expect([...first, ...second].filter(({ heavy }) => heavy).map(({ id }) => id)).toEqual([7]);
  });

  it('opens a final window at the end and a speculative one at a pause', () => {
    const pause: UtteranceEvent = { ...audio(9_000), type: 'utterance-pause', at: 8_000 } as UtteranceEvent;
    const end: UtteranceEvent = {
      ...audio(12_000),
      type: 'utterance-end',
      speechEnd: 8_000,
      reason: 'silence',
    } as UtteranceEvent;
    expect(windowsOf(new Windower(true), [pause, end])).toMatchObject([
      { id: 1, final: true, heavy: true, speculative: true, end: 10_000 },
      { id: 2, final: true, heavy: true, end: 13_000 },
    ]);
    expect(windowsOf(new Windower(false), [pause, end])).toMatchObject([{ id: 1, final: true, end: 13_000 }]);
  });
});

describe('the audio of a call', () => {
  const window: Window = {
    id: 9,
    utteranceId: 1,
    utteranceStart: SECOND,
    end: 12 * SECOND,
    voiced: 10 * SECOND,
    certainty: 1,
    heavy: true,
    final: false,
  };
  const word = (text: string, end: number): Word => ({ text, p: 1, start: end - 4_000, end });
  const state = (trimAt: number): TranscriptState => ({
    ...EMPTY_TRANSCRIPT,
    history: 'Older text. One two three four',
    utterances: [
      {
        ...newUtterance(1, SECOND, []),
        committed: [
          word('One', 2 * SECOND),
          word('two', 3 * SECOND),
          word('three', 4 * SECOND),
          word('four', 5 * SECOND),
        ],
        horizon: 5 * SECOND,
        trim: { at: trimAt, words: 2 },
      },
    ],
  });

  it.each([
    ['the whole utterance', SECOND, 30 * SECOND, SECOND],
    ['from the trim point less 200 ms', 3 * SECOND, 30 * SECOND, 3 * SECOND - 3_200],
    ['never before the utterance', SECOND + 100, 30 * SECOND, SECOND],
    ['at most the longest window', SECOND, 5 * SECOND, 7 * SECOND],
  ])('%s', (_, trim, longest, start) => {
    expect(callRange(state(trim), window, longest)).toEqual({ start, end: 12 * SECOND });
  });

  it('is needed from the oldest undecided utterance on', () => {
    expect(neededFrom(EMPTY_TRANSCRIPT)).toBe(Infinity);
    expect(neededFrom(state(3 * SECOND))).toBe(3 * SECOND - 3_200);
  });

  it('is undrafted from the horizon to the first draft', () => {
    expect(unheardFront(state(SECOND), window)).toEqual({ start: 5 * SECOND, end: 12 * SECOND });
  });

  it('is decided once its utterance has had its last word, or all up to its end is committed', () => {
    expect(isDecided(EMPTY_TRANSCRIPT, window)).toBe(true);
    const open = state(3 * SECOND);
    expect(isDecided(open, window)).toBe(false);
    const [utterance] = open.utterances;
    const after = (more: Partial<UtteranceState>) => ({ ...open, utterances: [{ ...utterance!, ...more }] });
    expect(isDecided(after({ verdict: { window, words: [], verified: true } }), window)).toBe(true);
    const trim = { at: window.end - 1_600, words: 4, silent: true };
    expect(isDecided(after({ trim }), window)).toBe(true);
    expect(isDecided(after({ trim }), { ...window, end: window.end + SECOND })).toBe(false);
  });

  it('prompts heavy with committed text that left the window, and the glossary', () => {
    const prompt = ({ prompt, glossary }: { prompt: boolean; glossary: string }) =>
      promptFor(state(3 * SECOND), window, { prompt, glossary: () => glossary });
    expect(prompt({ prompt: true, glossary: '' })).toBe('Older text. One two');
    expect(prompt({ prompt: true, glossary: 'kubectl' })).toBe('Older text. One two kubectl');
    expect(prompt({ prompt: false, glossary: 'kubectl' })).toBe('kubectl');
    expect(prompt({ prompt: false, glossary: '' })).toBe('');
  });

  it('keeps a prompt to 200 characters and whole words', () => {
    const long = { ...EMPTY_TRANSCRIPT, history: 'abcdefghi '.repeat(40) };
    const prompt = promptFor(long, window, { prompt: true, glossary: () => '' });
    expect(prompt.length).toBeLessThanOrEqual(200);
    expect(prompt.length).toBeGreaterThan(180);
    expect(new Set(prompt.split(' '))).toEqual(new Set(['abcdefghi']));
  });

  it('is cut into equal pieces that a model can take', () => {
    expect(pieces({ start: 0, end: 10 }, 10)).toEqual([{ start: 0, end: 10 }]);
    const cut = pieces({ start: 5, end: 30 }, 10);
    expect(cut).toHaveLength(3);
    expect(cut[0]?.start).toBe(5);
    expect(cut.at(-1)?.end).toBe(30);
    cut.slice(1).forEach(({ start }, index) => expect(start).toBe(cut[index]?.end));
    expect(Math.max(...cut.map(({ start, end }) => end - start))).toBeLessThanOrEqual(10);
  });
});

describe('CostModel', () => {
  it('knows nothing before the first call', () => {
    expect(new CostModel().predict(SECOND)).toBeUndefined();
  });

  it('learns a line from windows of different lengths', () => {
    const model = new CostModel();
    for (const seconds of [1, 2, 5, 8, 3]) model.learn(seconds * SECOND, 200 + 80 * seconds);
    expect(model.predict(4 * SECOND)).toBeCloseTo(520, 3);
    expect(model.predict(10 * SECOND)).toBeCloseTo(1_000, 3);
  });

  it('takes cost to be proportional while it has seen one length', () => {
    const model = new CostModel();
    model.learn(2 * SECOND, 400);
    model.learn(2 * SECOND, 400);
    expect(model.predict(6 * SECOND)).toBeCloseTo(1_200, 3);
    expect(model.predict(SECOND)).toBeCloseTo(400, 3);
  });

  it('follows a machine that gets slower', () => {
    const model = new CostModel();
    for (let call = 0; call < 20; call += 1) model.learn((1 + (call % 4)) * SECOND, 100 * (1 + (call % 4)));
    for (let call = 0; call < 20; call += 1) model.learn((1 + (call % 4)) * SECOND, 300 * (1 + (call % 4)));
    expect(model.predict(4 * SECOND)).toBeGreaterThan(1_000);
  });

  it('never predicts that more audio costs less', () => {
    const model = new CostModel();
    model.learn(SECOND, 500);
    model.learn(5 * SECOND, 100);
    expect(model.predict(9 * SECOND)).toBeGreaterThanOrEqual(model.predict(SECOND) ?? Infinity);
  });
});
