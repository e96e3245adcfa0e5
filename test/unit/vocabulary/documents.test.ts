import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesIn } from '../../../src/core/vocabulary/names';
import { Vocabulary } from '../../../src/core/vocabulary/vocabulary';
import { CODE, COMMENT, ordinaryWords, vocabularyOf, written } from '../../support/vocabulary';

describe('documents', () => {
  it('come, change and go', () => {
    const vocabulary = vocabularyOf({ 'a.ts': 'getUserById' });
    vocabulary.setDocument('b.ts', namesIn('getUserById dropTable'));
    vocabulary.setDocument('a.ts', namesIn('loadPage'));
    expect(written(vocabulary, 'Call get user by id.', COMMENT)).toBe('Call getUserById.');
    vocabulary.removeDocument('b.ts');
    expect(written(vocabulary, 'Call get user by id.', COMMENT)).toBe('Call get user by id.');
    expect(written(vocabulary, 'Call load page.', COMMENT)).toBe('Call loadPage.');
    vocabulary.removeDocument('a.ts');
    vocabulary.removeDocument('never seen');
    expect(vocabulary.size).toBe(0);
  });

  it('leave the same vocabulary, however they came', () => {
    const name = fc.constantFrom('getUser', 'setUser', 'MAX_SIZE', 'loadPage', 'HTTPServer', 'kubectl');
    const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.array(name)), { maxLength: 10 });
    fc.assert(
      fc.property(steps, (list) => {
        const grown = new Vocabulary({ ordinaryWords });
        const last = new Map<string, readonly string[]>();
        for (const [document, names] of list) {
          grown.setDocument(document, new Map(names.map((text) => [text, 1])));
          last.set(document, names);
        }
        const fresh = new Vocabulary({ ordinaryWords });
        for (const [document, names] of last)
          fresh.setDocument(document, new Map(names.map((text) => [text, 1])));
        const sorted = (vocabulary: Vocabulary): unknown => {
          vocabulary.focus({ document: 'a', near: new Set(), openDocuments: new Set(['b', 'c']) });
          return vocabulary.nearby().toSorted((a, b) => a.text.localeCompare(b.text));
        };
        expect(sorted(grown)).toEqual(sorted(fresh));
      }),
    );
  });

  it('near the anchor decide between names that are said alike', () => {
    const documents = { 'a.ts': 'getUser', 'b.py': 'get_user' };
    expect(written(vocabularyOf(documents, 'a.ts'), 'get user', CODE)).toBe('getUser');
    expect(written(vocabularyOf(documents, 'b.py'), 'get user', CODE)).toBe('get_user');
  });
});

describe('a document that is taken in by steps', () => {
  const counts = (...names: string[]): ReadonlyMap<string, number> => new Map(names.map((name) => [name, 1]));
  const finish = (steps: Iterator<void>): number => {
    let count = 0;
    while (!steps.next().done) count++;
    return count;
  };
  it('takes a step a name, and never lacks a name that stays', () => {
    const vocabulary = vocabularyOf({ 'a.ts': 'getUserById loadPage' });
    const steps = vocabulary.entering('a.ts', counts('useEffect', 'getUserById'));
    do expect(written(vocabulary, 'Call get user by id.', COMMENT)).toBe('Call getUserById.');
    while (!steps.next().done);
    expect(written(vocabulary, 'Call load page.', COMMENT)).toBe('Call load page.');
    expect(finish(vocabulary.entering('b.ts', counts('one_a', 'one_b', 'one_c')))).toBe(3);
  });
  it('and left in the middle is right again once it is set or removed', () => {
    const vocabulary = vocabularyOf({ 'a.ts': 'getUserById loadPage' });
    const half = vocabulary.entering('a.ts', counts('useEffect', 'dropTable', 'readFile'));
    half.next();
    finish(vocabulary.entering('a.ts', counts('dropTable')));
    expect(vocabulary.size).toBe(1);
    vocabulary.entering('a.ts', counts('useEffect', 'readFile')).next();
    vocabulary.removeDocument('a.ts');
    expect(vocabulary.size).toBe(0);
  });
});
