import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createWording, DEFAULT_WORDING } from '../../src/core/text/wording';
import { GhostSteps } from '../../src/vscode/ghost-steps';
import { Dictation } from './suite/dictation';
import { closeEditors, openFile, placeCursor, replace, type, undo, until } from './suite/editor';

describe('dictating among other work', () => {
  let dictation: Dictation;
  let ghosts: GhostSteps;
  const selected = () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.getText(editor.selection);
  };

  beforeEach(() => (ghosts = new GhostSteps()));
  afterEach(async () => {
    await dictation.dispose();
    ghosts.dispose();
    await closeEditors();
  });

  const dictateInto = (editor: vscode.TextEditor, inline = false) => {
    dictation = new Dictation(editor, {
      wording: createWording(() => DEFAULT_WORDING),
      inline: inline ? ghosts : undefined,
    });
  };
  const commit = async (id: number, words: string) => {
    dictation.session.commit(id, words);
    await dictation.take.settled();
  };

  for (const style of ['beside', 'in'] as const)
    it(`fills the places of a snippet one after the other, drafts ${style} the text`, async () => {
      const editor = await openFile(`snippet-${style}.ts`, '|\n');
      await editor.insertSnippet(new vscode.SnippetString('call(${1:first}, ${2:second});$0'));
      await until('the first place is selected', () => selected() === 'first');
      dictateInto(editor, style === 'in');
      dictation.session.draft(1, 'camel case one');
      await dictation.take.settled();
      dictation.session.draft(1, 'camel case one two');
      await commit(1, 'camel case one two');
      assert.match(editor.document.getText(), /^call\(oneTwo, second\);/);
      await dictation.end();
      await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
      await until('the second place is selected', () => selected() === 'second');
    });

  it('keeps its place in a file of a hundred thousand lines', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index}`);
    const editor = await openFile('long.txt', `${lines.join('\n')}\n`);
    const line = editor.document.lineAt(50_000);
    editor.selection = new vscode.Selection(line.range.end, line.range.end);
    dictateInto(editor);
    dictation.session.draft(1, 'and more');
    await replace(editor.document, [0, 0, 'a new line\n'.repeat(1_000)]);
    await commit(1, 'and more');
    assert.equal(editor.document.lineAt(51_000).text, 'line 50000 and more');
    await undo();
    assert.equal(editor.document.lineAt(51_000).text, 'line 50000');
  });

  it('keeps its place in a line of a million characters', async () => {
    const half = 'f(a,b);'.repeat(70_000);
    const editor = await openFile('line-without-end.txt', `${half}<|>${half}\n`);
    dictateInto(editor);
    dictation.session.draft(1, 'see');
    await replace(editor.document, [0, 0, 'xyz'], [7, 14, '']);
    await commit(1, 'see');
    const rest = half.slice('f(a,b);'.length);
    assert.equal(editor.document.getText(), `xyz${rest}<see>${half}\n`);
  });

  it('stands where it was put in text from right to left, behind tabs, with line ends of Windows', async () => {
    const editor = await openFile('rtl.txt', 'a\r\n\t\tשלום |עולם\r\n');
    dictateInto(editor);
    dictation.session.draft(1, 'גדול');
    placeCursor(editor, 0);
    await type('x');
    await commit(1, 'גדול');
    assert.equal(editor.document.getText(), 'xa\r\n\t\tשלום גדול עולם\r\n');
  });

  it('is saved with the file that saves itself, and undone step by step all the same', async () => {
    const editor = await openFile('saved-by-itself.txt', 'one|\n');
    const files = vscode.workspace.getConfiguration('files');
    await files.update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Workspace);
    await files.update('autoSaveDelay', 50, vscode.ConfigurationTarget.Workspace);
    try {
      dictateInto(editor);
      dictation.session.draft(1, 'two');
      await commit(1, 'two');
      await until('it is saved', () => !editor.document.isDirty);
      dictation.session.draft(2, 'three');
      await commit(2, 'three');
      await until('it is saved again', () => !editor.document.isDirty);
      assert.equal(editor.document.getText(), 'one two three\n');
      await undo();
      assert.equal(editor.document.getText(), 'one two\n');
    } finally {
      await files.update('autoSave', undefined, vscode.ConfigurationTarget.Workspace);
      await files.update('autoSaveDelay', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
