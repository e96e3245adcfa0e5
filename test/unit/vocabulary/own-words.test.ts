import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOwnWords, readWordFile } from '../../../src/core/vocabulary/own-words';
import { COMMENT, vocabularyOf, written } from '../../support/vocabulary';

describe("the user's own words", () => {
  const vocabulary = vocabularyOf({ 'a.ts': '' });
  vocabulary.setOwnWord('kubectl', ['cube control', 'cube cuttle']);
  vocabulary.setOwnWord('Postgres', ['post gress']);
  it('are written however they are heard, in prose too', () => {
    expect(written(vocabulary, 'Run cube control again.', COMMENT)).toBe('Run kubectl again.');
    expect(written(vocabulary, 'Run cube-cuttle again.', COMMENT)).toBe('Run kubectl again.');
    expect(written(vocabulary, 'We use postgres.', COMMENT)).toBe('We use Postgres.');
  });
  it('can be taken back', () => {
    vocabulary.removeOwnWord('kubectl');
    expect(written(vocabulary, 'Run cube control again.', COMMENT)).toBe('Run cube control again.');
  });
  it('are read from a list or a file', () => {
    const expected = [
      { write: 'Kubernetes', soundsLike: [] },
      { write: 'kubectl', soundsLike: ['cube control', 'cube cuttle'] },
    ];
    expect(readOwnWords(['Kubernetes', 'cube control → kubectl', 'cube cuttle -> kubectl']).words).toEqual(
      expected,
    );
    expect(
      readWordFile('# words\r\nKubernetes\n\ncube control => kubectl # tool\ncube cuttle → kubectl').words,
    ).toEqual(expected);
  });
  it('may have an arrow in what is written', () => {
    expect(readOwnWords(['fat arrow → =>', 'a to b → a->b']).words).toEqual([
      { write: 'a->b', soundsLike: ['a to b'] },
    ]);
    expect(readOwnWords(['a to b → a->b']).problems).toEqual([]);
  });
  it('are reported when they are wrong', () => {
    const wrong = readOwnWords([1, '', 'a → ', '→ b', 'x'.repeat(200), 'ok', 'a\u0007b']);
    expect(wrong.problems.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '1 no-text',
      '2 no-letters',
      '3 no-letters',
      '4 no-letters',
      '5 too-long',
      '7 control',
    ]);
    expect(wrong.words).toEqual([{ write: 'ok', soundsLike: [] }]);
    expect(readWordFile('# one\n\nfine\n→ b # why\n').problems).toEqual([
      { line: 4, entry: '→ b', reason: 'no-letters' },
    ]);
    const many = Array.from({ length: 2_002 }, (_, index) => `word${index}`);
    expect(readOwnWords(many).words).toHaveLength(2_000);
    expect(readOwnWords(many).problems).toEqual([{ line: 2_001, entry: '', reason: 'too-many' }]);
    fc.assert(
      fc.property(fc.array(fc.anything()), (setting) => {
        const { words, problems } = readOwnWords(setting);
        expect(words.length + problems.length).toBeLessThanOrEqual(setting.length);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        readWordFile(text);
      }),
    );
  });
});
