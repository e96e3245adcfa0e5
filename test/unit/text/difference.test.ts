import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../src/core/text/difference';

const changed = (before: string, after: string) => {
  const { start, end, text } = differenceOf(before, after);
  return before.slice(0, start) + text + before.slice(end);
};

describe('differenceOf', () => {
  it.each([
    ['a b c', 'a x c', { start: 2, end: 3, text: 'x' }],
    ['b', 'a\nb', { start: 0, end: 0, text: 'a\n' }],
    ['aaa', 'aa', { start: 2, end: 3, text: '' }],
    ['same', 'same', { start: 4, end: 4, text: '' }],
    ['', 'new', { start: 0, end: 0, text: 'new' }],
  ])('of %j and %j is the one stretch that differs', (before, after, expected) => {
    expect(differenceOf(before, after)).toEqual(expected);
  });

  it.each([
    ['a\r\nb', 'a\rb', { start: 1, end: 3, text: '\r' }],
    ['a\r\nb', 'a\nb', { start: 1, end: 3, text: '\n' }],
    ['a😀b', 'a😁b', { start: 1, end: 3, text: '😁' }],
    ['😀😀', '😀', { start: 2, end: 4, text: '' }],
  ])('of %j and %j splits no line end and no character', (before, after, expected) => {
    expect(differenceOf(before, after)).toEqual(expected);
  });

  it('turns any text into any other', () => {
    const piece = fc.constantFrom('a', 'b', '\n', '\r', '\r\n', '😀', '😁');
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(changed(before, after)).toBe(after);
      }),
    );
  });
});
