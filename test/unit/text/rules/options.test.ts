import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextRules } from '../../../../src/core/text/rules/text-rules';
import {
  DEFAULT_TEXT_RULES,
  NOTHING_CARRIED,
  type NameSource,
  type Position,
  type RuleId,
  type TextContext,
  type TextRuleOptions,
} from '../../../../src/core/text/rules/types';
import { CommandMatcher } from '../../../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../../../src/core/voice-commands/registry';

const rules = new TextRules();

function written(heard: string, position: Position, change: Partial<TextRuleOptions>, before = ''): string {
  const context: TextContext = { before, after: '', languageId: 'typescript', position, language: 'en' };
  const { lead, text } = rules.apply(heard, context, { ...DEFAULT_TEXT_RULES, ...change });
  return lead + text;
}

describe('the mode of spoken symbols', () => {
  it.each([
    ['off', 'Add a dash of salt comma please.', 'Add a dash of salt comma please.'],
    ['prose-safe', 'Add a dash of salt comma please.', 'Add a dash of salt, please.'],
    ['always', 'Add a dash of salt comma please.', 'Add a - of salt, please.'],
  ] as const)('%s', (spoken, heard, expected) => {
    expect(written(heard, 'prose', { spoken })).toBe(expected);
  });
  it('off leaves code alone too, formatters included', () => {
    expect(written('camel case foo bar open paren', 'code', { spoken: 'off' })).toBe(
      'camel case foo bar open paren',
    );
  });
  it('always takes short formatters in prose', () => {
    expect(written('call camel get user', 'prose', { spoken: 'always' })).toBe('Call getUser');
  });
});

describe('a rule that is switched off', () => {
  it.each<[RuleId, Position, string, string]>([
    ['symbols', 'prose', 'hello comma world', 'Hello comma world'],
    ['formatters', 'code', 'camel case get user', 'camel case get user'],
    ['modifiers', 'code', 'foo cap bar', 'foo cap bar'],
    ['spelling', 'code', 'spell alpha bravo', 'spell alpha bravo'],
    ['escape', 'code', 'literal comma', 'literal,'],
    ['terms', 'prose', 'the C plus plus compiler', 'The C plus plus compiler'],
    ['numbers', 'prose', 'fifty percent', 'Fifty percent'],
    ['fillers', 'prose', 'so um yes', 'So um yes'],
    ['repeats', 'prose', 'the the test', 'The the test'],
    ['case', 'prose', 'hello World.', 'hello World.'],
    ['marks', 'code', 'Return x, please.', 'return x, please.'],
    ['commentPrefix', 'line-comment', 'one new line two', 'One\nTwo'],
  ])('%s', (rule, position, heard, expected) => {
    expect(written(heard, position, { off: new Set([rule]) })).toBe(expected);
  });
  it('leaves the project names alone', () => {
    const names: NameSource = {
      match: (wordAt, at) => (wordAt(at) === 'foo' ? { words: 1, text: 'FOO' } : undefined),
    };
    expect(written('a foo', 'code', { names })).toBe('a FOO');
    expect(written('a foo', 'code', { names, off: new Set<RuleId>(['names']) })).toBe('a foo');
  });
});

describe('"literal"', () => {
  const names: NameSource = {
    match: (wordAt, at) =>
      wordAt(at) === 'get' && wordAt(at + 1) === 'user' ? { words: 2, text: 'getUser' } : undefined,
  };
  const commands = new CommandMatcher(VOICE_COMMANDS, 'en');
  it.each<[Position, string, string]>([
    ['code', 'get user', 'getUser'],
    ['code', 'literal get user', 'get user'],
    ['code', 'x equals escape get user', 'x = get user'],
    ['prose', 'Call literal get user here.', 'Call get user here.'],
    ['prose', 'The template literal get user here.', 'The template literal getUser here.'],
    ['prose', 'Prisoners escape get user here.', 'Prisoners escape getUser here.'],
  ])('leaves project names as they were said: %s, %s', (position, heard, expected) => {
    expect(written(heard, position, { names })).toBe(expected);
  });
  it.each<[Position, string, string]>([
    ['prose', 'Literal scratch that.', 'Scratch that.'],
    ['prose', 'Escape, undo.', 'Undo.'],
    ['prose', 'Literal what can I say?', 'What can I say?'],
    ['code', 'Literal go to line twelve.', 'go to line twelve'],
    ['prose', 'Literal scratch that itch.', 'Literal scratch that itch.'],
    ['prose', 'Literal. Scratch that.', 'Literal. Scratch that.'],
    ['prose', 'A literal scratch that.', 'A literal scratch that.'],
  ])('makes text of a voice command that it begins: %s, %s', (position, heard, expected) => {
    expect(written(heard, position, { commands })).toBe(expected);
  });
  it('holds a command back until it is whole', () => {
    const context: TextContext = {
      before: '',
      after: '',
      languageId: 'plaintext',
      position: 'prose',
      language: 'en',
    };
    const options = { ...DEFAULT_TEXT_RULES, commands };
    const first = rules.applyPiece(NOTHING_CARRIED, 'Literal scratch', false, context, options);
    expect(first.ruled.text).toBe('');
    expect(rules.applyPiece(first.carry, 'that.', true, context, options).ruled.text).toBe('Scratch that.');
    expect(rules.applyPiece(first.carry, 'it.', true, context, options).ruled.text).toBe(
      'Literal scratch it.',
    );
  });
});

describe('the ruler', () => {
  const options = { ruler: 30 };
  it('breaks a comment and goes on with its prefix', () => {
    const text = written(
      'Returns the index of the first match in the list.',
      'line-comment',
      options,
      '  // ',
    );
    expect(`  // ${text}`).toBe('  // Returns the index of the\n  // first match in the list.');
  });
  it('counts what stands on the line already', () => {
    expect(written('and moves on to it', 'line-comment', options, '// Finds the next element')).toBe(
      ' and\n// moves on to it',
    );
  });
  it('goes on in a block comment', () => {
    expect(written('Returns the index of the first match.', 'block-comment', options, ' * ')).toBe(
      'Returns the index of the\n * first match.',
    );
  });
  it('breaks the body of a commit message, not its first line', () => {
    const long = 'this is a line that is longer than the ruler allows';
    expect(written(long, 'commit-message', options)).not.toContain('\n');
    expect(written(long, 'commit-message', options, 'Fix it\n\n')).toBe(
      'This is a line that is longer\nthan the ruler allows',
    );
  });
  it('does not break code or prose', () => {
    expect(written('return one plus two plus three plus four plus five', 'code', options)).not.toContain(
      '\n',
    );
  });
  it('keeps a long word whole', () => {
    expect(written('x'.repeat(50), 'line-comment', options, '// ')).toBe(`${'X'}${'x'.repeat(49)}`);
  });
  it('leaves no line longer than itself, as long as the words are short', () => {
    const words = fc.array(
      fc.stringMatching(/^[a-z]{2,8}$/).map((word) => `z${word}`),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(words, (list) => {
        const text = `// ${written(list.join(' '), 'line-comment', options, '// ')}`;
        for (const line of text.split('\n')) {
          expect(line.length).toBeLessThanOrEqual(30);
          expect(line.startsWith('// ')).toBe(true);
        }
        expect(
          text
            .replace(/\n?\/\/ /g, ' ')
            .trim()
            .toLowerCase(),
        ).toBe(list.join(' '));
      }),
    );
  });
});
