import { describe, expect, it, vi } from 'vitest';
import { findDrafts, linesAround } from '../../../../src/vscode/draft-lines';
import { EditedLines } from '../../../../src/vscode/edited-lines';
import { PlainDocument } from './plain-document';

vi.mock('vscode', () => ({ EndOfLine: { LF: 1, CRLF: 2 } }));

const plain = (marked: string) => marked.replace(/[{}]/g, '');
const linesOf = (text: string) => new EditedLines(new PlainDocument(text).asDocument);

/** Where drafts in braces stand. */
function draftsIn(marked: string) {
  return [...marked.matchAll(/\{([^}]*)\}/g)].map(({ index, 1: draft = '' }, before) => {
    const start = index - 2 * before;
    return { start, end: start + draft.length };
  });
}

/** What is found of the drafts of a text in what it was made since; `undefined` if nothing. */
function found(marked: string, now: string): readonly string[] | undefined {
  const remembered = linesAround(linesOf(plain(marked)), draftsIn(marked));
  const document = new PlainDocument(now);
  const places = findDrafts(linesOf(now), remembered);
  if (places.length === 0) return undefined;
  return places.map(({ start, end }) => now.slice(document.offsetAt(start), document.offsetAt(end)));
}

const far = (name: string) => Array.from({ length: 10 }, (_, index) => `${name} ${index}`).join('\n');
const MARKED = `${far('above')}\nx{ draft words} y\n${far('below')}`;
const TEXT = plain(MARKED);

describe('a draft in a document that somebody has gone on to write in', () => {
  it('is found where they have written elsewhere, in front of it or behind it', () => {
    for (const now of [
      TEXT,
      `first\n${TEXT}`,
      `${TEXT}\nlast`,
      TEXT.replace('above 3', 'above three'),
      TEXT.replace('below 6', 'below\nsix'),
      TEXT.replace('above 0\n', '').replace('below 9', 'below 9!'),
    ])
      expect(found(MARKED, now), now).toEqual([' draft words']);
  });

  it('is theirs once they have corrected a word of it, gone on from it, or written near it', () => {
    for (const now of [
      TEXT.replace('draft', 'drift'),
      TEXT.replace('draft words', 'draft, words'),
      TEXT.replace('draft words', 'draft words.'),
      TEXT.replace('x draft', 'x a draft'),
      TEXT.replace(' draft words', ''),
      TEXT.replace('words y', 'words\n y'),
      TEXT.replace('words y\n', 'words y\nand then\n'),
      TEXT.replace('above 9', 'above nine'),
      TEXT.replace('below 0\n', ''),
      TEXT.replace('below 4', 'below four'),
      TEXT.replaceAll('\n', '\n  '),
    ])
      expect(found(MARKED, now), now).toBe(undefined);
  });

  it('is left alone where it stands twice', () => {
    expect(found(MARKED, `${TEXT}\n${TEXT}`)).toBe(undefined);
    const cursors = `${far('same')}\nx{ draft}\n${far('same')}\n${far('same')}\nx{ draft}\n${far('same')}`;
    expect(found(cursors, plain(cursors))).toBe(undefined);
  });

  it('is theirs once something stands beyond it where the text had begun or ended', () => {
    const marked = 'a\nx{ draft}\nb';
    expect(found(marked, 'a\nx draft\nb')).toEqual([' draft']);
    for (const now of ['a\nx draft\nb\n', '\na\nx draft\nb', 'new\na\nx draft\nb', 'a\nx draft\nb\nnew'])
      expect(found(marked, now), now).toBe(undefined);
    expect(found('{draft}', 'draft and more')).toBe(undefined);
    expect(found('{draft}', 'draft\nand more')).toBe(undefined);
  });

  it('of several lines is found as a whole', () => {
    const marked = `${far('above')}\nx{ one\ntwo\nthree} y\n${far('below')}`;
    expect(found(marked, `new\n${plain(marked)}`)).toEqual([' one\ntwo\nthree']);
    expect(found(marked, plain(marked).replace('two', '2'))).toBe(undefined);
  });

  it('is found with the others of the document, or none is', () => {
    const marked = `a{ one}\n${far('between')}\nb{ two}`;
    const text = plain(marked);
    expect(found(marked, text.replace('between 5', 'new\nbetween 5').replace('between 4', ''))).toBe(
      undefined,
    );
    const wide = `a{ one}\n${far('some')}\n${far('more')}\nb{ two}`;
    expect(found(wide, plain(wide).replace('some 9', 'some nine'))).toEqual([' one', ' two']);
    expect(found(wide, plain(wide).replace('b two', 'b too'))).toBe(undefined);
    expect(found(wide, plain(wide).replace('a one', 'a won'))).toBe(undefined);
  });

  it('is not looked for among lines that no person has written', () => {
    const long = 'x'.repeat(200_000);
    expect(found(`${long}{ draft}`, `${long} draft`)).toBe(undefined);
  });
});
