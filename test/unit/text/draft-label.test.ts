import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { columnBehind, draftLabel } from '../../../src/core/text/draft-label';

const plain = (label: string) => label.replaceAll('\u00a0', ' ');

describe('draftLabel', () => {
  it('shows a short draft whole, its blanks as no-break spaces', () => {
    expect(draftLabel(' add a test', 20)).toBe('\u00a0add\u00a0a\u00a0test');
  });

  it('is one line without control characters, line breaks shown as a sign', () => {
    expect(plain(draftLabel('a\r\nb\tc\u0007d', 20))).toBe('a ↵ b c d');
    expect(plain(draftLabel('one\n\n  // two', 20))).toBe('one ↵ // two');
  });

  it('shows the tail of a long draft, cut between words', () => {
    expect(plain(draftLabel('the quick brown fox jumps', 12))).toBe('…fox jumps');
    expect(plain(draftLabel('the quick brown fox jumps', 10))).toBe('…fox jumps');
  });

  it('cuts inside a word that is too long to leave out', () => {
    expect(draftLabel('abcdefghijklmnop', 6)).toBe('…lmnop');
  });

  it('counts columns: Chinese takes two for each character', () => {
    expect(draftLabel('请把测试改好', 12)).toBe('请把测试改好');
    expect(draftLabel('请把测试改好', 11)).toBe('…把测试改好');
    expect(draftLabel('请把测试改好', 8)).toBe('…试改好');
  });

  it('never halves a character and never exceeds the columns', () => {
    expect(draftLabel('👍👍👍👍', 5)).toBe('…👍👍');
    expect(draftLabel('👍👍👍👍', 4)).toBe('…👍');
    expect(draftLabel('ae\u0301👩‍🔬👩‍🔬', 3)).toBe('…👩‍🔬');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '👍', 'é', '语', '\n', '\t', '\u0007'), maxLength: 80 }),
        fc.integer({ min: 1, max: 40 }),
        (text, columns) => {
          const label = draftLabel(text, columns);
          expect(stringWidth(label)).toBeLessThanOrEqual(columns);
          expect(label).not.toMatch(/[\n\r\t ]/);
        },
      ),
    );
  });
});

describe('columnBehind', () => {
  it.each([
    ['nothing', '', 4, 0],
    ['letters', 'const a', 4, 7],
    ['tabs', '\t\t', 4, 8],
    ['tabs behind letters go to the next stop', 'ab\tc', 8, 9],
    ['a tab at a stop goes to the next one', 'abcd\t', 4, 8],
    ['Chinese', '// 测试', 4, 7],
    ['a letter with its mark, and an emoji made of several', 'e\u0301👩‍🔬', 4, 3],
    ['a tab size that makes no sense', '\ta', 0, 2],
    ['a line that is too long to measure', '语'.repeat(5_000), 4, 5_000],
  ])('%s', (_name, text, tabSize, expected) => {
    expect(columnBehind(text, tabSize)).toBe(expected);
  });
});
