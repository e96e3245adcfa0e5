import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EDITOR_LISTENS, SCREEN_READER } from '../../../src/vscode/command-ids';
import { focusOf } from '../../../src/vscode/focus';

interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly mac: string;
  readonly args?: string;
  readonly when: string;
}
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: { readonly keybindings: readonly Keybinding[] };
};
const toggles = contributes.keybindings.filter(({ command }) => command === 'tandem.toggle');

describe('where the keyboard is', () => {
  it('is named by a key of its own, and is an editor for everybody else', () => {
    const others: readonly unknown[] = [undefined, EDITOR_LISTENS, SCREEN_READER];
    const named = toggles.flatMap(({ args }) => (others.includes(args) ? [] : [args]));
    expect(named).toEqual(['terminal', 'commit', 'comment', 'chat', 'search', 'find', 'elsewhere']);
    for (const name of named) expect(focusOf(name)).toBe(name);
    for (const other of [undefined, SCREEN_READER, '', 'nowhere', 7, {}])
      expect(focusOf(other)).toBe('editor');
  });

  it('is an editor with a screen reader by a key of its own, which is the same but for that', () => {
    const [plain] = toggles.filter(({ args }) => args === undefined);
    const [reader, ...more] = toggles.filter(({ args }) => args === SCREEN_READER);
    expect(more).toEqual([]);
    expect(plain?.when).toContain(' && !accessibilityModeEnabled && ');
    expect(reader?.when).toBe(
      plain?.when
        .replace('tandem.listening || ', '!tandem.listening && ')
        .replace('!accessibilityModeEnabled', 'accessibilityModeEnabled'),
    );
  });

  it('is the clipboard for every box of a kind that a command can fill, where it is not that one', () => {
    const when = (name: string) => toggles.find(({ args }) => args === name)?.when ?? '';
    const elsewhere = when('elsewhere');
    for (const [name, key] of [
      ['chat', 'inChatInput'],
      ['search', 'searchInputBoxFocus'],
      ['find', 'findInputFocussed'],
    ] as const) {
      expect(when(name)).toContain(`&& ${key} &&`);
      expect(elsewhere).toContain(`&& !${key}`);
    }
    const [, view] = /focusedView == (\S+)/.exec(when('chat')) ?? [];
    expect(view).toMatch(/chat/);
    expect(elsewhere).toContain(`|| inChatInput && focusedView != ${view} `);
    for (const key of ['inSearchEditor', 'replaceActive']) {
      expect(when('search')).toContain(`&& !${key} `);
      expect(elsewhere).toContain(`|| searchInputBoxFocus && ${key}`);
    }
  });

  it('changes nothing about the key itself, and nothing starts beside another voice input', () => {
    expect(new Set(toggles.map(({ key, mac }) => `${key} ${mac}`)).size).toBe(1);
    for (const { args, when } of toggles) {
      if (args === undefined || args === EDITOR_LISTENS) continue;
      expect(when).toContain('!tandem.listening');
      expect(when).toContain('!speechToTextInProgress && !chatSpeechToTextRecording');
    }
  });
});
