import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, placeCursor, replace, type, undo, until } from './suite/editor';
import { shows } from './suite/files';
import { inlineDictations } from './suite/inline';

const redo = () => vscode.commands.executeCommand('redo');

describe('drafts in the document (style inline)', () => {
  const { dictate, draftInto } = inlineDictations();

  /** Presses undo until the document is the last of `states`, and meets all of them on the way and nothing else. */
  async function undoThrough(editor: vscode.TextEditor, states: readonly string[]): Promise<void> {
    for (const state of states) {
      await undo();
      await shows(editor.document, state);
    }
  }

  it('grow and change in place, and an utterance is one undo step', async () => {
    const { editor, dictation } = await draftInto('grow.txt', 'a| b\n', 'one');
    dictation.session.draft(1, 'one tow');
    await shows(editor.document, 'a one tow b\n');
    dictation.session.commit(1, 'One', { final: false, replacedDraft: 'one' });
    dictation.session.commit(1, 'two.', { replacedDraft: 'tow' });
    dictation.session.draft(2, 'more');
    await shows(editor.document, 'a One two. more b\n');
    dictation.session.commit(2, 'More.');
    await dictation.end();
    await shows(editor.document, 'a One two. More. b\n');
    assert.deepEqual(dictation.inserted, ['One two.', 'More.']);
    await undoThrough(editor, ['a One two. b\n', 'a b\n']);
    assert.equal(editor.document.isDirty, false);
    await redo();
    await shows(editor.document, 'a One two. b\n');
  });

  it('of several utterances stand in order', async () => {
    const editor = await openFile('order.txt', '|\n');
    const dictation = dictate(editor);
    dictation.session.draft(1, 'first');
    dictation.session.draft(2, 'second');
    await shows(editor.document, 'first second\n');
    dictation.session.commit(1, 'First.');
    await shows(editor.document, 'First. second\n');
    dictation.session.commit(2, 'Second.');
    await dictation.end();
    await undoThrough(editor, ['First.\n', '\n']);
  });

  it('are one undo step although the caret has moved meanwhile, forth and back', async () => {
    const { editor, dictation } = await draftInto('caret-moves.txt', 'x|\nother line\n', 'wan');
    await vscode.commands.executeCommand('cursorDown');
    dictation.session.draft(1, 'one too');
    await shows(editor.document, 'x one too\nother line\n');
    await vscode.commands.executeCommand('cursorHome');
    dictation.session.commit(1, 'One two.');
    await dictation.end();
    await undoThrough(editor, ['x\nother line\n']);
    await redo();
    await shows(editor.document, 'x One two.\nother line\n');
  });

  it('leave typing before and after them steps of their own', async () => {
    const editor = await openFile('typing.txt', '|\n');
    await type('before');
    const dictation = dictate(editor);
    dictation.session.draft(1, 'wan');
    await shows(editor.document, 'before wan\n');
    dictation.session.commit(1, 'one.');
    await dictation.end();
    await type('!');
    assert.equal(editor.document.getText(), 'before one.!\n');
    await undoThrough(editor, ['before one.\n', 'before\n', '\n']);
  });

  it('are not written to disk when the file is saved, and come back', async () => {
    const { editor, dictation } = await draftInto('saved.txt', 'x|\n', 'draft words');
    await editor.document.save();
    assert.equal(String(await vscode.workspace.fs.readFile(editor.document.uri)), 'x\n');
    await shows(editor.document, 'x draft words\n');
    dictation.session.commit(1, 'Words.', { replacedDraft: 'draft words' });
    await dictation.end();
    await editor.document.save();
    assert.equal(String(await vscode.workspace.fs.readFile(editor.document.uri)), 'x Words.\n');
    await undo();
    await shows(editor.document, 'x\n');
  });

  it('cancelled leave a file without unsaved changes, and the caret where it is', async () => {
    const { editor, dictation } = await draftInto('cancelled.txt', 'x|\nother\n', 'one');
    dictation.session.draft(1, 'one two');
    await shows(editor.document, 'x one two\nother\n');
    await vscode.commands.executeCommand('cursorDown');
    dictation.session.draft(1, 'one two three');
    await shows(editor.document, 'x one two three\nother\n');
    assert.equal(await dictation.cancel(), 'one two three');
    await shows(editor.document, 'x\nother\n');
    await until('there is nothing to save', () => !editor.document.isDirty);
    assert.equal(editor.selection.active.line, 1);
  });

  it('cancelled in a file that no editor shows any more leave no draft in it', async () => {
    const { editor, dictation } = await draftInto('cancelled-hidden.txt', 'x|\n', 'one');
    await openFile('cancelled-front.txt', '|\n');
    await dictation.cancel();
    await shows(editor.document, 'x\n');
    await vscode.window.showTextDocument(editor.document);
  });

  it('with typing between draft and confirmation are undone step by step, typing by itself', async () => {
    const { editor, dictation } = await draftInto('typed-between.txt', 'x|\nother\n', 'wan');
    placeCursor(editor, editor.document.getText().indexOf('other') + 5);
    await type('!');
    await shows(editor.document, 'x wan\nother!\n');
    dictation.session.draft(1, 'wan too');
    await shows(editor.document, 'x wan too\nother!\n');
    dictation.session.commit(1, 'One two.');
    await dictation.end();
    await shows(editor.document, 'x One two.\nother!\n');
    // What was typed stands above the first draft in VS Code's list of steps: that draft shows once more in between.
    await undoThrough(editor, ['x wan\nother!\n', 'x wan\nother\n', 'x\nother\n']);
    assert.equal(editor.document.isDirty, false);
  });

  it('cancelled after typing leave what was typed', async () => {
    const { editor, dictation } = await draftInto('cancelled-typed.txt', 'x|\nother\n', 'one');
    placeCursor(editor, 11);
    await type('!');
    await dictation.cancel();
    await shows(editor.document, 'x\nother!\n');
  });

  it('keep what somebody writes inside them, and only that', async () => {
    const { editor, dictation } = await draftInto('inside.txt', 'x|\n', 'hello world');
    await replace(editor.document, [7, 7, ' MINE ']);
    dictation.session.draft(1, 'hello new world');
    await until('the draft is drawn anew', () => editor.document.getText().includes('new'));
    dictation.session.commit(1, 'Hello world.');
    await dictation.end();
    const text = editor.document.getText();
    assert.match(text, /MINE/);
    assert.equal(text.replace(' MINE ', '').replace(/ +/g, ' '), 'x Hello world.\n');
  });

  it('undone by the user stay away until they are confirmed', async () => {
    const { editor, dictation } = await draftInto('undone.txt', 'x|\n', 'one');
    await undo();
    await shows(editor.document, 'x\n');
    dictation.session.draft(1, 'one two');
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(editor.document.getText(), 'x\n');
    dictation.session.commit(1, 'One two.');
    await dictation.end();
    assert.equal(editor.document.getText(), 'x One two.\n');
  });

  it('stand behind the selection that they will replace', async () => {
    const editor = await openFile('inline-selection.txt', 'one two three\n');
    editor.selection = new vscode.Selection(0, 4, 0, 7);
    const dictation = dictate(editor);
    dictation.session.draft(1, 'too');
    await shows(editor.document, 'one two too three\n');
    dictation.session.commit(1, '2');
    await dictation.end();
    await shows(editor.document, 'one 2 three\n');
    await undoThrough(editor, ['one two three\n']);
  });

  it('stand at every cursor', async () => {
    const editor = await openFile('inline-cursors.txt', 'a\nb c\n');
    editor.selections = [new vscode.Selection(0, 1, 0, 1), new vscode.Selection(1, 1, 1, 1)];
    const dictation = dictate(editor);
    dictation.session.draft(1, 'x');
    await shows(editor.document, 'a x\nb x c\n');
    dictation.session.commit(1, 'xy');
    await dictation.end();
    await undoThrough(editor, ['a\nb c\n']);
  });

  it('leave no trace when nothing was said', async () => {
    const { editor, dictation } = await draftInto('inline-noise.txt', 'x|y\n', 'uh');
    dictation.session.commit(1, '', { replacedDraft: 'uh' });
    await shows(editor.document, 'xy\n');
    await dictation.end();
    await until('the file is clean', () => !editor.document.isDirty);
  });

  it('that came to nothing are no step to undo beside the words that follow', async () => {
    const { editor, dictation } = await draftInto('inline-noise-first.txt', 'x|\n', 'uh');
    dictation.session.commit(1, '', { replacedDraft: 'uh' });
    await shows(editor.document, 'x\n');
    dictation.session.draft(2, 'one');
    await shows(editor.document, 'x one\n');
    dictation.session.commit(2, 'One.');
    await dictation.end();
    await undoThrough(editor, ['x\n']);
    assert.equal(editor.document.isDirty, false);
    await redo();
    await shows(editor.document, 'x One.\n');
  });

  it('are replaced although their document went behind another tab', async () => {
    const { editor, dictation } = await draftInto('inline-behind.txt', 'x|\n', 'one');
    await openFile('inline-front.txt', '|\n');
    dictation.session.draft(1, 'one two');
    dictation.session.commit(1, 'One two.');
    await dictation.end();
    assert.equal(editor.document.getText(), 'x One two.\n');
    await vscode.window.showTextDocument(editor.document);
  });
});
