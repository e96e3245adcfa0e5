import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandHelp } from '../../../src/core/voice-commands/help';
import { CommandMatcher } from '../../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../../src/core/voice-commands/registry';
import { readUserPhrases } from '../../../src/core/voice-commands/user-phrases';

const english = new CommandMatcher(VOICE_COMMANDS, 'en');

describe('an utterance that is a command', () => {
  it.each([
    ['Scratch that.', { type: 'scratch-that' }],
    ['scratch that', { type: 'scratch-that' }],
    ['Scratch, that!', { type: 'scratch-that' }],
    ['Undo that.', { type: 'undo' }],
    ['Select that.', { type: 'select-that' }],
    ['Cap that.', { type: 'capitalise-that' }],
    ['Format that snake.', { type: 'format-that', formatter: 'snake' }],
    ['Format that camel case.', { type: 'format-that', formatter: 'camel' }],
    ['Format that CamelCase.', { type: 'format-that', formatter: 'camel' }],
    ['Nope, that was hammer.', { type: 'format-that', formatter: 'pascal' }],
    ['Format that title.', { type: 'format-that', formatter: 'title' }],
    ['Format that slash.', { type: 'format-that', formatter: 'slashed' }],
    ['Format that slasher.', { type: 'format-that', formatter: 'absolute' }],
    ['Format that lower.', { type: 'format-that', formatter: 'lower' }],
    ['Format that sentence.', { type: 'format-that', formatter: 'sentence' }],
    ['Make that upper.', { type: 'format-that', formatter: 'upper' }],
    ['Correct that.', { type: 'correct-that' }],
    ['Delete last word.', { type: 'delete-words', count: 1 }],
    ['Delete last three words.', { type: 'delete-words', count: 3 }],
    ['Delete the last 3 words.', { type: 'delete-words', count: 3 }],
    ['Delete two words.', { type: 'delete-words', count: 2 }],
    ['Delete last twenty-five words', { type: 'delete-words', count: 25 }],
    ['Delete next word.', { type: 'delete-next-words', count: 1 }],
    ['Clear right two words.', { type: 'delete-next-words', count: 2 }],
    ['Go up three lines.', { type: 'go-by-lines', lines: -3 }],
    ['Go down one line.', { type: 'go-by-lines', lines: 1 }],
    ['Go down a line.', { type: 'go-by-lines', lines: 1 }],
    ['Select left four words.', { type: 'select-words', count: 4 }],
    ['New line above.', { type: 'new-line-above' }],
    ['New line below.', { type: 'new-line-below' }],
    ['Go to the end of the line.', { type: 'go-to-line-end' }],
    ['Go to line one hundred and twelve.', { type: 'go-to-line', line: 112 }],
    ['Go to line 12.', { type: 'go-to-line', line: 12 }],
    ['Stop dictation.', { type: 'stop-dictation' }],
    ['Stop listening.', { type: 'stop-listening' }],
    ['What can I say?', { type: 'show-commands' }],
  ])('%s', (utterance, action) => {
    expect(english.match(utterance)?.action).toEqual(action);
  });

  it.each([
    ['de', 'Lösche die letzten drei Wörter.', { type: 'delete-words', count: 3 }],
    ['de', 'Lösch zwei Wörter.', { type: 'delete-words', count: 2 }],
    ['de', 'Streich das.', { type: 'scratch-that' }],
    ['de', 'Geh drei Zeilen hoch.', { type: 'go-by-lines', lines: -3 }],
    ['fr', "Monte d'une ligne.", { type: 'go-by-lines', lines: -1 }],
    ['es', 'Baja dos líneas.', { type: 'go-by-lines', lines: 2 }],
    ['fr', 'Efface les deux derniers mots.', { type: 'delete-words', count: 2 }],
    ['es', 'Borra eso.', { type: 'scratch-that' }],
    ['en-GB', 'Scratch that.', { type: 'scratch-that' }],
  ])('%s: %s', (language, utterance, action) => {
    expect(new CommandMatcher(VOICE_COMMANDS, language).match(utterance)?.action).toEqual(action);
  });

  it.each([
    'Please scratch that.',
    'Scratch that please.',
    'I said scratch that.',
    'Scratch',
    'Scratch that itch.',
    'Delete last zero words.',
    'Delete last three thousand words.',
    'Delete last many words.',
    'Delete many words.',
    'Go up zero lines.',
    'Go up.',
    'Delete two words here.',
    'Format that nicely.',
    'Go to line.',
    'Stop',
    '',
    '...',
  ])('is dictated: %j', (utterance) => {
    expect(english.match(utterance)).toBeUndefined();
  });

  it('is its whole utterance: any phrase with a word more is dictated', () => {
    const phrases = VOICE_COMMANDS.flatMap(({ phrases: all }) => all.en ?? []).filter(
      (phrase) => !phrase.includes('{'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...phrases),
        fc.constantFrom('really', 'now', 'banana'),
        fc.boolean(),
        (phrase, word, first) => {
          expect(english.match(phrase)).toBeDefined();
          expect(english.match(first ? `${word} ${phrase}` : `${phrase} ${word}`)).toBeUndefined();
        },
      ),
    );
  });

  it('is not recognised when it is switched off', () => {
    const matcher = new CommandMatcher(VOICE_COMMANDS, 'en', new Set(['undo']));
    expect(matcher.match('Undo that.')).toBeUndefined();
    expect(matcher.match('Scratch that.')).toBeDefined();
  });

  it('is told from one that only begins like it', () => {
    expect(english.mayBecome('')).toBe(true);
    expect(english.mayBecome('Scratch')).toBe(true);
    expect(english.mayBecome('Delete last three')).toBe(true);
    expect(english.mayBecome('Scratch that')).toBe(true);
    expect(english.mayBecome('Scratch the')).toBe(false);
    expect(english.mayBecome('The')).toBe(false);
  });

  it('is found at the end of an utterance, and only there', () => {
    const words = (text: string) => (at: number) => text.split(' ')[at];
    expect(english.commandAt(words('literal scratch that'), 1)).toBe(2);
    expect(english.commandAt(words('literal delete last twenty five words'), 1)).toBe(5);
    expect(english.commandAt(words('literal scratch that itch'), 1)).toBeUndefined();
    expect(english.commandAt(words('literal scratch'), 1)).toBeUndefined();
    expect(english.commandAt(words('literal'), 1)).toBeUndefined();
  });

  it('may become one at every word of its phrase', () => {
    for (const phrase of VOICE_COMMANDS.flatMap(({ phrases }) => phrases.en ?? [])) {
      const words = phrase.replace('{n}', 'three').replace('{formatter}', 'snake').split(' ');
      words.forEach((_, index) =>
        expect(english.mayBecome(words.slice(0, index).join(' ')), phrase).toBe(true),
      );
    }
  });

  it('takes any text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        english.match(text);
        english.mayBecome(text);
      }),
    );
  });
});

describe('the help', () => {
  it('shows the holes of a phrase as what to say', () => {
    const help = commandHelp(VOICE_COMMANDS, 'en').find(({ id }) => id === 'delete-words');
    expect(help?.also).toContain('delete last ‹number› words');
  });
});

describe("the user's own phrases", () => {
  const { commands, problems } = readUserPhrases({
    'sign off': { text: 'Kind regards' },
    'Log, it!': { snippet: 'console.log($1)' },
    'format document': { command: 'editor.action.formatDocument' },
    'open it': { command: 'vscode.open', args: ['a'] },
    shrug: '¯\\_(ツ)_/¯',
    '': 'x',
    'a b c d e f g h i': 'x',
    both: { text: 'a', command: 'b' },
    none: {},
    bad: { command: 'rm -rf /' },
    list: ['a'],
    empty: { text: '' },
    'scratch that': { text: 'own' },
    args: { command: 'a.b', args: 'x' },
  });
  const matcher = new CommandMatcher([...commands, ...VOICE_COMMANDS], 'en');

  it('write text and snippets, and run commands', () => {
    expect(matcher.match('Sign off.')?.action).toEqual({ type: 'insert-text', text: 'Kind regards' });
    expect(matcher.match('Log it.')?.action).toEqual({ type: 'insert-snippet', snippet: 'console.log($1)' });
    expect(matcher.match('Format document.')?.action).toEqual({
      type: 'run-command',
      command: 'editor.action.formatDocument',
      args: [],
    });
    expect(matcher.match('Open it')?.action).toEqual({
      type: 'run-command',
      command: 'vscode.open',
      args: ['a'],
    });
    expect(matcher.match('Shrug.')?.action).toEqual({ type: 'insert-text', text: '¯\\_(ツ)_/¯' });
  });
  it('go before the built-in ones, and say so', () => {
    expect(matcher.match('Scratch that.')?.action).toEqual({ type: 'insert-text', text: 'own' });
    expect(problems.join('\n')).toContain('built-in');
  });
  it('are reported when they are wrong, each by itself', () => {
    for (const phrase of ['""', '"a b c', '"both"', '"none"', '"bad"', '"list"', '"empty"', '"args"']) {
      expect(problems.filter((problem) => problem.includes(phrase))).toHaveLength(1);
    }
    expect(commands).toHaveLength(6);
  });
  it('may be missing or of the wrong kind altogether', () => {
    expect(readUserPhrases(undefined)).toEqual({ commands: [], problems: [] });
    expect(readUserPhrases([]).problems).toHaveLength(1);
    fc.assert(
      fc.property(fc.anything(), (setting) => {
        readUserPhrases(setting);
      }),
    );
  });
  it('work in languages without a table', () => {
    expect(new CommandMatcher(commands, 'sv').match('shrug')).toBeDefined();
  });
});
