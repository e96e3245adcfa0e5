import { describe, expect, it } from 'vitest';
import type { Word } from '../../../src/core/model';
import { cutOff, type DraftWord, flowing, revealed, steady } from '../../../src/core/transcript/steady';
import { joinWords } from '../../../src/core/transcript/words';
import { msToSamples } from '../../../src/core/units';

/** `word:0.3` is a word with probability 0.3; without a number it is sure. */
const words = (text: string): Word[] =>
  text === ''
    ? []
    : text.split(' ').map((entry) => {
        const [word = '', p = '0.95'] = entry.split(':');
        return { text: word, p: Number(p) };
      });

/** What was shown, and all words of the draft behind it. */
interface Draft {
  readonly shown: readonly Word[];
  readonly all: readonly DraftWord[];
}

const draft = (shown: string, hidden = ''): Draft => ({
  shown: words(shown),
  all: [
    ...words(shown).map((word) => ({ ...word, settled: true })),
    ...words(hidden).map((word) => ({ ...word, settled: false })),
  ],
});
/** Shown and hidden text after another draft. */
const after = ({ shown, all }: Draft, heard: readonly Word[], atPause = false) => {
  const readings = steady(all, heard, 0);
  const told = revealed(shown, readings, atPause);
  return [joinWords(told), joinWords(readings.slice(told.length))];
};

describe('a steady draft', () => {
  it.each([
    ['shows sure words at once', draft(''), 'hello world', ['hello world', '']],
    ['hides what follows an unsure word', draft(''), 'hello word:0.3 again', ['hello', 'word again']],
    [
      'shows a likely word that is heard twice',
      draft('hello', 'world:0.5'),
      'hello world:0.5',
      ['hello world', ''],
    ],
    [
      'waits for more with an unlikely one',
      draft('hello', 'word:0.2'),
      'hello word:0.2 x',
      ['hello', 'word x'],
    ],
    [
      'shows it when the model has become sure',
      draft('hello', 'word:0.2'),
      'hello world',
      ['hello world', ''],
    ],
    ['keeps the surer of two readings', draft('the fox:0.9 runs'), 'the box:0.75 runs', ['the fox runs', '']],
    [
      'takes the new reading if that is surer',
      draft('the box:0.75 runs'),
      'the fox:0.9 runs',
      ['the fox runs', ''],
    ],
    [
      'goes on behind a kept reading',
      draft('the fox:0.9'),
      'the box:0.8 runs fast',
      ['the fox runs fast', ''],
    ],
    [
      'weighs readings of different length',
      draft('we try:0.9 to clear it'),
      'we go:0.5 it',
      ['we try to clear it', ''],
    ],
    [
      'takes the shorter reading if that is surer',
      draft('we try:0.4 to:0.5 it'),
      'we go:0.9 it',
      ['we go it', ''],
    ],
    [
      'lets go of a word that is not heard again',
      draft('shared shared try'),
      'shared try',
      ['shared try', ''],
    ],
    ['inserts only words it is sure of', draft('one three'), 'one two:0.3 three', ['one three', '']],
    ['inserts a sure one', draft('one three'), 'one two three', ['one two three', '']],
    ['never hides again what is shown', draft('one two:0.5'), 'one two:0.1', ['one two', '']],
    ['leaves the full stop of an open end away', draft(''), 'hello world.', ['hello world', '']],
    ['keeps a full stop inside', draft('hello'), 'hello. world', ['hello. world', '']],
    ['keeps a question mark', draft(''), 'really?', ['really?', '']],
    ['starts over when nothing is heard', draft('one two'), '', ['', '']],
  ])('%s', (_, before, heard, expected) => {
    expect(after(before, words(heard))).toEqual(expected);
  });

  it('shows all of it at a pause, with its full stop: no other draft will come', () => {
    const before = draft('hello', 'word:0.2');
    expect(after(before, words('hello world:0.4 again.:0.5'), true)).toEqual(['hello world again.', '']);
    expect(after(before, words('hello word:0.2 again.'), true)).toEqual(['hello word again.', '']);
  });

  it('shows nothing at a pause if all of it is unlikely: that was no speech', () => {
    expect(after(draft(''), words('word:0.2 so:0.3'), true)).toEqual(['', 'word so']);
  });

  /** Drafts one after the other, each with the time of its window's end, ms: what is shown after the last. */
  const shownAfter = (...drafts: readonly (readonly [text: string, ms: number])[]) => {
    let readings: readonly DraftWord[] = [];
    for (const [text, ms] of drafts) readings = steady(readings, words(text), msToSamples(ms));
    return joinWords(revealed([], readings, false));
  };

  it('keeps an unlikely word and what follows it waiting for 800 ms of audio, however often it is heard', () => {
    const first = ['hello word:0.2', 1_000] as const;
    expect(shownAfter(first, ['hello word:0.2 again', 1_300], ['hello word:0.2 again', 1_790])).toBe('hello');
    expect(shownAfter(first, ['hello word:0.2 again', 1_800])).toBe('hello word again');
  });

  it('counts the wait of a place from its first reading, and shows the surest', () => {
    const drafts = [
      ['hello word:0.2', 1_000],
      ['hello world:0.3', 1_300],
      ['hello wool:0.1 again', 1_800],
    ] as const;
    expect(shownAfter(...drafts)).toBe('hello world again');
  });

  it('lets a word that comes later wait from then on', () => {
    expect(shownAfter(['hello', 1_000], ['hello word:0.2', 1_500], ['hello word:0.2', 1_700])).toBe('hello');
  });

  it('shows nothing of what is unlikely altogether, however long it is heard', () => {
    expect(shownAfter(['word:0.2', 1_000], ['word:0.2', 5_000])).toBe('');
  });

  it('shows a word that was shown before, whoever said it', () => {
    const fresh = steady([], words('hello word:0.2 again:0.2'), 0);
    expect(joinWords(revealed(words('hello word'), fresh, false))).toBe('hello word');
  });
});

describe('words of several windows', () => {
  const met = (first: string, second: string) =>
    joinWords(flowing([...cutOff(words(first)), ...words(second)]));
  it.each([
    ['make sure.', 'so, that we', 'make sure so, that we'],
    ['make sure.', 'So, that we', 'make sure. So, that we'],
    ['is it?', 'that we', 'is it that we'],
    ['he said "sure."', 'so', 'he said "sure" so'],
    ['is it', 'I', 'is it I'],
    ['make sure.', "I'll", "make sure I'll"],
    ['well...', 'so', 'well so'],
    ['at 5 p.m.', 'we go', 'at 5 p.m. we go'],
    ['Yes. Make sure,', 'so', 'Yes. Make sure, so'],
    ['make sure.', '', 'make sure.'],
    ['', 'So.', 'So.'],
    ['...', 'so', '... so'],
  ])('%s + %s', (first, second, expected) => {
    expect(met(first, second)).toBe(expected);
  });
  it('are not at the edge any more once a model has heard what follows', () => {
    const heard = steady(cutOff(words('make sure.')), cutOff(words('make sure. so.')), 0);
    expect(heard.map(({ edge }) => edge)).toEqual([undefined, undefined, true]);
    expect(joinWords(flowing([...heard, ...words('that')]))).toBe('make sure. so that');
  });
  it('stay at the edge where the surer reading is the one that ended there', () => {
    const heard = steady(cutOff(words('make sure.:0.9')), cutOff(words('make shore:0.5 so')), 0);
    expect(joinWords(flowing(heard))).toBe('make sure so');
  });
});
