import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, openFile, placeCursor, replace, type, undo, until } from './suite/editor';
import { diskBecomes, onDisk, SavingFormatter, shows } from './suite/files';
import { inlineDictations } from './suite/inline';

const run = (command: string) => vscode.commands.executeCommand(command);
const sibling = (uri: vscode.Uri, name: string) => vscode.Uri.joinPath(uri, '..', name);

describe('drafts in the document and its file (style inline)', () => {
  const { dictate, draftInto } = inlineDictations();

  describe('saved', () => {
    it('by a formatter that takes its time: words that come meanwhile are not written', async () => {
      const editor = await openFile('slow-save.txt', 'x|\n');
      const dictation = dictate(editor);
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
        const { document, dictation } = await draftInto('auto-save.txt', 'x|\n', 'draft');
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
        const dictation = dictate(editor);
        dictation.session.draft(1, 'draft words');
        await shows(document, 'x! draft words\n');
        await run('workbench.action.files.saveWithoutFormatting');
        await diskBecomes(document.uri, 'x!\n');
        await shows(document, 'x! draft words\n');
        assert.equal(await onDisk(document.uri), 'x!\n', 'it does not come back to the file');
        assert.equal(formatter.runs, 0);
        await dictation.cancel();
        await shows(document, 'x!\n');
        await until('there is nothing to save', () => !document.isDirty);
        await diskBecomes(document.uri, 'x!\n');
      } finally {
        await formatter.stop();
      }
    });

    it('without formatting, from the list of open editors: so it is, and the file that is in front stays unsaved', async () => {
      const formatter = await SavingFormatter.start();
      try {
        const { document, dictation } = await draftInto('raw-save-behind.txt', 'x|\n');
        const front = await openFile('raw-save-front.txt', 'y|\n');
        await type('!');
        await run('workbench.files.action.focusOpenEditorsView');
        await run('list.focusFirst');
        await run('workbench.action.files.saveWithoutFormatting');
        await until('it was formatted', () => formatter.runs > 0);
        await diskBecomes(document.uri, 'x\n');
        await shows(document, 'x\n');
        assert.equal(front.document.isDirty, true);
        assert.equal(await onDisk(front.document.uri), 'y\n');
        await vscode.window.showTextDocument(document);
        dictation.session.draft(1, 'draft words');
        await shows(document, 'x draft words\n');
        assert.equal(await onDisk(document.uri), 'x\n', 'neither draft nor formatting comes to the file');
        await dictation.cancel();
        await vscode.window.showTextDocument(front.document);
      } finally {
        await formatter.stop();
        await run('workbench.action.closeSidebar');
      }
    });

    it('as a file for the first time: the draft is not in it', async () => {
      const untitled = await vscode.workspace.openTextDocument({ content: 'first line\nx' });
      const editor = await vscode.window.showTextDocument(untitled);
      placeCursor(editor, 12);
      const dictation = dictate(editor);
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
      const { document, dictation } = await draftInto('changed-inline.txt', 'alpha beta gamma|\n', 'draft');
      await vscode.workspace.fs.writeFile(document.uri, Buffer.from('new line\nalpha beta gamma\n'));
      await shows(document, 'new line\nalpha beta gamma draft\n');
      dictation.session.commit(1, 'Words.', { replacedDraft: 'draft' });
      await dictation.end();
      assert.equal(document.getText(), 'new line\nalpha beta gamma Words.\n');
      // Without a conflict: the text is based on what the file holds.
      assert.equal(await document.save(), true);
      assert.equal(await onDisk(document.uri), 'new line\nalpha beta gamma Words.\n');
    });

    it('is read anew also behind another tab, and after a draft that came to nothing', async () => {
      const { document, dictation } = await draftInto('changed-behind.txt', 'alpha|\n');
      await openFile('changed-front.txt', '|\n');
      await vscode.workspace.fs.writeFile(document.uri, Buffer.from('new line\nalpha\n'));
      await shows(document, 'new line\nalpha\n');
      await until('there is nothing to save', () => !document.isDirty);
      await vscode.window.showTextDocument(document);
      dictation.session.draft(1, 'draft words');
      await shows(document, 'new line\nalpha draft words\n');
      dictation.session.commit(1, '', { replacedDraft: 'draft words' });
      await shows(document, 'new line\nalpha\n');
      await vscode.workspace.fs.writeFile(document.uri, Buffer.from('another line\nalpha\n'));
      await shows(document, 'another line\nalpha\n');
      await until('there is nothing to save', () => !document.isDirty);
      await dictation.end();
      assert.equal(await onDisk(document.uri), 'another line\nalpha\n');
    });

    it('keeps what the user has not saved', async () => {
      const editor = await openFile('changed-dirty.txt', 'alpha|\n');
      await type('!');
      const dictation = dictate(editor);
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
      const { document, dictation } = await draftInto('cancel-edited.txt', 'x|\nother\n', 'one');
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
      const { document, dictation } = await draftInto('cancel-partly.txt', 'x|\n', 'one two');
      dictation.session.commit(1, 'One', { final: false, replacedDraft: 'one' });
      await shows(document, 'x One two\n');
      assert.equal(await dictation.cancel(), 'two');
      await shows(document, 'x One\n');
      assert.deepEqual(dictation.inserted, ['One']);
      await undo();
      await shows(document, 'x\n');
    });
  });

  it('closed without saving: no draft is in the file, and the words still come', async () => {
    const { document, dictation } = await draftInto('closed-inline.txt', 'one| three\n', 'too');
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
    const { document, dictation } = await draftInto('rename-inline.txt', 'one| three\n', 'too');
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
