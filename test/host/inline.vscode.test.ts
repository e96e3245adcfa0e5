import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { GhostSteps } from '../../src/vscode/ghost-steps';
import { Dictation } from './suite/dictation';
import { closeEditors, openFile, placeCursor, replace, type, undo, until } from './suite/editor';

const redo = () => vscode.commands.executeCommand('redo');

describe('drafts in the document (style inline)', () => {
  let ghosts: GhostSteps;
  let dictation: Dictation;

  beforeEach(() => {
    ghosts = new GhostSteps();
  });
  afterEach(async () => {
    await dictation.dispose();
    ghosts.dispose();
    await closeEditors();
  });

  const shows = (editor: vscode.TextEditor, expected: string) =>
    until(
      `the document is ${JSON.stringify(expected)}`,
      () => editor.document.getText() === expected,
      5_000,
    ).catch(() => assert.equal(editor.document.getText(), expected));
  /** Presses undo until the document is the last of `states`, and meets all of them on the way and nothing else. */
  async function undoThrough(editor: vscode.TextEditor, states: readonly string[]): Promise<void> {
    for (const state of states) {
      await undo();
      await shows(editor, state);
    }
  }

  it('grow and change in place, and an utterance is one undo step', async () => {
    const editor = await openFile('grow.txt', 'a| b\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'one');
    await shows(editor, 'a one b\n');
    dictation.session.draft(1, 'one tow');
    await shows(editor, 'a one tow b\n');
    dictation.session.commit(1, 'One', { final: false, replacedDraft: 'one' });
    dictation.session.commit(1, 'two.', { replacedDraft: 'tow' });
    dictation.session.draft(2, 'more');
    await shows(editor, 'a One two. more b\n');
    dictation.session.commit(2, 'More.');
    await dictation.end();
    await shows(editor, 'a One two. More. b\n');
    assert.deepEqual(dictation.inserted, ['One two.', 'More.']);
    await undoThrough(editor, ['a One two. b\n', 'a b\n']);
    assert.equal(editor.document.isDirty, false);
    await redo();
    await shows(editor, 'a One two. b\n');
  });

  it('of several utterances stand in order', async () => {
    const editor = await openFile('order.txt', '|\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'first');
    dictation.session.draft(2, 'second');
    await shows(editor, 'first second\n');
    dictation.session.commit(1, 'First.');
    await shows(editor, 'First. second\n');
    dictation.session.commit(2, 'Second.');
    await dictation.end();
    await undoThrough(editor, ['First.\n', '\n']);
  });

  it('are one undo step although the caret has moved meanwhile, forth and back', async () => {
    const editor = await openFile('caret-moves.txt', 'x|\nother line\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'wan');
    await shows(editor, 'x wan\nother line\n');
    await vscode.commands.executeCommand('cursorDown');
    dictation.session.draft(1, 'one too');
    await shows(editor, 'x one too\nother line\n');
    await vscode.commands.executeCommand('cursorHome');
    dictation.session.commit(1, 'One two.');
    await dictation.end();
    await undoThrough(editor, ['x\nother line\n']);
    await redo();
    await shows(editor, 'x One two.\nother line\n');
  });

  it('leave typing before and after them steps of their own', async () => {
    const editor = await openFile('typing.txt', '|\n');
    await type('before');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'wan');
    await shows(editor, 'before wan\n');
    dictation.session.commit(1, 'one.');
    await dictation.end();
    await type('!');
    assert.equal(editor.document.getText(), 'before one.!\n');
    await undoThrough(editor, ['before one.\n', 'before\n', '\n']);
  });

  it('are not written to disk when the file is saved, and come back', async () => {
    const editor = await openFile('saved.txt', 'x|\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'draft words');
    await shows(editor, 'x draft words\n');
    await editor.document.save();
    assert.equal(String(await vscode.workspace.fs.readFile(editor.document.uri)), 'x\n');
    await shows(editor, 'x draft words\n');
    dictation.session.commit(1, 'Words.', { replacedDraft: 'draft words' });
    await dictation.end();
    await editor.document.save();
    assert.equal(String(await vscode.workspace.fs.readFile(editor.document.uri)), 'x Words.\n');
    await undo();
    await shows(editor, 'x\n');
  });

  it('cancelled leave a file without unsaved changes, and the caret where it is', async () => {
    const editor = await openFile('cancelled.txt', 'x|\nother\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'one');
    await shows(editor, 'x one\nother\n');
    dictation.session.draft(1, 'one two');
    await shows(editor, 'x one two\nother\n');
    await vscode.commands.executeCommand('cursorDown');
    dictation.session.draft(1, 'one two three');
    await shows(editor, 'x one two three\nother\n');
    assert.equal(await dictation.cancel(), 'one two three');
    await shows(editor, 'x\nother\n');
    assert.equal(editor.document.isDirty, false);
    assert.equal(editor.selection.active.line, 1);
  });

  it('cancelled in a file that no editor shows any more leave no draft in it', async () => {
    const editor = await openFile('cancelled-hidden.txt', 'x|\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'one');
    await shows(editor, 'x one\n');
    await openFile('cancelled-front.txt', '|\n');
    await dictation.cancel();
    await shows(editor, 'x\n');
    await vscode.window.showTextDocument(editor.document);
  });

  it('with typing between draft and confirmation are undone step by step, typing by itself', async () => {
    const editor = await openFile('typed-between.txt', 'x|\nother\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'wan');
    await shows(editor, 'x wan\nother\n');
    placeCursor(editor, editor.document.getText().indexOf('other') + 5);
    await type('!');
    await shows(editor, 'x wan\nother!\n');
    dictation.session.draft(1, 'wan too');
    await shows(editor, 'x wan too\nother!\n');
    dictation.session.commit(1, 'One two.');
    await dictation.end();
    await shows(editor, 'x One two.\nother!\n');
    // What was typed stands above the first draft in VS Code's list of steps: that draft shows once more in between.
    await undoThrough(editor, ['x wan\nother!\n', 'x wan\nother\n', 'x\nother\n']);
    assert.equal(editor.document.isDirty, false);
  });

  it('cancelled after typing leave what was typed', async () => {
    const editor = await openFile('cancelled-typed.txt', 'x|\nother\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'one');
    await shows(editor, 'x one\nother\n');
    placeCursor(editor, 11);
    await type('!');
    await dictation.cancel();
    await shows(editor, 'x\nother!\n');
  });

  it('keep what somebody writes inside them, and only that', async () => {
    const editor = await openFile('inside.txt', 'x|\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'hello world');
    await shows(editor, 'x hello world\n');
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
    const editor = await openFile('undone.txt', 'x|\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'one');
    await shows(editor, 'x one\n');
    await undo();
    await shows(editor, 'x\n');
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
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'too');
    await shows(editor, 'one two too three\n');
    dictation.session.commit(1, '2');
    await dictation.end();
    await shows(editor, 'one 2 three\n');
    await undoThrough(editor, ['one two three\n']);
  });

  it('stand at every cursor', async () => {
    const editor = await openFile('inline-cursors.txt', 'a\nb c\n');
    editor.selections = [new vscode.Selection(0, 1, 0, 1), new vscode.Selection(1, 1, 1, 1)];
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'x');
    await shows(editor, 'a x\nb x c\n');
    dictation.session.commit(1, 'xy');
    await dictation.end();
    await undoThrough(editor, ['a\nb c\n']);
  });

  it('leave no trace when nothing was said', async () => {
    const editor = await openFile('inline-noise.txt', 'x|y\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'uh');
    await shows(editor, 'x uh y\n');
    dictation.session.commit(1, '', { replacedDraft: 'uh' });
    await shows(editor, 'xy\n');
    await until('the file is clean', () => !editor.document.isDirty);
    await dictation.end();
  });

  it('are replaced although their document went behind another tab', async () => {
    const editor = await openFile('inline-behind.txt', 'x|\n');
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, 'one');
    await shows(editor, 'x one\n');
    await openFile('inline-front.txt', '|\n');
    dictation.session.draft(1, 'one two');
    dictation.session.commit(1, 'One two.');
    await dictation.end();
    assert.equal(editor.document.getText(), 'x One two.\n');
    await vscode.window.showTextDocument(editor.document);
  });
});
