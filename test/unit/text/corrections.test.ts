import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctedWords } from '../../../src/core/text/corrections';
import { draftRoom } from '../../../src/core/text/draft-label';

/** The text with its corrected words in brackets. */
function marked(draft: string, text: string): string {
  return [...correctedWords(draft, text)]
    .reverse()
    .reduce(
      (now, { start, end }) => `${now.slice(0, start)}[${now.slice(start, end)}]${now.slice(end)}`,
      text,
    );
}

describe('correctedWords', () => {
  it.each([
    ['fix the tests', 'Fix the tests.', 'Fix the tests.'],
    ['fix the text', 'Fix the test.', 'Fix the [test.]'],
    ['the', 'the whole line', 'the [whole line]'],
    ['a b c d', 'a x y d', 'a [x y] d'],
    ['one two three', 'two three', 'two three'],
    ['a – b', 'a — b', 'a — b'],
    ['', 'never drafted', 'never drafted'],
    ['some words', '', ''],
    ['naïve café', 'naive café', '[naive] café'],
  ])('%j became %j', (draft, text, expected) => {
    expect(marked(draft, text)).toBe(expected);
  });

  it('marks nothing in what was drafted right, and only whole words, in order', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
      .map((list) => list.join(' '));
    fc.assert(fc.property(text, (same) => void expect(correctedWords(same, same)).toEqual([])));
    fc.assert(
      fc.property(text, text, (draft, confirmed) => {
        let last = -1;
        for (const { start, end } of correctedWords(draft, confirmed)) {
          expect(start).toBeGreaterThan(last);
          expect(confirmed.slice(start, end).trim()).toBe(confirmed.slice(start, end));
          last = end;
        }
      }),
    );
  });
});

describe('draftRoom', () => {
  it.each([
    ['at the start of a line: as long as the setting allows', 0, 100, undefined, 100],
    ['far right: what is left of a usual line', 70, 100, undefined, 30],
    ['at its end: never too little to read', 98, 100, undefined, 24],
    ['in a line that wraps: what is left of its last row', 90, 200, 80, 70],
    ['a wrap column that makes no sense', 3, 100, 0, 24],
  ])('%s', (_name, column, longest, width, expected) => {
    expect(draftRoom(column, longest, width)).toBe(expected);
  });
});
