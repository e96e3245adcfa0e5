import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftLabel } from '../../../src/core/text/draft-label';

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

  it('never halves a character and never exceeds the columns', () => {
    expect(draftLabel('👍👍👍👍', 3)).toBe('…👍👍');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '👍', 'é', '语', '\n', '\t', '\u0007'), maxLength: 80 }),
        fc.integer({ min: 1, max: 40 }),
        (text, columns) => {
          const label = draftLabel(text, columns);
          expect([...label].length).toBeLessThanOrEqual(columns);
          expect(label).not.toMatch(/[\n\r\t ]/);
        },
      ),
    );
  });
});
