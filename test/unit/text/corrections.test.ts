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
  const wraps = true;
  it.each([
    ['at the start of a line: as long as the setting allows', 0, 100, { wraps }, 100],
    ['far right: what is left of a usual line', 70, 100, { wraps }, 30],
    ['at its end: never too little to read', 98, 100, { wraps }, 24],
    ['in its second row: what is left of that', 130, 100, { wraps }, 70],
    ['in a line that wraps at a column: what is left of its last row', 90, 200, { wraps, columns: 80 }, 70],
    ['a wrap column that makes no sense', 3, 100, { wraps, columns: 0 }, 24],
    ['far right of a line that does not wrap: the same', 70, 100, { wraps: false }, 30],
    ['in one of two editors: half of a usual line', 0, 100, { wraps, editors: 2 }, 50],
    [
      'in one of two editors, whose lines wrap at a column: that',
      0,
      100,
      { wraps, columns: 80, editors: 2 },
      80,
    ],
    ['in one of many editors: never too little to read', 0, 100, { wraps, editors: 9 }, 24],
    ['beyond the width of an editor: as little as can be read', 130, 100, { wraps: false }, 24],
  ])('%s', (_name, column, longest, line, expected) => {
    expect(draftRoom(column, longest, { editors: 1, ...line })).toBe(expected);
  });
});
