import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveOffset, moveOffsetByLineEndings, type TextChange } from '../../../src/core/anchor/anchor';

const insert = (rangeOffset: number, text: string): TextChange => ({ rangeOffset, rangeLength: 0, text });
const replace = (start: number, end: number, text: string): TextChange => ({
  rangeOffset: start,
  rangeLength: end - start,
  text,
});

/** Applies an event to a text; the order of its changes does not matter. */
function apply(text: string, changes: readonly TextChange[]): string {
  return [...changes]
    .sort((a, b) => b.rangeOffset - a.rangeOffset)
    .reduce(
      (now, c) => now.slice(0, c.rangeOffset) + c.text + now.slice(c.rangeOffset + c.rangeLength),
      text,
    );
}

describe('moveOffset', () => {
  it.each([
    ['an insertion before', 10, [insert(3, 'abc')], 13],
    ['an insertion after', 10, [insert(11, 'abc')], 10],
    ['an insertion at the anchor: typed text stands before the draft', 10, [insert(10, 'abc')], 13],
    ['Enter at the anchor: the draft goes to the new line', 10, [insert(10, '\n    ')], 15],
    ['a typed bracket with its automatic partner', 10, [insert(10, '()')], 11],
    ['a typed quote with its automatic partner', 10, [insert(10, '""')], 11],
    ['a deletion before', 10, [replace(2, 5, '')], 7],
    ['a deletion that ends at the anchor (Backspace)', 10, [replace(9, 10, '')], 9],
    ['a deletion that begins at the anchor (Delete)', 10, [replace(10, 14, '')], 10],
    ['a replacement that ends at the anchor', 10, [replace(6, 10, 'word')], 10],
    ['a replacement that begins at the anchor', 10, [replace(10, 12, 'longer')], 10],
    ['a deletion around the anchor', 10, [replace(5, 15, '')], 5],
    ['a replacement around the anchor by unrelated text: its end', 10, [replace(5, 15, 'xyz')], 8],
    [
      'many cursors, descending',
      10,
      [insert(20, 'a'), insert(10, 'b'), insert(4, 'c'), replace(0, 2, '')],
      10,
    ],
    [
      'many cursors, ascending',
      10,
      [replace(0, 2, ''), insert(4, 'c'), insert(10, 'b'), insert(20, 'a')],
      10,
    ],
  ] satisfies [string, number, TextChange[], number][])('%s', (_name, offset, changes, expected) => {
    expect(moveOffset(offset, changes)).toBe(expected);
  });

  it('moves like a marker in the text, whatever one event holds', () => {
    // An oracle that does it with strings: the marker is a character of the text; the text is alphabetic, without it.
    const MARK = '|';
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 5 });
    const event = fc
      .record({
        text: fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '\n'), minLength: 1, maxLength: 40 }),
        cuts: fc.array(fc.nat(40), { minLength: 2, maxLength: 8 }),
        inserted: fc.array(words, { minLength: 4, maxLength: 4 }),
        at: fc.nat(40),
      })
      .map(({ text, cuts, inserted, at }) => {
        const sorted = cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b);
        const changes: TextChange[] = [];
        for (let i = 0; i + 1 < sorted.length; i += 2) {
          const [start, end] = [sorted[i] ?? 0, sorted[i + 1] ?? 0];
          // An editor never reports two changes at one place.
          if (changes.some((c) => c.rangeOffset + c.rangeLength >= start)) continue;
          changes.push(replace(start, end, inserted[changes.length] ?? ''));
        }
        return { text, changes: changes.reverse(), at: Math.min(at, text.length) };
      });
    fc.assert(
      fc.property(event, ({ text, changes, at }) => {
        const marked = changes.map((c) => {
          const end = c.rangeOffset + c.rangeLength;
          const around = c.rangeOffset < at && at < end;
          const start =
            c.rangeOffset + (c.rangeOffset >= at && c.rangeLength > 0 ? 1 : c.rangeOffset > at ? 1 : 0);
          return {
            rangeOffset: start,
            rangeLength: c.rangeLength + (around ? 1 : 0),
            text: around ? c.text + MARK : c.text,
          };
        });
        const oracle = apply(text.slice(0, at) + MARK + text.slice(at), marked).indexOf(MARK);
        expect(moveOffset(at, changes)).toBe(oracle);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays inside the document through any number of events', () => {
    const step = fc.record({ at: fc.nat(60), length: fc.nat(6), text: fc.string({ maxLength: 6 }) });
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.nat(60),
        fc.array(step, { maxLength: 12 }),
        (start, at, steps) => {
          let text = start;
          let offset = Math.min(at, text.length);
          for (const { at: where, length, text: inserted } of steps) {
            const rangeOffset = Math.min(where, text.length);
            const change = insert(rangeOffset, inserted);
            const event = [{ ...change, rangeLength: Math.min(length, text.length - rangeOffset) }];
            const context = { before: text.slice(0, offset), after: text.slice(offset) };
            offset = moveOffset(offset, event, context);
            text = apply(text, event);
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(offset).toBeLessThanOrEqual(text.length);
          }
        },
      ),
    );
  });

  it('is found again by its surroundings when everything was replaced', () => {
    const before = 'function a() {\nreturn 1;\n}\nfunction b() {\nreturn 2;\n}\n';
    const after = 'function a() {\n  return 1;\n}\n\nfunction b() {\n  return 2;\n}\n';
    const at = before.indexOf('2;');
    const moved = moveOffset(at, [replace(0, before.length, after)], {
      before: before.slice(0, at),
      after: before.slice(at),
    });
    expect(moved).toBe(after.indexOf('2;'));
  });

  it('of two equal places takes the nearer one', () => {
    const text = 'x();\nx();\nx();\n';
    const context = { before: 'x();', after: '\n' };
    expect(moveOffset(9, [replace(0, text.length, `${text}y\n`)], context)).toBe(9);
  });
});

describe('moveOffsetByLineEndings', () => {
  it('adds or takes one character a line', () => {
    expect(moveOffsetByLineEndings(25, 3, '\n', '\r\n')).toBe(28);
    expect(moveOffsetByLineEndings(28, 3, '\r\n', '\n')).toBe(25);
    expect(moveOffsetByLineEndings(28, 3, '\n', '\n')).toBe(28);
  });
});
