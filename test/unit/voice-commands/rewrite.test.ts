import { describe, expect, it } from 'vitest';
import { wordsAndBlankAfter, wordsAndBlankBefore, wordsBefore } from '../../../src/core/text/words-before';
import { listedCommands, listLanguage } from '../../../src/core/voice-commands/help';
import { capitalised, formatted, inside, lowered } from '../../../src/core/voice-commands/rewrite';
import { VOICE_COMMANDS } from '../../../src/core/voice-commands/registry';
import { readUserPhrases } from '../../../src/core/voice-commands/user-phrases';
import { readFileSync } from 'node:fs';

describe('rewriting what was said', () => {
  it.each([
    [capitalised, ' get user (by id).', ' Get User (By Id).'],
    [capitalised, 'élan "vital" well-known', 'Élan "Vital" Well-Known'],
    [lowered, ' Get User.\n', ' get user.\n'],
    [formatted('snake'), ' Get user by ID.', ' get_user_by_id'],
    [formatted('camel'), 'get_user-byId', 'getUserById'],
    [formatted('title'), 'the END, my friend.', 'The End, My Friend.'],
    [formatted('sentence'), 'THE END.', 'The end.'],
    [formatted('upper'), 'the end.', 'THE END.'],
    [formatted('lower'), 'The End.', 'the end.'],
    [capitalised, ' \n', ' \n'],
  ] as const)('%#: %s', (rewrite, text, expected) => {
    expect(inside(text, rewrite)).toBe(expected);
  });
});

describe('words before a place', () => {
  it.each([
    ['one two', 1, 'one ', 'one'],
    ['one two ', 1, 'one ', 'one'],
    ['one two.', 2, '', ''],
    ['one (two) three', 2, 'one (', 'one ('],
    ['foo(bar.baz)', 1, 'foo(bar.', 'foo(bar.'],
    ["it's well-known", 1, "it's ", "it's"],
    ['one\n  two', 1, 'one\n  ', 'one\n  '],
    ['one\n  two', 2, '', ''],
    ['  one', 1, '  ', '  '],
    ['one two', 9, '', ''],
  ])('%j, %i words', (text, count, kept, keptWithoutBlank) => {
    expect(text.slice(0, wordsBefore(text, count))).toBe(kept);
    expect(text.slice(0, wordsAndBlankBefore(text, count))).toBe(keptWithoutBlank);
  });

  it.each(['', '  ', '...\n'])('%j: there are none', (text) => {
    expect(wordsBefore(text, 1)).toBeUndefined();
    expect(wordsAndBlankBefore(text, 1)).toBeUndefined();
  });
});

describe('words behind a place', () => {
  it.each([
    ['one ', 'two three', 1, 'three'],
    ['', 'one two', 1, 'two'],
    ['one', ' two three', 1, ' three'],
    ['foo.', 'bar(baz)', 1, '(baz)'],
    ['', '  one', 1, ''],
    ['one ', '(two) three', 2, ''],
    ['one', '\n  two\n', 1, '\n'],
    ['one ', 'two \nthree', 1, '\nthree'],
    ['a', " it's well-known", 2, ''],
    ['one ', 'two', 9, ''],
  ])('%j|%j, %i words', (before, text, count, left) => {
    expect(text.slice(wordsAndBlankAfter(before, text, count))).toBe(left);
  });

  it.each(['', '  ', '...\n'])('%j: there are none', (text) => {
    expect(wordsAndBlankAfter('one', text, 1)).toBeUndefined();
  });
});

describe('the list of what can be said', () => {
  const { commands: own } = readUserPhrases({ 'sign off': 'Kind regards' });
  const lines = (enabled: boolean, language: string) =>
    listedCommands({ own, language, enabled, off: new Set(['undo']) }).map((line) =>
      line.type === 'group' ? `# ${line.title}` : `${line.isOff ? '-' : '+'} ${line.help.say}`,
    );

  it('has the own phrases first, then the groups, and says what is off', () => {
    const listed = lines(true, 'en');
    expect(listed.slice(0, 5)).toEqual([
      '# Your own',
      '+ sign off',
      '# What you said last',
      '+ scratch that',
      '- undo that',
    ]);
    expect(listed.filter((line) => line.startsWith('-'))).toHaveLength(1);
    expect(lines(false, 'en').filter((line) => line.startsWith('+'))).toEqual([]);
  });

  it('has every command once, in every language that has commands', () => {
    for (const language of ['en', 'de', 'fr', 'es'])
      expect(lines(true, language).filter((line) => !line.startsWith('#'))).toHaveLength(
        VOICE_COMMANDS.length + 1,
      );
    expect(lines(true, 'ja')).toEqual(['# Your own', '+ sign off']);
  });

  it('is in the language that is spoken; before that is known, in that of the editor, if there are commands in it', () => {
    expect(listLanguage('fr', 'de')).toBe('fr');
    expect(listLanguage('auto', 'de')).toBe('de');
    expect(listLanguage('auto', 'zh-cn')).toBe('en');
    expect(lines(true, listLanguage('auto', 'zh-cn'))).toEqual(lines(true, 'en'));
  });

  it('is translated whole, and the manifest offers every id to be switched off', () => {
    const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
    for (const { help } of VOICE_COMMANDS) expect(bundle).toHaveProperty([help]);
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: {
        configuration: { properties: Record<string, { items?: { enum: readonly string[] } }> }[];
      };
    };
    const { items } = Object.assign({}, ...manifest.contributes.configuration.map((one) => one.properties))[
      'tandem.voiceCommands.disabled'
    ] as { items: { enum: readonly string[] } };
    expect(items.enum).toEqual(VOICE_COMMANDS.map(({ id }) => id));
  });
});
