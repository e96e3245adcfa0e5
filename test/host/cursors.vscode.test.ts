import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Dictation } from './suite/dictation';
import { closeEditors, openFile, placeCursor, type, undo, until } from './suite/editor';

const select = (line: number, from: number, to: number) => new vscode.Selection(line, from, line, to);
const shown = (editor: vscode.TextEditor) =>
  editor.selections.map(({ start, end }) => [start.line, start.character, end.character]);

describe('selections and cursors', () => {
  let dictation: Dictation;

  afterEach(async () => {
    await dictation.dispose();
    await closeEditors();
  });

  it('a selection is replaced by the first confirmed words, in one undo step, and the caret goes behind them', async () => {
    const editor = await openFile('replace.txt', 'one wrong word three\n');
    editor.selection = select(0, 4, 14);
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'to and a half');
    assert.equal(editor.document.getText(), 'one wrong word three\n', 'a draft replaces nothing');
    dictation.session.commit(1, 'two', { final: false, replacedDraft: 'to' });
    dictation.session.commit(1, 'and a half', { final: true });
    dictation.session.commit(2, 'more');
    await dictation.end();
    assert.equal(editor.document.getText(), 'one two and a half more three\n');
    await until('the caret is behind', () => shown(editor)[0]?.[2] === 23);
    assert.deepEqual(shown(editor), [[0, 23, 23]]);
    await undo();
    assert.equal(editor.document.getText(), 'one two and a half three\n');
    await undo();
    assert.equal(editor.document.getText(), 'one wrong word three\n');
    assert.equal(editor.document.isDirty, false);
  });

  it('a selection stays when nothing is said', async () => {
    const editor = await openFile('noise.txt', 'one two three\n');
    editor.selection = select(0, 4, 7);
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'uh');
    dictation.session.commit(1, '', { replacedDraft: 'uh' });
    await dictation.end();
    assert.equal(editor.document.getText(), 'one two three\n');
    assert.deepEqual(shown(editor), [[0, 4, 7]]);
  });

  it('what is typed over the selection meanwhile is kept, and the words come behind it', async () => {
    const editor = await openFile('typed-over.txt', 'one two three\n');
    editor.selection = select(0, 4, 7);
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'words');
    await type('my');
    dictation.session.commit(1, 'words');
    await dictation.end();
    assert.equal(editor.document.getText(), 'one my words three\n');
  });

  it('a selection is replaced although the caret has moved away', async () => {
    const editor = await openFile('moved-away.txt', 'one two three\nfour\n');
    editor.selection = select(0, 4, 7);
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'new');
    placeCursor(editor, 18);
    await type('!');
    dictation.session.commit(1, 'new');
    await dictation.end();
    assert.equal(editor.document.getText(), 'one new three\nfour!\n');
    assert.deepEqual(shown(editor), [[1, 5, 5]]);
  });

  it('with several cursors the words go to each, as one undo step', async () => {
    const editor = await openFile('several.txt', 'a\nb c\n(d)\n');
    editor.selections = [select(2, 1, 2), select(0, 1, 1), select(1, 1, 1)];
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'x');
    dictation.session.commit(1, 'x y', { final: false });
    dictation.session.commit(1, 'z', { final: true });
    await dictation.end();
    assert.equal(editor.document.getText(), 'a x y z\nb x y z c\n(x y z)\n');
    assert.deepEqual(dictation.inserted, ['x y z']);
    await undo();
    assert.equal(editor.document.getText(), 'a\nb c\n(d)\n');
  });

  it('each of several places moves with the edits around it', async () => {
    const editor = await openFile('moving.txt', 'a\nb\nc\n');
    editor.selections = [select(0, 1, 1), select(2, 1, 1)];
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'x');
    editor.selection = select(1, 0, 0);
    await type('new\n');
    dictation.session.commit(1, 'x');
    await dictation.end();
    assert.equal(editor.document.getText(), 'a x\nnew\nb\nc x\n');
  });

  it('several places reach a document behind another tab', async () => {
    const editor = await openFile('behind.txt', 'a\nb two\n');
    placeCursor(editor, 1);
    await type('a');
    editor.selections = [select(0, 2, 2), select(1, 2, 5)];
    await until('the selections are known', () => editor.selections.length === 2);
    dictation = new Dictation(editor);
    await openFile('before.txt', '|\n');
    dictation.session.commit(1, 'two words');
    dictation.session.commit(2, 'more');
    await dictation.end();
    assert.equal(editor.document.getText(), 'aa two words more\nb two words more\n');
    await vscode.window.showTextDocument(editor.document);
  });
});
