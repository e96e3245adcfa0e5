import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DraftRecord, takeOutStrayDrafts } from '../../src/vscode/draft-record';
import { GhostSteps } from '../../src/vscode/ghost-steps';
import { Dictation } from './suite/dictation';
import { closeEditors, openFile, placeCursor, replace, type, undo, until } from './suite/editor';
import { diskBecomes, onDisk, SavingFormatter, shows } from './suite/files';

const run = (command: string) => vscode.commands.executeCommand(command);
const sibling = (uri: vscode.Uri, name: string) => vscode.Uri.joinPath(uri, '..', name);

describe('drafts in the document and its file (style inline)', () => {
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

  /** Dictates into a new file until a draft stands in it. */
  async function draftInto(name: string, content: string, draft: string): Promise<vscode.TextEditor> {
    const editor = await openFile(name, content);
    dictation = new Dictation(editor, { inline: ghosts });
    dictation.session.draft(1, draft);
    await shows(editor.document, content.replace('|', ` ${draft}`));
    return editor;
  }

  describe('saved', () => {
    it('by a formatter that takes its time: words that come meanwhile are not written', async () => {
      const editor = await openFile('slow-save.txt', 'x|\n');
      dictation = new Dictation(editor, { inline: ghosts });
      await type('!');
      const slow = vscode.workspace.onWillSaveTextDocument((event) => {
        event.waitUntil(
          (async () => {
            dictation.session.draft(1, 'too late');
            await dictation.take.settled();
            await new Promise((resolve) => setTimeout(resolve, 100));
          })(),
        );
      });
      try {
        await editor.document.save();
        assert.equal(await onDisk(editor.document.uri), 'x!\n');
        await shows(editor.document, 'x! too late\n');
      } finally {
        slow.dispose();
      }
    });

    it('by itself: the draft is shown beside the text until there are new words, and nothing is saved over and over', async () => {
      const files = vscode.workspace.getConfiguration('files');
      const { Global } = vscode.ConfigurationTarget;
      const before = ['autoSave', 'autoSaveDelay'].map(
        (name) => [name, files.inspect(name)?.globalValue] as const,
      );
      await files.update('autoSaveDelay', 100, Global);
      await files.update('autoSave', 'afterDelay', Global);
      let saves = 0;
      const counting = vscode.workspace.onDidSaveTextDocument(() => saves++);
      try {
        const { document } = await draftInto('auto-save.txt', 'x|\n', 'draft');
        await shows(document, 'x\n');
        await until('it is saved', () => saves > 0);
        await diskBecomes(document.uri, 'x\n');
        const isQuiet = async () => {
          const former = saves;
          await new Promise((resolve) => setTimeout(resolve, 1_000));
          return saves === former;
        };
        // The first save may be followed by another one, but not by one after the other.
        assert.ok((await isQuiet()) || (await isQuiet()) || (await isQuiet()), `${saves} saves`);
        assert.equal(document.getText(), 'x\n');
        dictation.session.draft(1, 'draft words');
        await shows(document, 'x draft words\n');
        await shows(document, 'x\n');
        await diskBecomes(document.uri, 'x\n');
        dictation.session.commit(1, 'Words.', { replacedDraft: 'draft words' });
        await dictation.end();
        await diskBecomes(document.uri, 'x Words.\n');
        await undo();
        await shows(document, 'x\n');
      } finally {
        counting.dispose();
        for (const [name, value] of before) await files.update(name, value, Global);
      }
    });

    it('without formatting: the draft goes out of the file at once and comes back, and nothing is formatted', async () => {
      const formatter = await SavingFormatter.start();
      try {
        const editor = await openFile('raw-save.txt', 'x|\n');
        const { document } = editor;
        await type('!');
        dictation = new Dictation(editor, { inline: ghosts });
        dictation.session.draft(1, 'draft words');
        await shows(document, 'x! draft words\n');
        await run('workbench.action.files.saveWithoutFormatting');
        await diskBecomes(document.uri, 'x!\n');
        await shows(document, 'x! draft words\n');
        assert.equal(await onDisk(document.uri), 'x!\n', 'it does not come back to the file');
        await dictation.cancel();
        await shows(document, 'x!\n');
        await until('there is nothing to save', () => !document.isDirty);
        assert.equal(formatter.runs, 0);
      } finally {
        await formatter.stop();
      }
    });

    it('as a file for the first time: the draft is not in it', async () => {
      const untitled = await vscode.workspace.openTextDocument({ content: 'first line\nx' });
      const editor = await vscode.window.showTextDocument(untitled);
      placeCursor(editor, 12);
      dictation = new Dictation(editor, { inline: ghosts });
      dictation.session.draft(1, 'draft words');
      await shows(untitled, 'first line\nx draft words');
      void run('workbench.action.files.saveAs');
      await until('the file is written', () => {
        // The dialog comes up by itself; accepting it is harmless before.
        void run('quickInput.accept');
        return vscode.window.activeTextEditor?.document.uri.scheme === 'file';
      });
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document);
      try {
        assert.equal(await onDisk(document.uri), 'first line\nx');
      } finally {
        await vscode.workspace.fs.delete(document.uri);
      }
    });
  });

  describe('changed by another program', () => {
    it('is read anew, and the draft stands in the new text', async () => {
      const { document } = await draftInto('changed-inline.txt', 'alpha beta gamma|\n', 'draft');
      await vscode.workspace.fs.writeFile(document.uri, Buffer.from('new line\nalpha beta gamma\n'));
      await shows(document, 'new line\nalpha beta gamma draft\n');
      dictation.session.commit(1, 'Words.', { replacedDraft: 'draft' });
      await dictation.end();
      assert.equal(document.getText(), 'new line\nalpha beta gamma Words.\n');
      // Without a conflict: the text is based on what the file holds.
      assert.equal(await document.save(), true);
      assert.equal(await onDisk(document.uri), 'new line\nalpha beta gamma Words.\n');
    });

    it('keeps what the user has not saved', async () => {
      const editor = await openFile('changed-dirty.txt', 'alpha|\n');
      await type('!');
      dictation = new Dictation(editor, { inline: ghosts });
      dictation.session.draft(1, 'draft');
      await shows(editor.document, 'alpha! draft\n');
      await vscode.workspace.fs.writeFile(editor.document.uri, Buffer.from('other\n'));
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      assert.equal(editor.document.getText(), 'alpha! draft\n');
      await dictation.cancel();
      await shows(editor.document, 'alpha!\n');
    });
  });

  describe('cancelled', () => {
    it('behind another tab, and edited since: that edit is kept', async () => {
      const { document } = await draftInto('cancel-edited.txt', 'x|\nother\n', 'one');
      await openFile('cancel-front.txt', '|\n');
      await dictation.cancel();
      await shows(document, 'x\nother\n');
      await until('there is nothing to save', () => !document.isDirty);
      await replace(document, [0, 0, 'MINE ']);
      await vscode.window.showTextDocument(document);
      await run('cursorDown');
      await run('cursorUp');
      assert.equal(document.getText(), 'MINE x\nother\n');
      assert.equal(document.isDirty, true);
    });

    it('after confirmed words of the same utterance: those stay', async () => {
      const { document } = await draftInto('cancel-partly.txt', 'x|\n', 'one two');
      dictation.session.commit(1, 'One', { final: false, replacedDraft: 'one' });
      await shows(document, 'x One two\n');
      assert.equal(await dictation.cancel(), 'two');
      await shows(document, 'x One\n');
      assert.deepEqual(dictation.inserted, ['One']);
      await undo();
      await shows(document, 'x\n');
    });
  });

  describe('left behind by a window that ended', () => {
    /** Memory of a workspace, which outlives its windows. */
    class Memory implements vscode.Memento {
      private readonly values = new Map<string, unknown>();
      keys = () => [...this.values.keys()];
      get = <T>(key: string, byDefault?: T) => (this.values.get(key) as T | undefined) ?? byDefault;
      update = (key: string, value: unknown) => {
        if (value === undefined) this.values.delete(key);
        else this.values.set(key, value);
        return Promise.resolve();
      };
      copy(): Memory {
        const copy = new Memory();
        for (const [key, value] of this.values) void copy.update(key, value);
        return copy;
      }
    }

    /** Dictates a draft into an editor. Returns what the workspace remembers of it, and takes the draft out again. */
    async function remembered(editor: vscode.TextEditor, draft: string): Promise<Memory> {
      const memory = new Memory();
      const before = editor.document.getText();
      dictation = new Dictation(editor, { inline: ghosts, record: new DraftRecord(memory) });
      dictation.session.draft(1, draft);
      await until('the draft stands there', () => editor.document.getText().includes(draft));
      const copy = memory.copy();
      await dictation.cancel();
      await shows(editor.document, before);
      await dictation.dispose();
      assert.deepEqual(memory.keys(), [], 'nothing is remembered of what is gone');
      return copy;
    }

    it('and brought back by hot exit: taken out, and there is nothing to save', async () => {
      const editor = await openFile('hot-exit.txt', 'x|\n');
      const memory = await remembered(editor, 'draft words');
      placeCursor(editor, 1);
      await type(' draft words');
      await takeOutStrayDrafts(memory);
      assert.equal(editor.document.getText(), 'x\n');
      await until('it is clean', () => !editor.document.isDirty);
      assert.deepEqual(memory.keys(), []);
    });

    it('and brought back behind another tab: the same', async () => {
      const editor = await openFile('hot-exit-behind.txt', 'x|\n');
      const { document } = editor;
      const memory = await remembered(editor, 'draft words');
      placeCursor(editor, 1);
      await type(' draft words');
      await openFile('hot-exit-front.txt', '|\n');
      await takeOutStrayDrafts(memory);
      await shows(document, 'x\n');
      await until('it is clean', () => !document.isDirty);
      assert.equal(await onDisk(document.uri), 'x\n');
    });

    it('beside what the user had not saved: that stays as it is', async () => {
      const editor = await openFile('hot-exit-dirty.txt', 'x|\n');
      await type('!');
      const memory = await remembered(editor, 'draft');
      placeCursor(editor, 2);
      await type(' draft');
      await takeOutStrayDrafts(memory);
      assert.equal(editor.document.getText(), 'x!\n');
      assert.equal(editor.document.isDirty, true);
    });

    it('and written to the file when it closed: taken out of the file', async () => {
      const editor = await openFile('saved-at-exit.txt', 'x|\n');
      const { document } = editor;
      const memory = await remembered(editor, 'draft');
      await vscode.workspace.fs.writeFile(document.uri, Buffer.from('x draft\n'));
      await shows(document, 'x draft\n');
      await takeOutStrayDrafts(memory);
      assert.equal(await onDisk(document.uri), 'x\n');
    });

    it('and edited since: it is the user’s', async () => {
      const editor = await openFile('edited-since.txt', 'x|\n');
      const memory = await remembered(editor, 'draft');
      placeCursor(editor, 1);
      await type(' drift');
      await takeOutStrayDrafts(memory);
      assert.equal(editor.document.getText(), 'x drift\n');
      assert.deepEqual(memory.keys(), []);
    });
  });

  it('closed without saving: no draft is in the file, and the words still come', async () => {
    const { document } = await draftInto('closed-inline.txt', 'one| three\n', 'too');
    await closeEditors();
    await until('the document is closed', () => document.isClosed);
    assert.equal(await onDisk(document.uri), 'one three\n');
    dictation.session.commit(1, 'two', { replacedDraft: 'too' });
    await dictation.end();
    const again = await vscode.workspace.openTextDocument(document.uri);
    assert.equal(again.getText(), 'one two three\n');
    await vscode.window.showTextDocument(again);
  });

  it('renamed: the draft goes along, but not to the disk', async () => {
    const { document } = await draftInto('rename-inline.txt', 'one| three\n', 'too');
    const renamed = sibling(document.uri, 'renamed-inline.txt');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(document.uri, renamed, { overwrite: true });
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    await until(
      'the new name is open',
      () => vscode.window.activeTextEditor?.document.uri.toString() === renamed.toString(),
    );
    assert.equal(await onDisk(renamed), 'one three\n');
    await dictation.cancel();
    const now = vscode.window.activeTextEditor?.document;
    assert.ok(now);
    await shows(now, 'one three\n');
  });
});
