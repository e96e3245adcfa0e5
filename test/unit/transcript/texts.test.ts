import { describe, expect, it } from 'vitest';
import type { Hypothesis, Word } from '../../../src/core/model';
import { agreed, trimPoint } from '../../../src/core/transcript/agreement';
import { coveredBy, commonPrefix, similarity, withoutSeam } from '../../../src/core/transcript/align';
import { collapseLoops, guard, isPhantom, withoutSounds } from '../../../src/core/transcript/guards';
import { joinWords, normalise, wordsOf } from '../../../src/core/transcript/words';

const SECOND = 16_000;
const words = (text: string, p = 0.9): Word[] =>
  text === '' ? [] : text.split(' ').map((word) => ({ text: word, p }));
/** Words of half a second each from `from` (seconds). */
const timed = (text: string, from = 0, p = 0.9): Word[] =>
  words(text, p).map((word, index) => ({
    ...word,
    start: (from + index / 2) * SECOND,
    end: (from + (index + 1) / 2) * SECOND,
  }));
const text = (list: readonly Word[]) => joinWords(list);

describe('words', () => {
  it.each([
    ['Hello,', 'hello'],
    ['Don’t', "don't"],
    ['"C++"', 'c'],
    ['...', '...'],
    ['Straße!', 'straße'],
  ])('%s compares as %s', (word, compared) => expect(normalise(word)).toBe(compared));

  it('are joined by spaces, but not in scripts without any', () => {
    expect(text(words('one two'))).toBe('one two');
    expect(
      text([
        { text: '你', p: 1 },
        { text: '好', p: 1 },
        { text: 'VS', p: 1 },
      ]),
    ).toBe('你好 VS');
  });

  const hypothesis = (over: Partial<Hypothesis>): Hypothesis => ({
    role: 'heavy',
    windowId: 1,
    utteranceId: 1,
    range: { start: 0, end: SECOND },
    text: '',
    words: [],
    segments: [],
    confidence: 0.7,
    language: 'en',
    elapsedMs: 1,
    ...over,
  });

  it('come from the text when the engine gives none', () => {
    expect(wordsOf(hypothesis({ text: ' Hello  world. ' }))).toEqual([
      { text: 'Hello', p: 0.7 },
      { text: 'world.', p: 0.7 },
    ]);
  });

  it('keep their punctuation', () => {
    expect(text(wordsOf(hypothesis({ words: words('Hello , world .') })))).toBe('Hello, world.');
  });
});

describe('coveredBy', () => {
  it.each([
    ['the quick', 'the quick brown', 2, 2],
    ['the quick', 'The quick, brown fox', 2, 2],
    ['over there', 'over their now', 2, 2],
    ['brown fox', 'the quick brown fox jumps', 4, 4],
    ['a b c', 'a b d e', 3, 3],
    ['a b c', 'a b d e', 2, 2],
    ['the the', 'the the the end', 2, 2],
    ['gone', 'new words only', 0, 0],
    ['', 'new words', 1, 0],
    ['all', '', 0, 0],
  ])('%j in %j, about %i words: %i', (settled, newer, expected, covered) => {
    expect(coveredBy(words(settled), words(newer), expected)).toBe(covered);
  });
});

describe('withoutSeam', () => {
  it.each([
    ['over the lazy dog', 'lazy dog it sleeps', 'it sleeps'],
    ['over the lazy dog.', 'Dog. It sleeps', 'It sleeps'],
    ['over the lazy dog', 'it sleeps', 'it sleeps'],
    ['', 'it sleeps', 'it sleeps'],
    ['a b c d e f', 'a b c d e f g', 'a b c d e f g'],
    ['x a b c d e', 'a b c d e f', 'f'],
  ])('%j, %j → %j', (before, newer, left) => {
    expect(text(withoutSeam(words(before), words(newer), SECOND))).toBe(left);
  });

  it('leaves words that were said again, later', () => {
    expect(text(withoutSeam(timed('very'), timed('very good', 3), SECOND))).toBe('very good');
  });
});

describe('similarity', () => {
  it.each([
    ['a b c', 'a b c d e', 1],
    ['a b c', 'x y z', 0],
    ['a b c d', 'a x c y', 0.5],
    ['', '', 1],
    ['a', '', 0],
  ])('%j, %j: %f', (a, b, result) => expect(similarity(words(a), words(b))).toBe(result));
});

describe('LocalAgreement-2', () => {
  it.each([
    ['agrees on the common beginning', 'a b c', 'a b d', 5, 2],
    ['compares without case and punctuation', 'Hello, world', 'hello world.', 5, 2],
    ['leaves words of the last half second', 'a b c d', 'a b c d', 2, 3],
    ['takes nothing from nothing', '', 'a b', 5, 0],
    ['takes nothing where both differ at once', 'x b', 'a b', 5, 0],
  ])('%s', (_, previous, current, windowSeconds, count) => {
    expect(agreed(words(previous), timed(current), windowSeconds * SECOND)).toBe(count);
  });

  it('stops at a word that the model doubts', () => {
    const current = timed('a b c').map((word) => (word.text === 'b' ? { ...word, p: 0.59 } : word));
    expect(agreed(words('a b c'), current, 9 * SECOND)).toBe(1);
  });

  it('commits no word whose time is unknown', () => {
    expect(agreed(words('a b'), words('a b'), 9 * SECOND)).toBe(0);
  });

  it('is the longest common prefix', () => {
    expect(commonPrefix(words('a b c'), words('a b c d'))).toBe(3);
  });
});

describe('trimPoint', () => {
  const segment = (end: number) => ({ text: '', range: { start: 0, end: end * SECOND } });

  it('is the end of the last segment that is committed as a whole', () => {
    expect(trimPoint(timed('a b c d'), [segment(1), segment(1.5), segment(7)])).toEqual({
      at: 1.5 * SECOND,
      words: 3,
    });
  });

  it('is some words before the end of a sentence inside a segment', () => {
    expect(trimPoint(timed('a b c d. e'), [])).toEqual({ at: SECOND / 2, words: 1 });
  });

  it('does not exist in a sentence that has not ended', () => {
    expect(trimPoint(timed('a b c d e'), [segment(9)])).toBeUndefined();
    expect(trimPoint(timed('a. b'), [])).toBeUndefined();
    expect(trimPoint([], [segment(1)])).toBeUndefined();
  });
});

describe('guards', () => {
  it.each([
    ['[BLANK_AUDIO]', ''],
    ['hello [door slams] world', 'hello world'],
    ['(upbeat music playing)', ''],
    ['*coughs* yes', 'yes'],
    ['♪ la la la ♪ yes', 'yes'],
    ['♪', ''],
    ['yes (music', 'yes'],
    ['call f(x) now', 'call f(x) now'],
    [
      'an (aside that is much longer than any sound) stays',
      'an (aside that is much longer than any sound) stays',
    ],
  ])('bracketed sounds: %j → %j', (heard, left) => expect(text(withoutSounds(words(heard)))).toBe(left));

  it.each([
    ['no no no', 'no no no'],
    ['very very very very good', 'very very very very good'],
    ['go go go go go go go', 'go'],
    ['I am here. I am here.', 'I am here. I am here.'],
    ['so I am here. I am here. I am here. I am', 'so I am here. I am'],
    ['a b a b a b c', 'a b c'],
  ])('loops: %j → %j', (heard, left) => expect(text(collapseLoops(words(heard)))).toBe(left));

  it.each([
    // As a model of the embedded pair heard it.
    ['If the patch does not exist,', 'the patch does not exist.', 0.37, 'If the patch does not exist,'],
    // Somebody says it twice.
    [
      'the patch does not exist,',
      'the patch does not exist.',
      0.8,
      'the patch does not exist, the patch does not exist.',
    ],
    ['I am here.', 'I am here.', 0.37, 'I am here. I am here.'],
    // It goes on.
    ['call me as you like', 'as you like and go', 0.37, 'call me as you like as you like and go'],
    ['one two three four', 'one two three four five', 0.37, 'one two three four one two three four five'],
  ])('the beginning of a loop: %j, then %j at %f → %j', (heard, again, p, left) => {
    const [first, ...others] = words(again);
    expect(text(collapseLoops([...words(heard), { ...first!, p }, ...others]))).toBe(left);
  });

  const audio = { range: { start: 0, end: 2 * SECOND }, voiceRatio: 0.6, voiced: 2 * SECOND, certainty: 1 };

  it('cuts what nobody can say in the time', () => {
    const many = Array.from({ length: 40 }, (_, index) => `w${index}`).join(' ');
    expect(guard(words(many), audio)).toHaveLength(14);
  });

  it('lets fast speech in scripts without spaces pass', () => {
    const many = Array.from('今日はとても天気がいいですね本当').map((character) => ({
      text: character,
      p: 0.9,
    }));
    expect(guard(many, audio)).toHaveLength(many.length);
  });

  it.each([
    ['Thank you.', 0.9, 0.6, 'Thank you.'],
    ['Thank you.', 0.4, 0.6, ''],
    ['Thank you.', 0.9, 0.1, ''],
    ['Thanks for watching!', 0.4, 0.6, ''],
    ['Thank you for the fish', 0.4, 0.1, 'Thank you for the fish'],
  ])('phantom phrases only over doubtful audio: %j, p %f, voiced %f → %j', (heard, p, voiceRatio, left) => {
    expect(text(guard(words(heard, p), { ...audio, voiceRatio }))).toBe(left);
  });

  it.each([
    ['However, go', 0.4, 0.3, ''],
    ['However, go', 0.4, 0.6, 'However, go'],
    ['However, go', 0.4, Infinity, 'However, go'],
    ['Stop', 0.7, 0.3, 'Stop'],
  ])('guesses over hardly any voice: %j, p %f, %f s of it → %j', (heard, p, seconds, left) => {
    expect(text(guard(words(heard, p), { ...audio, voiced: seconds * SECOND }))).toBe(left);
  });

  it.each([
    ['Could you have', 0.5, 0.7, 0.69, ''],
    ['Go to the button', 0.57, 0.9, 0.72, 'Go to the button'],
    ['are happy', 0.62, 0.3, 0.74, ''],
    ['The', 0.93, 0.4, 0.7, 'The'],
    ['Could you have', 0.5, 0.7, 0.85, 'Could you have'],
  ])(
    'guesses over what is hardly a voice: %j, p %f, %f s of it, certain by %f → %j',
    (heard, p, seconds, certainty, left) => {
      expect(text(guard(words(heard, p), { ...audio, voiced: seconds * SECOND, certainty }))).toBe(left);
    },
  );

  it('know a phantom by its words alone', () => {
    expect(isPhantom(words('Thanks for watching!'))).toBe(true);
    expect(isPhantom([])).toBe(false);
  });
});
