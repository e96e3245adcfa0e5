import { describe, expect, it } from 'vitest';
import type { Hypothesis, TranscriptEvent, Window, Word } from '../../../src/core/model';
import { reduceTranscript } from '../../../src/core/transcript/reducer';
import {
  EMPTY_TRANSCRIPT,
  type TranscriptInput,
  type TranscriptState,
} from '../../../src/core/transcript/state';

const SECOND = 16_000;

/** Half a second a word, from the start of the range. */
function heard(
  role: 'fast' | 'heavy',
  window: Window,
  text: string,
  p = 0.95,
  from = window.utteranceStart,
): TranscriptInput {
  const words = text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index): Word => ({
      text: word,
      p,
      ...(role === 'heavy' && { start: from + (index * SECOND) / 2, end: from + ((index + 1) * SECOND) / 2 }),
    }));
  const range = { start: from, end: window.end };
  const hypothesis: Hypothesis = {
    role,
    windowId: window.id,
    utteranceId: window.utteranceId,
    range,
    text,
    words,
    segments: [],
    confidence: p,
    language: 'en',
    elapsedMs: 1,
  };
  return { type: 'heard', window, hypothesis };
}

function window(id: number, seconds: number, over: Partial<Window> = {}): Window {
  const utteranceStart = over.utteranceStart ?? 0;
  const end = utteranceStart + seconds * SECOND;
  return {
    id,
    utteranceId: 1,
    utteranceStart,
    end,
    voiced: seconds * SECOND * 0.7,
    heavy: false,
    final: false,
    ...over,
  };
}

const start = (utteranceId: number, at = 0): TranscriptInput => ({
  type: 'utterance-start',
  utteranceId,
  start: at,
});
const end = (utteranceId: number, from: number, to: number): TranscriptInput => ({
  type: 'utterance-end',
  utteranceId,
  range: { start: from * SECOND, end: to * SECOND },
});

function run(inputs: readonly TranscriptInput[], agreement = true) {
  let state: TranscriptState = EMPTY_TRANSCRIPT;
  const events: TranscriptEvent[] = [];
  for (const input of inputs) {
    const step = reduceTranscript(state, input, { agreement });
    state = step.state;
    events.push(...step.events);
  }
  return { state, events };
}

/** Events as short lines. */
function lines(inputs: readonly TranscriptInput[], agreement = true): string[] {
  return run(inputs, agreement).events.map((event) => {
    if (event.type === 'draft') return `${event.utteranceId} draft ${event.text}`;
    if (event.type === 'dropped') return `${event.utteranceId} dropped ${event.windowId} ${event.reason}`;
    const sort = event.final ? 'final' : 'piece';
    return `${event.utteranceId} ${sort} ${event.text}${event.verified ? '' : ' (unverified)'}`;
  });
}

describe('the merge', () => {
  it('shows drafts, tells each change once, and lets heavy decide', () => {
    expect(
      lines([
        start(1),
        heard('fast', window(2, 1), 'hello'),
        heard('fast', window(3, 1.25), 'hello'),
        heard('fast', window(4, 2), 'hello word'),
        heard('heavy', window(5, 2, { final: true, heavy: true }), 'Hello, world.'),
      ]),
    ).toEqual(['1 draft hello', '1 draft hello word', '1 final Hello, world.']);
  });

  it('shows the heavy tail and the fast words beyond it', () => {
    expect(
      lines([
        start(1),
        heard('fast', window(4, 2), 'the box runs'),
        heard('heavy', window(4, 2, { heavy: true }), 'the fox'),
        heard('fast', window(6, 3), 'the box runs away now'),
      ]),
    ).toEqual(['1 draft the box runs', '1 draft the fox', '1 draft the fox runs away now']);
  });

  it('shows no end of a sentence where windows meet in mid-speech', () => {
    const met = [
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'We make sure.'),
      heard('fast', window(6, 3), 'we make sure so that we'),
    ];
    expect(lines(met).at(-1)).toBe('1 draft We make sure so that we');
    // The later window does not hear what the earlier one ended with.
    const apart = [
      start(1),
      heard('fast', window(8, 4), 'we make sure.'),
      heard('fast', window(12, 6), 'So, that we need.', 0.95, 4 * SECOND),
    ];
    expect(lines(apart)).toEqual(['1 draft we make sure', '1 draft we make sure So, that we need']);
  });

  it('shows the end of a sentence that a model has heard both sides of, or that a pause follows', () => {
    const inside = [
      start(1),
      heard('heavy', window(8, 4, { heavy: true }), 'We make sure. So that'),
      heard('fast', window(10, 5), 'we make sure so that we need'),
    ];
    expect(lines(inside).at(-1)).toBe('1 draft We make sure. So that we need');
    const fast = [
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'We make sure.'),
      heard('fast', window(6, 3), 'we make sure. So that we'),
    ];
    expect(lines(fast).at(-1)).toBe('1 draft We make sure. So that we');
    const pause = window(6, 2, { heavy: true, final: true, speculative: true });
    const paused = [
      start(1),
      heard('heavy', pause, 'We make sure.'),
      heard('fast', window(10, 4), 'so that we', 0.95, pause.end - SECOND / 10),
    ];
    expect(lines(paused).at(-1)).toBe('1 draft We make sure. so that we');
  });

  it('leaves what the heavy model only supposes at the end of its window to the fast one, which has heard more', () => {
    const supposed = (p: number) => {
      const { hypothesis, ...input } = heard(
        'heavy',
        window(6, 3, { heavy: true }),
        'We make sure. So, far',
      ) as Extract<TranscriptInput, { type: 'heard' }>;
      const words = hypothesis.words.map((word, index) => (index === 3 ? { ...word, p } : word));
      return lines([
        start(1),
        { ...input, hypothesis: { ...hypothesis, words: words.map((word) => early(word)) } },
        heard('fast', window(8, 4), 'we make sure that we need'),
      ]).at(-1);
    };
    // "So," ends 0.4 s before the end of the window, "far" at its end.
    const early = (word: Word): Word => ({
      ...word,
      start: word.start! + 0.6 * SECOND,
      end: word.end! + 0.6 * SECOND,
    });
    expect(supposed(0.5)).toBe('1 draft We make sure that we need');
    expect(supposed(0.9)).toBe('1 draft We make sure. So, we need');
  });

  it('takes nothing away because heavy heard nothing yet', () => {
    expect(
      lines([start(1), heard('fast', window(4, 2), 'the fox'), heard('heavy', window(4, 2), '')]),
    ).toEqual(['1 draft the fox']);
  });

  it('commits what two heavy passes agree on, then only the rest', () => {
    const inputs = [
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox jumps'),
      heard('heavy', window(9, 3, { final: true, heavy: true }), 'The quick brown fox jumped.'),
    ];
    expect(lines(inputs)).toEqual([
      '1 draft the quick brown',
      '1 piece the quick brown',
      '1 draft fox jumps',
      '1 final fox jumped.',
    ]);
    expect(lines(inputs, false)).toEqual([
      '1 draft the quick brown',
      '1 draft the quick brown fox jumps',
      '1 final The quick brown fox jumped.',
    ]);
  });

  it('never contradicts what is committed, whatever the final pass says', () => {
    const { events } = run([
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox'),
      heard('heavy', window(9, 3, { final: true, heavy: true }), 'a quick crown fox ran'),
    ]);
    const commits = events.flatMap((event) => (event.type === 'commit' ? [event.text] : []));
    expect(commits).toEqual(['the quick brown', 'fox ran']);
  });

  it.each([
    ['The quick, brown fox jumped.', 0],
    ['the quick crown fox jumped', 1],
    ['a quick crown fox ran', 2],
    ['the brown fox', 1],
    ['the very quick brown fox', 0],
    ['brown fox', 2],
  ])('counts committed words that the final pass heard otherwise: %j, %i', (final, count) => {
    const { state } = run([
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox'),
      heard('heavy', window(9, 3, { final: true, heavy: true, speculative: true }), final),
      heard('heavy', window(10, 3, { final: true, heavy: true }), final),
    ]);
    expect(state.disagreed).toBe(count);
  });

  it('does not call it disagreement if a draft is committed because nobody confirms', () => {
    const { state } = run([
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox jumps'),
      heard('heavy', window(9, 3, { final: true, heavy: true }), ''),
    ]);
    expect(state).toMatchObject({ disagreed: 0, unverified: 1 });
  });

  it('commits utterances in order, although the second is decided first', () => {
    const first = window(5, 2, { final: true, heavy: true });
    const second = window(9, 2, { final: true, heavy: true, utteranceId: 2, utteranceStart: 3 * SECOND });
    expect(
      lines([
        start(1),
        heard('fast', window(4, 2), 'one'),
        start(2, 3 * SECOND),
        heard('heavy', second, 'two'),
        heard('fast', { ...second, id: 10, final: false }, 'too'),
        heard('heavy', first, 'One.'),
      ]),
    ).toEqual(['1 draft one', '2 draft two', '1 final One.', '2 final two']);
  });

  it('ignores answers about an utterance that is decided', () => {
    expect(
      lines([
        start(1),
        heard('heavy', window(5, 2, { final: true, heavy: true }), 'done'),
        heard('fast', window(4, 2), 'don'),
        heard('heavy', window(4, 2), 'don'),
        { type: 'unconfirmed', window: window(5, 2, { final: true }) },
      ]),
    ).toEqual(['1 final done']);
  });

  it('takes the draft, hidden words too, when nobody confirms', () => {
    expect(
      lines([
        start(1),
        heard('fast', window(4, 2), 'hello'),
        heard('fast', window(5, 2.25), 'hello world', 0.5),
        { type: 'unconfirmed', window: window(6, 2.5, { final: true }) },
      ]),
    ).toEqual(['1 draft hello', '1 final hello world (unverified)']);
  });

  it.each([
    ['short sound', 1.5, '1 final '],
    ['sentence', 4, '1 final so much noise here (unverified)'],
  ])('an unsure draft over a %s of which the heavy model hears nothing', (_, seconds, last) => {
    const unsure = (id: number) => heard('fast', window(id, seconds), 'so much noise here', 0.45);
    const final = window(9, seconds, { final: true, heavy: true });
    const told = lines([start(1), unsure(4), unsure(5), unsure(6), unsure(7), heard('heavy', final, '')]);
    expect(told.at(0)).toMatch(/^1 draft so/);
    expect(told.at(-1)).toBe(last);
  });

  it('says of an utterance without any word only that it is over', () => {
    expect(lines([start(1), { type: 'unconfirmed', window: window(1, 0.3, { final: true }) }])).toEqual([
      '1 final ',
    ]);
  });

  it('moves what lies behind a forced split to the next utterance', () => {
    expect(
      lines([
        start(1),
        heard('fast', window(8, 4), 'one two three four'),
        end(1, 0, 2),
        start(2, 2 * SECOND),
        heard('heavy', window(9, 2, { final: true, heavy: true }), 'One two.'),
      ]),
    ).toEqual(['1 draft one two three four', '1 draft one two', '2 draft three four', '1 final One two.']);
  });

  it('moves all of a draft that is behind what is committed, should a split fall in front of that', () => {
    expect(
      lines([
        start(1),
        heard('heavy', window(4, 3, { heavy: true }), 'a b c d e'),
        heard('heavy', window(8, 3.5, { heavy: true }), 'a b c d e'),
        heard('fast', window(10, 4), 'a b c d e x y z'),
        end(1, 0, 2),
        start(2, 2 * SECOND),
      ]),
    ).toEqual([
      '1 draft a b c d e',
      '1 piece a b c d e',
      '1 draft ',
      '1 draft x y z',
      '1 draft ',
      '2 draft x y z',
    ]);
  });

  it('does not commit again what was committed before a split fell in front of it', () => {
    const second = window(12, 2, { final: true, heavy: true, utteranceId: 2, utteranceStart: 2 * SECOND });
    const { events } = run([
      start(1),
      heard('heavy', window(8, 4, { heavy: true }), 'a b c d e f'),
      heard('heavy', window(10, 4.5, { heavy: true }), 'a b c d e f g'),
      end(1, 0, 2),
      start(2, 2 * SECOND),
      heard('heavy', window(11, 2, { final: true, heavy: true }), 'a b c d'),
      heard('heavy', second, 'e f g h'),
    ]);
    const commits = events.flatMap((event) => (event.type === 'commit' ? [event.text] : []));
    expect(commits.filter((text) => text !== '').join(' ')).toBe('a b c d e f g h');
  });

  it('names the windows that a commit corrects, each once', () => {
    const { events } = run([
      start(1),
      heard('fast', window(3, 1), 'the'),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('fast', window(5, 2.25), 'the quick brown fox'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox'),
      heard('heavy', window(10, 3, { final: true, heavy: true }), 'the quick brown fox'),
    ]);
    const commits = events.flatMap((event) => (event.type === 'commit' ? [event] : []));
    expect(commits.map(({ windowId, correctsWindowIds }) => [windowId, correctsWindowIds])).toEqual([
      [8, [3]],
      [10, [4, 5, 8]],
    ]);
    expect(commits.map(({ replacedDraft }) => replacedDraft)).toEqual(['the quick brown', 'fox']);
  });

  it('holds a draft that has nothing to do with the one before back, once', () => {
    const { events, state } = run([
      start(1),
      heard('fast', window(4, 2), 'the quick brown fox'),
      heard('fast', window(5, 2.25), 'thanks for watching this'),
      heard('fast', window(6, 2.5), 'the quick brown fox jumps'),
    ]);
    expect(events.map((event) => 'text' in event && event.text)).toEqual([
      'the quick brown fox',
      'the quick brown fox jumps',
    ]);
    expect(state.heldBack).toBe(1);
  });

  it('shows the second in a row: then it was the one before that was wrong', () => {
    const drafts = (...texts: readonly string[]) =>
      run([start(1), ...texts.map((text, index) => heard('fast', window(4 + index, 2 + index / 4), text))]);
    const { events, state } = drafts(
      'the quick brown fox',
      'thanks for watching this',
      'thanks for watching all of this',
    );
    expect(events.map((event) => 'text' in event && event.text)).toEqual([
      'the quick brown fox',
      'thanks for watching all of this',
    ]);
    expect(state.heldBack).toBe(1);
    // A third one is a first one again.
    const third = drafts('the quick brown fox', 'a b c d', 'e f g h', 'i j k l');
    expect(third.events.map((event) => 'text' in event && event.text)).toEqual([
      'the quick brown fox',
      'e f g h',
    ]);
    expect(third.state.heldBack).toBe(2);
  });

  it('passes drops on', () => {
    const input: TranscriptInput = {
      type: 'dropped',
      role: 'fast',
      window: window(3, 1),
      reason: 'superseded',
    };
    expect(lines([start(1), input])).toEqual(['1 dropped 3 superseded']);
  });
});
