import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { TextChange } from '../../../../src/core/anchor/anchor';
import { DocumentDigest } from '../../../../src/vscode/document-digest';
import { EditedLines } from '../../../../src/vscode/edited-lines';
import { PlainDocument } from './plain-document';

vi.mock('vscode', () => ({ EndOfLine: { LF: 1, CRLF: 2 } }));

const idOf = (text: string, lineEnd: '\n' | '\r\n' = '\n') =>
  new DocumentDigest(new PlainDocument(text, lineEnd).asDocument).id();

/** Longer than two of the rows of lines that are hashed together. */
const MANY_LINES = 300;

const LINE = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\u{1F600}', '\ud83d'), maxLength: 4 });
const TEXT = fc.oneof(
  fc.array(LINE, { minLength: 1, maxLength: 4 }),
  fc.array(LINE, { minLength: MANY_LINES, maxLength: MANY_LINES }),
);

/** Edits of several places at once, some in the same line, given as fractions of the text. */
const EDITS = fc.array(
  fc.array(
    fc.record({
      from: fc.nat(MANY_LINES).map((one) => one / MANY_LINES),
      length: fc.nat(6),
      lines: fc.array(LINE),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  { minLength: 1, maxLength: 3 },
);

/** Ascending, apart from one another, and never between the two characters of a line end. */
function changesOf(
  document: PlainDocument,
  wanted: readonly { readonly from: number; readonly length: number; readonly lines: readonly string[] }[],
  lineEnd: string,
): readonly TextChange[] {
  const text = document.getText();
  const whole = (offset: number) => (text.slice(offset - 1, offset + 1) === '\r\n' ? offset + 1 : offset);
  let behind = 0;
  return [...wanted]
    .sort((a, b) => a.from - b.from)
    .flatMap(({ from, length, lines }) => {
      const start = whole(Math.round(from * text.length));
      const end = whole(Math.min(start + length, text.length));
      if (start < behind) return [];
      behind = end + 1;
      return [{ rangeOffset: start, rangeLength: end - start, text: lines.join(lineEnd) }];
    });
}

describe('the lines of a document after an edit', () => {
  it('are those that it has then, and its places are where they are then', () => {
    fc.assert(
      fc.property(TEXT, EDITS, fc.constantFrom('\n' as const, '\r\n' as const), (lines, edits, lineEnd) => {
        const document = new PlainDocument(lines.join(lineEnd), lineEnd);
        for (const edit of edits) {
          const changes = changesOf(document, edit, lineEnd);
          const edited = new EditedLines(document.asDocument, changes);
          const indexes = Array.from({ length: edited.count }, (_, index) => index);
          const texts = indexes.map((index) => edited.line(index));
          const after = new PlainDocument(document.getText(), lineEnd);
          after.edit(changes);
          expect(texts.join(lineEnd)).toBe(after.getText());
          expect(edited.length).toBe(after.getText().length);
          for (const { rangeOffset } of changes) {
            const place = after.positionAt(Math.min(rangeOffset, after.getText().length));
            expect(edited.placeOf(after.offsetAt(place))).toEqual(place);
          }
          for (const line of [0, edited.count - 1]) {
            const character = edited.line(line).length;
            expect(edited.placeOf(after.offsetAt({ line, character }))).toEqual({ line, character });
          }
          document.edit(changes);
        }
      }),
    );
  });
});

describe('what tells a document from any other text', () => {
  it('is the same however it came to be: foretold, followed, or looked at anew', () => {
    fc.assert(
      fc.property(TEXT, EDITS, fc.constantFrom('\n' as const, '\r\n' as const), (lines, edits, lineEnd) => {
        const document = new PlainDocument(lines.join(lineEnd), lineEnd);
        const digest = new DocumentDigest(document.asDocument);
        for (const edit of edits) {
          const changes = changesOf(document, edit, lineEnd);
          const foretold = digest.idAfter(new EditedLines(document.asDocument, changes));
          digest.follow(document.edit(changes));
          const anew = idOf(document.getText(), lineEnd);
          expect(foretold).toEqual(anew);
          expect(digest.id()).toEqual(anew);
        }
      }),
    );
  });

  it('is another one for another text', () => {
    fc.assert(
      fc.property(TEXT, TEXT, (one, other) => {
        const [a, b] = [one.join('\n'), other.join('\n')];
        expect(idOf(a).hash === idOf(b).hash).toBe(a === b);
      }),
    );
  });

  it('is another one for other line ends, and for half a character', () => {
    expect(idOf('a\nb')).not.toEqual(idOf('a\r\nb', '\r\n'));
    expect(idOf('\ud83d').hash).not.toBe(idOf('\ude00').hash);
  });

  it('holds where changes were missed, or are told after it was asked', () => {
    const document = new PlainDocument('one\ntwo\n');
    const digest = new DocumentDigest(document.asDocument);
    digest.id();
    document.edit([{ rangeOffset: 0, rangeLength: 3, text: '1' }]);
    expect(digest.id()).toEqual(idOf('1\ntwo\n'));
    const told = document.edit([{ rangeOffset: 0, rangeLength: 1, text: 'one' }]);
    expect(digest.id()).toEqual(idOf('one\ntwo\n'));
    digest.follow(told);
    expect(digest.id()).toEqual(idOf('one\ntwo\n'));
    document.edit([{ rangeOffset: 4, rangeLength: 3, text: '2' }]);
    digest.follow(document.edit([{ rangeOffset: 0, rangeLength: 3, text: '1' }]));
    expect(digest.id()).toEqual(idOf('1\n2\n'));
  });

  it('costs a draft in a long document only the lines around it', () => {
    const document = new PlainDocument(Array.from({ length: 10 * MANY_LINES }, () => 'line').join('\n'));
    const digest = new DocumentDigest(document.asDocument);
    digest.id();
    const looked = vi.spyOn(document, 'lineAt');
    const read = vi.spyOn(document, 'getText');
    const changes = [{ rangeOffset: 5 * MANY_LINES, rangeLength: 0, text: ' draft' }];
    digest.idAfter(new EditedLines(document.asDocument, changes));
    digest.follow(document.edit(changes));
    digest.id();
    expect(looked.mock.calls.length).toBeLessThan(MANY_LINES);
    expect(read).not.toHaveBeenCalled();
  });
});
