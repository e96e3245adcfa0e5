import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { PLAIN_WORDING, type Wording } from '../../src/core/text/wording';
import type { Obstacle } from '../../src/vscode/target';
import { DraftView } from '../../src/vscode/draft-view';
import { editorTarget } from '../../src/vscode/editor-target';
import { Take } from '../../src/vscode/take';
import { UtteranceLog } from '../../src/vscode/voice/utterance-log';
import { closeEditors, openFile, placeCursor, type, undo, until } from './suite/editor';
import { ScriptedSession } from './suite/scripted';

describe('drafts and commits in a real editor', () => {
  let view: DraftView;
  let utterances: UtteranceLog;
  let take: Take | undefined;
  let session: ScriptedSession;
  let done: Promise<void>;
  let lost: [text: string, obstacle: Obstacle][];

  function dictateInto(editor: vscode.TextEditor, wording?: Wording): void {
    session = new ScriptedSession();
    lost = [];
    take = new Take(editorTarget(editor, { view, utterances, ...(wording && { wording }) }), {
      changed: () => undefined,
      problem: (error) => assert.fail(error),
      undelivered: (text, obstacle) => lost.push([text, obstacle]),
      unsaved: () => undefined,
      unfinished: () => undefined,
      inserted: () => undefined,
      closed: () => undefined,
      failed: (cause) => assert.fail(String(cause)),
    });
    done = take.run(session);
  }

  async function end(): Promise<void> {
    session.end();
    await done;
  }

  beforeEach(() => {
    view = new DraftView(() => 100);
    utterances = new UtteranceLog();
  });
  afterEach(async () => {
    await take?.dispose();
    view.dispose();
    utterances.dispose();
    await closeEditors();
  });

  it('a draft leaves the document untouched, in every editor that shows it', async () => {
    const editor = await openFile('draft.txt', 'one |two\n');
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    const { version } = editor.document;
    dictateInto(editor);
    session.draft(1, 'some words');
    session.draft(2, 'more words');
    session.draft(1, 'some other words');
    assert.equal(take?.hasDrafts, true);
    session.commit(1, '', { replacedDraft: '' });
    session.commit(2, '', { replacedDraft: '' });
    assert.equal(take?.hasDrafts, false);
    await end();
    assert.equal(editor.document.version, version);
    assert.equal(editor.document.isDirty, false);
    assert.equal(editor.document.getText(), 'one two\n');
  });

  it('in a document that two editors show, the words land once, as one undo step', async () => {
    const { document } = await openFile('split.txt', 'one |two\n');
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    const showing = () => vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
    await until('two editors show it', () => showing().length === 2);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    dictateInto(editor);
    session.draft(1, 'and a');
    // From now on the other editor is the one in use.
    await vscode.commands.executeCommand('workbench.action.focusPreviousGroup');
    await until('the other editor is active', () => vscode.window.activeTextEditor !== editor);
    session.commit(1, 'and a', { final: false, replacedDraft: 'and a' });
    session.commit(1, 'half', { final: true });
    await end();
    assert.equal(document.getText(), 'one and a half two\n');
    await undo();
    assert.equal(document.getText(), 'one two\n');
    assert.equal(document.isDirty, false);
  });

  it('an utterance in several pieces is one undo step, apart from the typing around it', async () => {
    const editor = await openFile('steps.txt', '|\n');
    await type('before');
    dictateInto(editor);
    session.commit(1, 'One', { final: false });
    session.commit(1, 'two', { final: false });
    session.commit(1, 'three.', { final: true });
    session.commit(2, 'Four.');
    await end();
    assert.equal(editor.document.getText(), 'before One two three. Four.\n');
    await type(' after');
    assert.equal(editor.document.getText(), 'before One two three. Four. after\n');
    const steps = ['before One two three. Four.\n', 'before One two three.\n', 'before\n', '\n'];
    for (const expected of steps) {
      // A space ends a group of typed characters, so that " after" may take two steps.
      await undo();
      if (editor.document.getText() === 'before One two three. Four. \n') await undo();
      assert.equal(editor.document.getText(), expected);
    }
    assert.equal(editor.document.isDirty, false);
  });

  it('pieces that come in one after the other are still one step', async () => {
    const editor = await openFile('pauses.txt', 'x|\n');
    dictateInto(editor);
    session.commit(1, 'one', { final: false });
    await until('the first piece is in', () => editor.document.getText() === 'x one\n');
    session.commit(1, 'two.', { final: true });
    await end();
    assert.equal(editor.document.getText(), 'x one two.\n');
    await undo();
    assert.equal(editor.document.getText(), 'x\n');
  });

  it('typing between two pieces stays a step of its own', async () => {
    const editor = await openFile('between.txt', 'x|\ny\n');
    dictateInto(editor);
    session.commit(1, 'one', { final: false });
    await until('the first piece is in', () => editor.document.getText() === 'x one\ny\n');
    placeCursor(editor, editor.document.getText().length - 1);
    await type('!');
    session.commit(1, 'two.', { final: true });
    await end();
    assert.equal(editor.document.getText(), 'x one two.\ny!\n');
    for (const expected of ['x one\ny!\n', 'x one\ny\n', 'x\ny\n']) {
      await undo();
      assert.equal(editor.document.getText(), expected);
    }
  });

  it('a caret at the anchor follows the text; other cursors stay where they are', async () => {
    const editor = await openFile('caret.txt', 'one| two\nthree\n');
    const here = editor.selection.active;
    const there = new vscode.Position(1, 2);
    dictateInto(editor);
    editor.selections = [new vscode.Selection(here, here), new vscode.Selection(there, there)];
    session.commit(1, 'and a half');
    await end();
    assert.equal(editor.document.getText(), 'one and a half two\nthree\n');
    await until('the selections are reported', () => editor.selections[0]?.active.character === 14);
    assert.deepEqual(
      editor.selections.map(({ active }) => [active.line, active.character]),
      [
        [0, 14],
        [1, 2],
      ],
    );
  });

  it('a caret elsewhere is left alone, and the words still go where dictation began', async () => {
    const editor = await openFile('elsewhere.txt', 'here|\nthere\n');
    dictateInto(editor);
    session.draft(1, 'some');
    placeCursor(editor, 8);
    await type('X');
    session.commit(1, 'Some words.', { replacedDraft: 'some' });
    await end();
    assert.equal(editor.document.getText(), 'here Some words.\ntheXre\n');
    assert.deepEqual([editor.selection.active.line, editor.selection.active.character], [1, 4]);
  });

  it('what is typed at the anchor while a draft is shown stands before the words', async () => {
    const editor = await openFile('at-anchor.txt', '|\n');
    dictateInto(editor);
    session.draft(1, 'world');
    await type('hello');
    session.commit(1, 'world.', { replacedDraft: 'world' });
    await end();
    assert.equal(editor.document.getText(), 'hello world.\n');
  });

  it('words said while somebody types all the time arrive whole', async () => {
    const editor = await openFile('busy.txt', 'a|\n\n');
    dictateInto(editor);
    placeCursor(editor, 2);
    const typing = (async () => {
      for (let i = 0; i < 20; i++) await type('x');
    })();
    for (let i = 1; i <= 5; i++) session.commit(i, `Word${i}.`);
    await typing;
    await end();
    assert.equal(editor.document.getText(), `a Word1. Word2. Word3. Word4. Word5.\n${'x'.repeat(20)}\n`);
    assert.deepEqual(lost, []);
  });

  it('the words reach their document when another one is in the editor, one step an utterance', async () => {
    const { document } = await openFile('background.txt', 'x|\n');
    // Unsaved, so that it stays open behind the other tab.
    await type('y');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    dictateInto(editor);
    await openFile('front.txt', '|front\n');
    session.commit(1, 'one', { final: false });
    session.commit(1, 'two.', { final: true });
    await end();
    assert.equal(document.getText(), 'xy one two.\n');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'front\n');
    await vscode.window.showTextDocument(document);
    await undo();
    assert.equal(document.getText(), 'xy\n');
  });

  it('words for a document that is gone are reported, not lost', async () => {
    const editor = await openFile('closed.txt', 'x|\n');
    const { document } = editor;
    dictateInto(editor);
    session.commit(1, 'one.');
    await until('the first utterance is in', () => document.getText() === 'x one.\n');
    await document.save();
    await closeEditors();
    await until('the document is closed', () => document.isClosed);
    await vscode.workspace.fs.delete(document.uri);
    session.commit(2, 'two', { final: false });
    session.commit(2, 'three.', { final: true });
    session.commit(3, 'four', { final: false });
    await end();
    assert.deepEqual(lost, [
      ['two three.', 'closed'],
      ['four', 'closed'],
    ]);
  });

  it('words for a read-only editor are reported, not lost', async () => {
    const editor = await openFile('locked.txt', 'x|\n');
    dictateInto(editor);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    session.commit(1, 'one.');
    await end();
    assert.deepEqual(lost, [['one.', 'refused']]);
    assert.equal(editor.document.getText(), 'x\n');
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorWriteableInSession');
  });

  it('words are reported, not lost, if the writing fails; the next ones are written', async () => {
    const editor = await openFile('failing.txt', '|\n');
    let decided: unknown;
    const wording: Wording = {
      ...PLAIN_WORDING,
      decide: (...all) => {
        const outcome = PLAIN_WORDING.decide(...all);
        if (outcome.stretch.heard === 'one') decided = outcome.stretch;
        return outcome;
      },
      write: (parts, place) => {
        if (parts.some(({ stretch }) => stretch === decided)) throw new Error('it cannot be written');
        return PLAIN_WORDING.write(parts, place);
      },
    };
    dictateInto(editor, wording);
    session.commit(1, 'one');
    session.commit(2, 'two');
    await end();
    assert.deepEqual(lost, [['one', 'failed']]);
    assert.equal(editor.document.getText(), 'two\n');
  });

  it('several lines fit a document with other line endings', async () => {
    const editor = await openFile('crlf.txt', 'x|\r\ny\r\n');
    dictateInto(editor);
    session.commit(1, 'one\ntwo');
    session.commit(2, 'three');
    await end();
    assert.equal(editor.document.getText(), 'x one\r\ntwo three\r\ny\r\n');
    assert.deepEqual(lost, []);
  });

  it('cancelling gives back what was shown and leaves the document alone', async () => {
    const editor = await openFile('cancel.txt', 'x|\n');
    const { version } = editor.document;
    dictateInto(editor);
    session.draft(1, 'one');
    session.draft(2, 'two');
    assert.equal(take?.cancel(), 'one two');
    await done;
    assert.equal(session.observed, false);
    assert.equal(editor.document.version, version);
  });
});
