import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextChange } from '../../../src/core/anchor/anchor';
import {
  moveTrace,
  rewritten,
  standing,
  takenOut,
  traceOf,
  type Trace,
} from '../../../src/core/anchor/trace';
import { writtenParts } from '../../../src/core/anchor/written';

const change = (rangeOffset: number, rangeLength: number, text: string): TextChange => ({
  rangeOffset,
  rangeLength,
  text,
});

/** A document with one text of ours in it. */
class Sheet {
  trace: Trace;
  constructor(
    public text: string,
    ours: string,
  ) {
    this.trace = traceOf(text.indexOf(ours), ours);
  }
  edit(changes: readonly TextChange[], isBack = false): this {
    const descending = [...changes].sort((a, b) => b.rangeOffset - a.rangeOffset);
    for (const { rangeOffset, rangeLength, text } of descending)
      this.text = this.text.slice(0, rangeOffset) + text + this.text.slice(rangeOffset + rangeLength);
    this.trace = moveTrace(this.trace, changes, isBack);
    return this;
  }
  get found(): string | undefined {
    const span = standing(this.trace, (start, end) => this.text.slice(start, end));
    return span && `${this.text.slice(0, span.start)}[${this.text.slice(span.start, span.end)}]`;
  }
}
const sheet = () => new Sheet('a hello b', 'hello');

describe('a text of ours among the edits of others', () => {
  it.each([
    ['typed before it', [change(0, 0, 'xy')], 'xya [hello]'],
    ['typed right before it', [change(2, 0, 'x')], 'a x[hello]'],
    ['typed right behind it', [change(7, 0, 'x')], 'a [hello]'],
    ['deleted before and behind it', [change(0, 2, ''), change(7, 2, '')], '[hello]'],
    ['all of the document was written anew', [change(0, 9, '  a hello b\n')], '  a [hello]'],
    ['a formatter moved it', [change(0, 9, 'a\n    hello\nb')], 'a\n    [hello]'],
    ['changed inside', [change(4, 1, 'L')], undefined],
    ['its beginning deleted', [change(0, 4, '')], undefined],
    ['its end deleted', [change(5, 4, '')], undefined],
    ['gone', [change(2, 5, '')], undefined],
    ['gone with what is around it', [change(1, 7, '')], undefined],
  ])('%s', (_, changes, expected) => {
    expect(sheet().edit(changes).found).toBe(expected);
  });

  it('is back after an undo, and only then', () => {
    const gone = () => sheet().edit([change(1, 7, '')]);
    expect(gone().edit([change(1, 0, ' hello ')], true).found).toBe('a [hello]');
    expect(gone().edit([change(1, 0, ' hello ')]).found).toBeUndefined();
    expect(
      gone()
        .edit([change(0, 0, 'zz')])
        .edit([change(3, 0, ' hello ')], true).found,
    ).toBe('zza [hello]');
    expect(
      sheet()
        .edit([change(4, 1, 'L')])
        .edit([change(4, 1, 'l')], true).found,
    ).toBe('a [hello]');
  });

  it('is back after several undos, whatever was taken out around its place meanwhile', () => {
    const one = sheet();
    one.edit([change(2, 5, '')]).trace = takenOut(one.trace, 2);
    one.edit([change(0, 4, '')]);
    expect(one.text).toBe('');
    expect(one.edit([change(0, 0, 'a  b')], true).found).toBeUndefined();
    expect(one.edit([change(2, 0, 'hello')], true).found).toBe('a [hello]');
  });

  it('counts as unchanged in every form that we gave it', () => {
    const one = sheet().edit([change(2, 5, 'HELLO')]);
    expect(one.found).toBeUndefined();
    one.trace = rewritten(one.trace, 2, 'HELLO');
    expect(one.found).toBe('a [HELLO]');
    expect(one.edit([change(2, 5, 'hello')], true).found).toBe('a [hello]');
    expect(one.edit([change(2, 5, 'HELLO')], true).found).toBe('a [HELLO]');
    expect(one.edit([change(2, 5, 'other')]).found).toBeUndefined();
  });

  it('is gone when we took it out, until that is undone', () => {
    const one = sheet().edit([change(2, 5, 'hello, the selected text')]);
    one.trace = takenOut(one.trace, 2);
    expect(one.found).toBeUndefined();
    expect(one.edit([change(2, 24, 'hello')], true).found).toBe('a [hello]');
  });

  it('never takes the text of others for ours', () => {
    const text = fc.stringMatching(/^[ab]{0,6}$/);
    const edits = fc.array(fc.tuple(fc.nat(12), fc.nat(6), text, fc.boolean()), { maxLength: 6 });
    fc.assert(
      fc.property(edits, (all) => {
        const one = new Sheet('aabHELLObba', 'HELLO');
        for (const [at, length, insert, isBack] of all) {
          const rangeOffset = Math.min(at, one.text.length);
          const rangeLength = Math.min(length, one.text.length - rangeOffset);
          one.edit([change(rangeOffset, rangeLength, insert)], isBack);
          const { found } = one;
          if (found !== undefined) expect(found).toMatch(/\[HELLO\]$/);
          // Nothing of ours is ever typed, so that it stands exactly as long as it is whole.
          expect(found !== undefined).toBe(one.text.includes('HELLO'));
        }
      }),
    );
  });
});

describe('what an edit of ours wrote', () => {
  const site = (at: number, drafts: readonly { start: number; end: number }[] = []) => ({
    at,
    drafts,
    said: '',
  });

  it('is told for each site, with the blank behind it and what it replaced', () => {
    const changes = [change(1, 0, ' one '), change(3, 2, ' one')];
    expect(writtenParts(changes, [site(5), site(12)], ['', 'xy'])).toEqual([
      { start: 1, text: ' one', trail: ' ', replaced: '', site: 0 },
      { start: 8, text: ' one', trail: '', replaced: 'xy', site: 1 },
    ]);
  });

  it('leaves out draft text that stands behind it', () => {
    const [part] = writtenParts([change(0, 0, 'one two')], [site(3, [{ start: 3, end: 7 }])], ['']);
    expect(part).toMatchObject({ text: 'one', trail: '' });
  });

  it('leaves out sites where nothing was written', () => {
    expect(writtenParts([change(0, 2, '')], [site(0)], [''])).toEqual([]);
  });
});
