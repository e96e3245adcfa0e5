import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { GhostSteps } from '../../src/vscode/ghost-steps';
import { openFile } from './suite/editor';
import { obeying } from './suite/obeying';

describe('editing by voice, when and where', () => {
  const { begin, beginIn, shown } = obeying();

  it('acts on the document of the dictation, not where the keyboard is', async () => {
    const { editor, dictation } = await begin('own.txt', 'one two|\n');
    const other = await openFile('edit-other.txt', 'left alone|\n');
    await dictation.say('Delete last word.', 'New line below.', 'Select line.', 'three');
    assert.equal(editor.document.getText(), 'one\nthree\n');
    assert.equal(other.document.getText(), 'left alone\n');
    assert.equal(vscode.window.activeTextEditor, other);
  });

  it('keeps what was said in its order, before and after each command', async () => {
    const { editor, dictation } = await begin('order.txt', '|\n');
    await dictation.say('one', 'two', 'scratch that', 'three', 'new line below', 'four', 'cap that', 'five');
    assert.equal(shown(editor), 'one three\nFour five|\n');
    assert.deepEqual(dictation.inserted, ['one', 'two', 'three', 'four', 'five']);
    assert.deepEqual(
      dictation.told.map(([phrase]) => phrase),
      ['scratch that', 'new line below', 'cap that'],
    );
  });

  it('carries out nothing that the heavy model has not verified', async () => {
    const { editor, dictation } = await begin('unverified.txt', '|\n');
    await dictation.say('one');
    dictation.session.draft(2, 'scratch that');
    dictation.session.commit(2, 'scratch that', { verified: false });
    await dictation.take.settled();
    assert.equal(editor.document.getText(), 'one scratch that\n');
    assert.deepEqual(dictation.told, []);
  });

  it('holds a beginning back until it is decided, and loses none of it', async () => {
    const { editor, dictation } = await begin('beginning.txt', '|\n');
    const { session } = dictation;
    session.draft(1, 'delete last week');
    session.commit(1, 'Delete last', { final: false, replacedDraft: 'delete last' });
    await dictation.take.settled();
    assert.equal(editor.document.getText(), '\n');
    assert.equal(dictation.unsaved.at(-1), 'Delete last week');
    session.commit(1, "week's logs.", { replacedDraft: 'week' });
    await dictation.take.settled();
    assert.equal(editor.document.getText(), "Delete last week's logs.\n");
    session.commit(2, 'Delete last', { final: false, replacedDraft: '' });
    session.commit(2, 'word.', { replacedDraft: '' });
    await dictation.take.settled();
    assert.equal(editor.document.getText(), "Delete last week's\n");
  });

  it('never puts the draft of a command into the document (style inline)', async () => {
    const ghosts = new GhostSteps();
    const editor = await openFile('edit-inline.txt', '|\n');
    const dictation = beginIn(editor, { inline: ghosts });
    await dictation.say('One.', 'Two.');
    const { version } = editor.document;
    dictation.session.draft(3, 'undo');
    dictation.session.draft(3, 'undo that');
    await dictation.take.settled();
    assert.equal(editor.document.version, version);
    dictation.session.commit(3, 'Undo that.');
    await dictation.take.settled();
    assert.equal(editor.document.getText(), 'One.\n');
    ghosts.dispose();
  });

  it('writes nothing that was said after dictation was to stop', async () => {
    const { editor, dictation } = await begin('stop.txt', '|\n');
    dictation.session.draft(3, 'that was for you');
    await dictation.say('One.', 'Stop dictation.', 'That was for you.');
    assert.equal(editor.document.getText(), 'One.\n');
    assert.deepEqual(dictation.overheard, ['That was for you.']);
  });

  it('finishes what was asked before it ends', async () => {
    const { editor, dictation } = await begin('end.txt', '|\n');
    dictation.session.commit(1, 'one');
    dictation.session.commit(2, 'new line below');
    dictation.session.commit(3, 'two');
    await dictation.end();
    assert.equal(editor.document.getText(), 'one\ntwo\n');
  });
});
