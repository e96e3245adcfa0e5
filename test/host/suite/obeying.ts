import type * as vscode from 'vscode';
import { CommandMatcher } from '../../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../../src/core/voice-commands/registry';
import { readUserPhrases } from '../../../src/core/voice-commands/user-phrases';
import { Dictation } from './dictation';
import { closeEditors, openFile } from './editor';

const own = readUserPhrases({
  'sign off': 'Kind regards,\nAda',
  'for loop': { snippet: 'for (const ${1:item} of ${2:items}) {}' },
  'mark it': { command: 'tandem.test.mark', args: [7] },
  'break it': { command: 'tandem.test.missing' },
});
/** The voice commands of English, and phrases of a user. */
export const matcher = new CommandMatcher([...own.commands, ...VOICE_COMMANDS], 'en');

/** A dictation that obeys, one for each test of the suite in which this is called. */
export function obeying() {
  const now: { dictation: Dictation | undefined } = { dictation: undefined };
  afterEach(async () => {
    await now.dictation?.dispose();
    now.dictation = undefined;
    await closeEditors();
  });
  const dictation = () => {
    if (!now.dictation) throw new Error('No dictation has begun.');
    return now.dictation;
  };
  return {
    dictation,
    /** Dictates into `editor`. */
    beginIn: (editor: vscode.TextEditor, options: ConstructorParameters<typeof Dictation>[1] = {}) => {
      now.dictation = new Dictation(editor, { matcher, ...options });
      return now.dictation;
    },
    /** Dictates into a new file; `|` marks the cursor. */
    begin: async (name: string, content: string) => {
      const editor = await openFile(`edit-${name}`, content);
      now.dictation = new Dictation(editor, { matcher });
      return { editor, dictation: now.dictation };
    },
    /** What the document holds, with `|` where the next word lands. */
    shown: ({ document }: vscode.TextEditor) => {
      const { offset } = dictation().take.target.place;
      const text = document.getText();
      return `${text.slice(0, offset)}|${text.slice(offset)}`;
    },
  };
}
