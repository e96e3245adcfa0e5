import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VoiceAction } from '../../../src/core/voice-commands/actions';
import { commandHelp, listedCommands } from '../../../src/core/voice-commands/help';
import { CommandMatcher } from '../../../src/core/voice-commands/matcher';
import { COMMAND_GROUPS, VOICE_COMMANDS } from '../../../src/core/voice-commands/registry';
import { readUserPhrases } from '../../../src/core/voice-commands/user-phrases';

const ROOT = path.join(__dirname, '../../..');
const SPOKEN = ['en', 'de', 'fr', 'es'];
const bundle = (language: string) =>
  JSON.parse(readFileSync(path.join(ROOT, `l10n/bundle.l10n.${language}.json`), 'utf8')) as Record<
    string,
    string
  >;

/** A phrase as somebody says it, its holes filled. */
function said(phrase: string): string {
  return phrase.replace('{n}', '3').replace('{formatter}', 'snake case');
}

/** What each command asks for when it is said in its first phrase. */
const ACTIONS: Readonly<Record<string, VoiceAction>> = {
  'scratch-that': { type: 'scratch-that' },
  undo: { type: 'undo' },
  redo: { type: 'redo' },
  'select-that': { type: 'select-that' },
  'cap-that': { type: 'capitalise-that' },
  'no-cap-that': { type: 'lower-that' },
  'format-that': { type: 'format-that', formatter: 'snake' },
  'correct-that': { type: 'correct-that' },
  'before-that': { type: 'before-that' },
  'after-that': { type: 'after-that' },
  'cancel-draft': { type: 'cancel-draft' },
  'delete-words': { type: 'delete-words', count: 1 },
  'delete-next-words': { type: 'delete-next-words', count: 1 },
  'select-words': { type: 'select-words', count: 1 },
  'delete-line': { type: 'delete-line' },
  'select-line': { type: 'select-line' },
  'new-line-above': { type: 'new-line-above' },
  'new-line-below': { type: 'new-line-below' },
  'go-to-line-end': { type: 'go-to-line-end' },
  'go-to-line-start': { type: 'go-to-line-start' },
  'go-to-line': { type: 'go-to-line', line: 3 },
  'go-up': { type: 'go-by-lines', lines: -3 },
  'go-down': { type: 'go-by-lines', lines: 3 },
  'go-to-file-start': { type: 'go-to-file-start' },
  'go-to-file-end': { type: 'go-to-file-end' },
  'stop-dictation': { type: 'stop-dictation' },
  'stop-listening': { type: 'stop-listening' },
  'show-commands': { type: 'show-commands' },
};

describe('the registry', () => {
  it('has each command once, under an id that settings can name', () => {
    const ids = VOICE_COMMANDS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(ids.toSorted()).toEqual(Object.keys(ACTIONS).toSorted());
  });

  it.each(VOICE_COMMANDS)('$id asks for what its first English phrase says', ({ id, phrases }) => {
    const match = new CommandMatcher(VOICE_COMMANDS, 'en').match(said(phrases.en![0]!));
    expect(match).toEqual({ id, action: ACTIONS[id] });
  });

  it.each(VOICE_COMMANDS)('$id is reached by each of its phrases, in every language', ({ id, phrases }) => {
    for (const language of SPOKEN) {
      const matcher = new CommandMatcher(VOICE_COMMANDS, language);
      expect(phrases[language]?.length ?? 0, `${id} in ${language}`).toBeGreaterThan(0);
      for (const phrase of phrases[language]!) {
        const match = matcher.match(said(phrase));
        expect(match?.id, `${language}: ${phrase}`).toBe(id);
        expect(match?.action.type, `${language}: ${phrase}`).toBe(ACTIONS[id]!.type);
        // As a recogniser writes it.
        const sentence = said(phrase).replace(/^./u, (first) => first.toUpperCase());
        expect(matcher.match(`${sentence}.`)?.id, `${language}: ${sentence}.`).toBe(id);
      }
    }
    expect(Object.keys(phrases).filter((language) => !SPOKEN.includes(language))).toEqual([]);
  });

  it.each(VOICE_COMMANDS)('$id is dictated when it is switched off, and nothing else is', ({ id }) => {
    const matcher = new CommandMatcher(VOICE_COMMANDS, 'en', new Set([id]));
    for (const { id: other, phrases } of VOICE_COMMANDS)
      expect(matcher.match(said(phrases.en![0]!))?.id).toBe(other === id ? undefined : other);
  });

  it.each(['de', 'zh-cn'])('is explained in %s, too', (language) => {
    const texts = bundle(language);
    const explained = [
      ...VOICE_COMMANDS.map(({ help }) => help),
      ...COMMAND_GROUPS.map(({ title }) => title),
    ];
    for (const text of [...explained, 'Your own', 'Writes your text', 'Inserts your snippet']) {
      expect(text.trim()).not.toBe('');
      expect(texts[text], text).toMatch(/\S/);
      // Titles may be the same word in both languages.
      if (text.includes(' ')) expect(texts[text], text).not.toBe(text);
    }
  });
});

describe('the list of what can be said', () => {
  const { commands: own } = readUserPhrases({
    'sign off': 'Kind regards',
    'for loop': { snippet: 'for (const $1 of $2) {}' },
    'format document': { command: 'editor.action.formatDocument' },
  });

  it.each(SPOKEN)('shows every command in %s, holes as words', (language) => {
    const help = commandHelp(VOICE_COMMANDS, language);
    expect(help.map(({ id }) => id)).toEqual(VOICE_COMMANDS.map(({ id }) => id));
    for (const { id, say, also } of help) {
      const { phrases } = VOICE_COMMANDS.find((command) => command.id === id)!;
      expect([say, ...also]).toHaveLength(phrases[language]!.length);
      for (const phrase of [say, ...also]) expect(phrase).not.toMatch(/[{}]/);
    }
  });

  it("begins with the user's own, and says what they do", () => {
    const listed = listedCommands({ own, language: 'en', off: new Set(['undo', own[0]!.id]), enabled: true });
    expect(listed.slice(0, 4)).toEqual([
      { type: 'group', title: 'Your own' },
      {
        type: 'command',
        help: { id: 'user:sign off', say: 'sign off', also: [], help: 'Writes your text' },
        isOff: true,
      },
      {
        type: 'command',
        help: { id: 'user:for loop', say: 'for loop', also: [], help: 'Inserts your snippet' },
        isOff: false,
      },
      {
        type: 'command',
        help: {
          id: 'user:format document',
          say: 'format document',
          also: [],
          help: 'Runs editor.action.formatDocument',
        },
        isOff: false,
      },
    ]);
    const off = listed.flatMap((line) => (line.type === 'command' && line.isOff ? [line.help.id] : []));
    expect(off).toEqual(['user:sign off', 'undo']);
    const titles = listed.flatMap((line) => (line.type === 'group' ? [line.title] : []));
    expect(titles).toEqual(['Your own', ...COMMAND_GROUPS.map(({ title }) => title)]);
  });

  it('marks all as switched off if voice commands are', () => {
    const listed = listedCommands({ own, language: 'en', off: new Set(), enabled: false });
    const commands = listed.filter((line) => line.type === 'command');
    expect(commands).toHaveLength(own.length + VOICE_COMMANDS.length);
    expect(commands.every(({ isOff }) => isOff)).toBe(true);
  });
});
