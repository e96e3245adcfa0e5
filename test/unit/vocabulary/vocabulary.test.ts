import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextRules } from '../../../src/core/text/rules/text-rules';
import { DEFAULT_TEXT_RULES, NOTHING_CARRIED, type TextContext } from '../../../src/core/text/rules/types';
import { englishWords } from '../../../src/core/vocabulary/english-words';
import { glossary } from '../../../src/core/vocabulary/glossary';
import { namesIn } from '../../../src/core/vocabulary/names';
import { readOwnWords, readWordFile } from '../../../src/core/vocabulary/own-words';
import { Vocabulary } from '../../../src/core/vocabulary/vocabulary';

const ordinaryWords = englishWords();
const rules = new TextRules();
const COMMENT: TextContext = {
  before: '// ',
  after: '',
  languageId: 'typescript',
  position: 'line-comment',
  language: 'en',
};
const CODE: TextContext = { ...COMMENT, before: '', position: 'code' };

function vocabularyOf(
  documents: Readonly<Record<string, string>>,
  focus = Object.keys(documents)[0] ?? '',
): Vocabulary {
  const vocabulary = new Vocabulary({ ordinaryWords });
  for (const [document, text] of Object.entries(documents)) vocabulary.setDocument(document, namesIn(text));
  vocabulary.focus({ document: focus, near: new Set(), openDocuments: new Set() });
  return vocabulary;
}

function written(vocabulary: Vocabulary, heard: string, context: TextContext): string {
  return rules.apply(heard, context, { ...DEFAULT_TEXT_RULES, names: vocabulary }).text;
}

describe('heard words', () => {
  const vocabulary = vocabularyOf({
    'a.ts': 'getUserById useEffect parseJSON isReady userName UserService kubectl GitHub',
  });
  vocabulary.setDocument('(files)', new Map([['tsconfig.json', 1]]));
  it.each([
    ['Call get user by id.', 'Call getUserById.'],
    ['Call get user by ID.', 'Call getUserById.'],
    ['The use effect hook.', 'The useEffect hook.'],
    ['The use affect hook.', 'The useEffect hook.'],
    ['Call parse Jason first.', 'Call parseJSON first.'],
    ['See tsconfig dot json.', 'See tsconfig.json.'],
    ['See TS config dot json.', 'See tsconfig.json.'],
    ['The user service class.', 'The UserService class.'],
    ['Push it to github.', 'Push it to GitHub.'],
  ])('%s', (heard, expected) => {
    expect(written(vocabulary, heard, COMMENT)).toBe(expected);
  });
  it.each([
    'The server is ready.',
    'We use effects sparingly.',
    'Get the user by his id.',
    'The user name is required.',
    'The user service was slow.',
    'Get, user, by, id.',
    "Don't use it.",
  ])('stay ordinary: %s', (heard) => {
    expect(written(vocabulary, heard, COMMENT)).toBe(heard);
  });
  it('are names in code without further evidence', () => {
    expect(written(vocabulary, 'if is ready', CODE)).toBe('if isReady');
    expect(written(vocabulary, 'user name equals five', CODE)).toBe('userName = 5');
  });
  it('are matched by their letters only in other languages', () => {
    const german = { ...COMMENT, language: 'de' };
    expect(written(vocabulary, 'Die Methode use affect.', german)).toBe('Die Methode use affect.');
    expect(written(vocabulary, 'Das method get user by id.', german)).toBe('Das method getUserById.');
  });
  it('stay what they are in an empty vocabulary', () => {
    expect(written(new Vocabulary(), 'Call get user by id.', COMMENT)).toBe('Call get user by id.');
  });
});

describe('the sentence around heard words', () => {
  const vocabulary = vocabularyOf({
    'a.ts':
      'isReady isEmpty pageCount onIdle allowRedirects BatchSender loadAll newRouter preload preloaded maxRedirects',
  });
  it.each([
    ['Page count goes back to zero.', 'pageCount goes back to zero.'],
    ['It works. Page count goes back to zero.', 'It works. pageCount goes back to zero.'],
    ['Wait for on idle.', 'Wait for onIdle.'],
    ['Set allow redirects to false.', 'Set allowRedirects to false.'],
    ['Max redirects is thirty.', 'maxRedirects is 30.'],
    ['The batch sender locks the batch.', 'The BatchSender locks the batch.'],
    ['The flag is ready hides it.', 'The flag isReady hides it.'],
    ['Load all calls it.', 'loadAll calls it.'],
  ])('speaks for a name: %s', (heard, expected) => {
    expect(written(vocabulary, heard, COMMENT)).toBe(expected);
  });
  it.each([
    'The page count goes back to zero.',
    'Page counts differ.',
    'This is empty.',
    'The key is empty.',
    'The list, as always, is empty.',
    'The batch sender, I think.',
    'Load all pages.',
    'A new router is made.',
    'We preload it, then it is preloaded.',
  ])('speaks against it: %s', (heard) => {
    expect(written(vocabulary, heard, COMMENT)).toBe(heard);
  });
});

describe('spoken symbols, small words and endings of files', () => {
  const vocabulary = vocabularyOf({ 'a.ts': 'startDate dotProduct hashPassword atOnce' });
  const names = ['two.ts', 'to.py', 'four.go', 'dash.rs', 'strings.json', 'README.md', '.gitignore'];
  vocabulary.setDocument('(files)', new Map(names.map((name) => [name, 1])));
  it.each([
    ['The billing report dot ts file.', 'The billing report.ts file.'],
    ['The texts are in settings dot json.', 'The texts are in settings.json.'],
    ['The dot product of two vectors is small.', 'The dot product of two vectors is small.'],
    ['We did it at one.', 'We did it at one.'],
  ])('are no evidence for a name in prose: %s', (heard, expected) => {
    expect(written(vocabulary, heard, COMMENT)).toBe(expected);
  });
  it.each([
    ['billing report dot ts', 'billing report.ts'],
    ['dot ts', '.ts'],
    ['at one', 'at 1'],
  ])('are no evidence for a name in code: %s', (heard, expected) => {
    expect(written(vocabulary, heard, CODE)).toBe(expected);
  });
  it('act as symbols in code before a word that only sounds like a name', () => {
    expect(written(vocabulary, 'star date', CODE)).not.toContain('startDate');
    expect(written(vocabulary, 'start date', CODE)).toBe('startDate');
    expect(written(vocabulary, 'hash passwort', CODE)).toBe('hashPassword');
  });
  it.each([
    ['Open two dot ts first.', 'Open two.ts first.'],
    ['Run dash dot rs first.', 'Run dash.rs first.'],
    ['See strinks dot json.', 'See strings.json.'],
    ['Update the read me dot MD file.', 'Update the README.md file.'],
    ['Add it to dot git ignore.', 'Add it to .gitignore.'],
  ])('belong to a name that is said as it is written: %s', (heard, expected) => {
    expect(written(vocabulary, heard, COMMENT)).toBe(expected);
  });
  it('never make a name that was not said', () => {
    const small = fc.constantFrom(
      'dot',
      'dash',
      'slash',
      'star',
      'to',
      'two',
      'for',
      'the',
      'ts',
      'py',
      'go',
    );
    fc.assert(
      fc.property(fc.array(small, { maxLength: 6 }), fc.constantFrom(COMMENT, CODE), (words, context) => {
        const heard = words.join(' ');
        const said = (name: string) => heard.includes(name.replace('.', ' dot '));
        for (const name of names.slice(0, 4))
          if (!said(name)) expect(written(vocabulary, heard, context)).not.toContain(name);
      }),
      { numRuns: 1000 },
    );
  });
});

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

describe('the glossary', () => {
  it('has the nearest and rarest names first, and few', () => {
    const vocabulary = vocabularyOf(
      { 'a.ts': 'getUser loadPage', 'b.ts': 'getUser dropTable', 'c.ts': 'farAway' },
      'a.ts',
    );
    vocabulary.setOwnWord('kubectl');
    vocabulary.focus({ document: 'a.ts', near: new Set(), openDocuments: new Set(['b.ts']) });
    expect(glossary(vocabulary)).toBe('kubectl, loadPage, getUser, dropTable');
    expect(glossary(vocabulary, { terms: 2, characters: 100 })).toBe('kubectl, loadPage');
    expect(glossary(vocabulary, { terms: 9, characters: 16 })).toBe('kubectl, getUser');
    expect(glossary(new Vocabulary())).toBe('');
  });
});

describe('any text', () => {
  const vocabulary = vocabularyOf({ 'a.ts': 'getUserById useEffect isReady MAX_SIZE utf8Decoder' });
  const word = fc.oneof(
    fc.constantFrom(
      'get',
      'user',
      'by',
      'id',
      'use',
      'effect',
      'is',
      'ready',
      'the',
      'max',
      'size',
      'dot',
      'call',
      'utf',
      '8',
      'over',
      'comma',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const heard = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
  it('is taken without an error', () => {
    fc.assert(
      fc.property(heard, fc.constantFrom(COMMENT, CODE), (text, context) => {
        written(vocabulary, text, context);
      }),
    );
  });
  it('reads the same in pieces as in one', () => {
    fc.assert(
      fc.property(
        heard.map((text) => text.replace(/[^\x20-\x7e]/g, '')),
        fc.nat(),
        fc.constantFrom(COMMENT, CODE),
        (text, at, context) => {
          const words = text.split(' ');
          const options = { ...DEFAULT_TEXT_RULES, names: vocabulary };
          const cut = at % (words.length + 1);
          const first = rules.applyPiece(
            NOTHING_CARRIED,
            words.slice(0, cut).join(' '),
            false,
            context,
            options,
          );
          const before = context.before + first.ruled.lead + first.ruled.text;
          const second = rules.applyPiece(
            first.carry,
            words.slice(cut).join(' '),
            true,
            { ...context, before },
            options,
          );
          const whole = rules.apply(words.join(' '), context, options);
          expect(before + second.ruled.lead + second.ruled.text).toBe(
            context.before + whole.lead + whole.text,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});
