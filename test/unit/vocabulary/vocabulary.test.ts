import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TEXT_RULES, NOTHING_CARRIED } from '../../../src/core/text/rules/types';
import { glossary } from '../../../src/core/vocabulary/glossary';
import { Vocabulary } from '../../../src/core/vocabulary/vocabulary';
import { CODE, COMMENT, rules, vocabularyOf, written } from '../../support/vocabulary';

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
