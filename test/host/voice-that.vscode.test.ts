import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CommandMatcher } from '../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../src/core/voice-commands/registry';
import { UtteranceLog } from '../../src/vscode/voice/utterance-log';
import { Dictation } from './suite/dictation';
import { closeEditors, openFile, placeCursor, replace, type, undo, until } from './suite/editor';

const matcher = new CommandMatcher(VOICE_COMMANDS, 'en');

describe('what was said last, by voice', () => {
  let dictation: Dictation;

  const begin = async (name: string, content: string) => {
    const editor = await openFile(`voice-${name}`, content);
    dictation = new Dictation(editor, { matcher });
    return editor;
  };
  afterEach(async () => {
    await dictation.dispose();
    await closeEditors();
  });

  it('is taken back, and then what was said before it, in one undo step each', async () => {
    const { document } = await begin('scratch.txt', 'a|b\n');
    await dictation.say('One.', 'Two.', 'Scratch that.');
    assert.equal(document.getText(), 'a One. b\n');
    await dictation.say('Scratch that.');
    assert.equal(document.getText(), 'ab\n');
    await dictation.say('Scratch that.');
    assert.match(dictation.outcome ?? '', /Nothing was dictated/);
    await undo();
    assert.equal(document.getText(), 'a One. b\n');
    await undo();
    assert.equal(document.getText(), 'a One. Two. b\n');
    // What an undo has brought back can be taken back again.
    await dictation.say('Scratch that.', 'Three.');
    assert.equal(document.getText(), 'a One. Three. b\n');
  });

  it('is taken back wherever it has moved, and what was typed stays', async () => {
    const { document } = await begin('scratch-moved.txt', 'top\n|\nbottom\n');
    await dictation.say('First words.', 'Last words.');
    await replace(
      document,
      [0, 0, 'new line\n'],
      [document.getText().length, document.getText().length, 'x'],
    );
    await dictation.say('Scratch that.');
    assert.equal(document.getText(), 'new line\ntop\nFirst words.\nbottom\nx');
  });

  it('is left alone once somebody has changed it, and the user is told', async () => {
    const { document } = await begin('scratch-changed.txt', '|\n');
    await dictation.say('Some words.');
    await replace(document, [2, 2, 'ALTERED']);
    const text = document.getText();
    await dictation.say('Scratch that.');
    assert.equal(document.getText(), text);
    assert.match(dictation.outcome ?? '', /has been changed/);
    await undo();
    await dictation.say('Scratch that.');
    assert.equal(document.getText(), '\n');
  });

  it('is taken back from a document that no editor shows', async () => {
    const { document } = await begin('scratch-unseen.txt', '|\n');
    await dictation.say('Some words.');
    await openFile('voice-other.txt', 'other|\n');
    await dictation.say('More words.', 'Scratch that.');
    assert.equal(document.getText(), 'Some words.\n');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'other\n');
  });

  it('gives back what was selected before', async () => {
    const editor = await openFile('voice-selected.txt', '|keep this\n');
    editor.selection = new vscode.Selection(0, 5, 0, 9);
    dictation = new Dictation(editor, { matcher });
    await dictation.say('that');
    assert.equal(editor.document.getText(), 'keep that\n');
    await dictation.say('Scratch that.');
    assert.equal(editor.document.getText(), 'keep this\n');
  });

  it('is taken back at every cursor', async () => {
    const editor = await openFile('voice-cursors.txt', '|a\nb\n');
    editor.selections = [new vscode.Selection(0, 1, 0, 1), new vscode.Selection(1, 1, 1, 1)];
    dictation = new Dictation(editor, { matcher });
    await dictation.say('one', 'two', 'scratch that');
    assert.equal(editor.document.getText(), 'a one\nb one\n');
    await dictation.say('format that constant');
    assert.equal(editor.document.getText(), 'a ONE\nb ONE\n');
  });

  it('is taken back by the next dictation too', async () => {
    const utterances = new UtteranceLog();
    const editor = await openFile('voice-next.txt', '|\n');
    const former = new Dictation(editor, { matcher, utterances });
    await former.say('One.');
    await former.end();
    dictation = new Dictation(editor, { matcher, utterances });
    await dictation.say('Scratch that.');
    assert.equal(editor.document.getText(), '\n');
    await former.dispose();
  });

  it('is selected, and the next words take its place', async () => {
    const editor = await begin('select.txt', 'x|\n');
    await dictation.say('One.', 'Two.', 'Select that.');
    assert.equal(editor.document.getText(editor.selection), 'Two.');
    await dictation.say('Three.');
    assert.equal(editor.document.getText(), 'x One. Three.\n');
  });

  it('is written with capitals, in small letters, and as a name, in one undo step each', async () => {
    const { document } = await begin('cap.txt', '|\n');
    await dictation.say('Get user by id.', 'Cap that.');
    assert.equal(document.getText(), 'Get User By Id.\n');
    await dictation.say('Lowercase that.');
    assert.equal(document.getText(), 'get user by id.\n');
    await dictation.say('Format that snake.');
    assert.equal(document.getText(), 'get_user_by_id\n');
    await dictation.say('Nope that was camel case.', 'and more');
    assert.equal(document.getText(), 'getUserById and more\n');
    await dictation.say('Scratch that.', 'Scratch that.');
    assert.equal(document.getText(), '\n');
    for (const text of ['getUserById\n', 'getUserById and more\n', 'getUserById\n', 'get_user_by_id\n']) {
      await undo();
      assert.equal(document.getText(), text);
    }
    // A former form counts as unchanged.
    await dictation.say('Scratch that.');
    assert.equal(document.getText(), '\n');
  });

  it('is formatted as a whole although it came in pieces', async () => {
    const { document } = await begin('pieces.txt', 'x|\n');
    const { session } = dictation;
    session.commit(1, 'get user', { final: false });
    session.commit(1, 'by id', { final: true });
    await dictation.take.settled();
    session.commit(2, 'Format that camel.');
    await dictation.take.settled();
    assert.equal(document.getText(), 'x getUserById\n');
  });

  it('has a place before and after it', async () => {
    const { document } = await begin('around.txt', '|\n');
    await dictation.say('world', 'Before that.', 'hello');
    assert.equal(document.getText(), 'hello world\n');
    await dictation.say('Go after that.', 'my');
    assert.equal(document.getText(), 'hello my world\n');
  });

  it('is corrected from a list, in one undo step', async () => {
    const { document } = await begin('correct.txt', '|\n');
    dictation.session.draft(1, 'recognise speech');
    dictation.session.commit(1, 'Wreck a nice beach.', { replacedDraft: 'recognise speech' });
    await dictation.take.settled();
    dictation.session.commit(2, 'Correct that.');
    await dictation.take.settled();
    // More is dictated while the list is open.
    dictation.session.commit(3, 'Next.');
    await dictation.take.settled();
    await until('it is corrected', () => {
      // Nothing happens before the list is open.
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return document.getText() === 'recognise speech Next.\n';
    });
    await undo();
    assert.equal(document.getText(), 'Wreck a nice beach. Next.\n');
  });

  it('is undone and done again in its own document, wherever the keyboard is', async () => {
    const editor = await begin('undo.txt', '|\n');
    await dictation.say('One.', 'Two.');
    const column = vscode.ViewColumn.Beside;
    const other = await vscode.workspace.openTextDocument({ content: '' });
    await vscode.window.showTextDocument(other, column);
    await type('typed');
    await dictation.say('Undo that.');
    assert.equal(editor.document.getText(), 'One.\n');
    assert.equal(other.getText(), 'typed');
    await dictation.say('Redo that.');
    assert.equal(editor.document.getText(), 'One. Two.\n');
    await dictation.say('Redo.');
    assert.match(dictation.outcome ?? '', /nothing to redo/);
    assert.equal(other.getText(), 'typed');
  });

  it('and was still grey is dropped by "cancel that", what was confirmed before stays', async () => {
    const { document } = await begin('cancel.txt', '|\n');
    const { session } = dictation;
    const begins = (utteranceId: number) =>
      session.emit({ type: 'utterance', utteranceId, phase: 'start', start: 0, end: 0 });
    begins(1);
    session.commit(1, 'Sure.');
    begins(2);
    session.draft(2, 'not this');
    begins(3);
    session.draft(3, 'cancel that');
    session.commit(2, 'Not this.');
    session.commit(3, 'Cancel that.');
    await dictation.take.settled();
    assert.equal(document.getText(), 'Sure.\n');
    assert.deepEqual(dictation.inserted, ['Sure.', 'Not this.']);
    await dictation.say('Cancel that.');
    assert.match(dictation.outcome ?? '', /Nothing was waiting/);
  });

  it('leaves a caret elsewhere where it is', async () => {
    const editor = await begin('caret.txt', '|\nelsewhere\n');
    await dictation.say('One.');
    placeCursor(editor, 9);
    await dictation.say('Scratch that.', 'Two.');
    assert.equal(editor.document.getText(), 'Two.\nelsewhere\n');
    assert.equal(editor.document.offsetAt(editor.selection.active), 9);
  });
});
