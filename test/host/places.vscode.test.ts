import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, openFile, placeCursor, type, undo, until } from './suite/editor';
import { Dictation } from './suite/dictation';

const text = () => vscode.window.activeTextEditor?.document.getText();

describe('words reach the place where dictation began', () => {
  let dictation: Dictation;

  afterEach(async () => {
    await dictation.dispose();
    await closeEditors();
  });

  const commit = async (id: number, words: string) => {
    dictation.session.commit(id, words);
    await dictation.end();
  };

  it('when its file was closed and is opened again by the user', async () => {
    const editor = await openFile('reopened.txt', 'one| three\n');
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'two');
    await closeEditors();
    await until('the document is closed', () => editor.document.isClosed);
    assert.equal(dictation.closings, 1);
    await vscode.commands.executeCommand('vscode.open', editor.document.uri);
    await until('the file is open again', () => text() === 'one three\n');
    await commit(1, 'two');
    assert.equal(text(), 'one two three\n');
    assert.deepEqual(dictation.lost, []);
    assert.deepEqual(dictation.inserted, ['two']);
  });

  it('when its file stays closed: it is edited unseen', async () => {
    const editor = await openFile('unseen.txt', 'one| three\n');
    const { uri } = editor.document;
    dictation = new Dictation(editor);
    await closeEditors();
    await until('the document is closed', () => editor.document.isClosed);
    await openFile('another.txt', '|another\n');
    await commit(1, 'two');
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    assert.equal(document?.getText(), 'one two three\n');
    assert.equal(document.isDirty, true);
    await vscode.window.showTextDocument(document);
  });

  it('when its file was changed by another program while it was closed', async () => {
    const editor = await openFile('changed.txt', 'alpha beta gamma| delta epsilon\n');
    const { uri } = editor.document;
    dictation = new Dictation(editor);
    await closeEditors();
    await until('the document is closed', () => editor.document.isClosed);
    await vscode.workspace.fs.writeFile(uri, Buffer.from('new line\nalpha beta gamma delta epsilon\n'));
    await commit(1, 'and a half');
    await vscode.window.showTextDocument(uri);
    assert.equal(text(), 'new line\nalpha beta gamma and a half delta epsilon\n');
  });

  it('but not in a file that is a different one by now', async () => {
    const editor = await openFile('different.txt', 'alpha beta gamma| delta epsilon\n');
    const { uri } = editor.document;
    dictation = new Dictation(editor);
    await closeEditors();
    await until('the document is closed', () => editor.document.isClosed);
    await vscode.workspace.fs.writeFile(uri, Buffer.from('{ "nothing": "of that" }\n'));
    await commit(1, 'and a half');
    assert.deepEqual(dictation.lost, [['and a half', 'closed']]);
    assert.equal(String(await vscode.workspace.fs.readFile(uri)), '{ "nothing": "of that" }\n');
  });

  /** Opens a file whose document VS Code keeps for minutes after its tab is closed, because an extension opened it before. */
  async function openKept(name: string, content: string): Promise<vscode.TextEditor> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(content.replace('|', '')));
    await vscode.workspace.openTextDocument(uri);
    return openFile(name, content);
  }

  it('when its file was closed and VS Code keeps its document', async () => {
    const { document } = await openKept('kept-closed.txt', 'one| three\n');
    dictation = new Dictation(vscode.window.activeTextEditor!);
    dictation.session.draft(1, 'two');
    await closeEditors();
    await until('it is told as closed', () => dictation.closings === 1);
    assert.equal(document.isClosed, false);
    await commit(1, 'two');
    assert.equal(document.getText(), 'one two three\n');
    assert.deepEqual(dictation.lost, []);
    await vscode.window.showTextDocument(document);
  });

  it('but not in one that was closed and deleted, although VS Code keeps its document: nobody would see them', async () => {
    const { document } = await openKept('kept-deleted.txt', 'one| three\n');
    dictation = new Dictation(vscode.window.activeTextEditor!);
    dictation.session.draft(1, 'two');
    await closeEditors();
    await vscode.workspace.fs.delete(document.uri);
    await commit(1, 'two');
    assert.equal(document.isClosed, false);
    assert.deepEqual(dictation.lost, [['two', 'closed']]);
    assert.equal(document.getText(), 'one three\n');
  });

  it('in a file that was deleted, as long as a tab shows it', async () => {
    const editor = await openFile('deleted-shown.txt', 'one| three\n');
    await type(' and');
    dictation = new Dictation(editor);
    await openFile('deleted-front.txt', '|\n');
    await vscode.workspace.fs.delete(editor.document.uri);
    await commit(1, 'two');
    assert.deepEqual(dictation.lost, []);
    assert.equal(editor.document.getText(), 'one and two three\n');
    assert.equal(dictation.closings, 0);
    await vscode.window.showTextDocument(editor.document);
  });

  it('when its tab moves to another group', async () => {
    const editor = await openFile('moved-tab.txt', 'one| three\n');
    dictation = new Dictation(editor);
    await vscode.commands.executeCommand('workbench.action.moveEditorToRightGroup');
    await vscode.commands.executeCommand('workbench.action.moveEditorToLeftGroup');
    await commit(1, 'two');
    assert.equal(editor.document.getText(), 'one two three\n');
    assert.equal(dictation.closings, 0);
  });

  it('when its file is renamed, with unsaved changes, while it is dictated', async () => {
    const editor = await openFile('old-name.txt', 'one| three\n');
    const { uri } = editor.document;
    await type(' and');
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'two');
    const edit = new vscode.WorkspaceEdit();
    const renamed = vscode.Uri.joinPath(uri, '..', 'new-name.txt');
    edit.renameFile(uri, renamed, { overwrite: true });
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    await until('the new name is open', () => text() === 'one and three\n');
    await commit(1, 'two');
    assert.equal(text(), 'one and two three\n');
    assert.equal(dictation.closings, 0, 'dictation goes on');
    assert.equal(dictation.take.target.place.uri, renamed.toString());
  });

  it('when its folder is renamed', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    await vscode.workspace.fs
      .delete(vscode.Uri.joinPath(folder, 'moved'), { recursive: true })
      .then(undefined, () => undefined);
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(folder, 'sub'));
    const editor = await openFile('sub/file.txt', 'one| three\n');
    dictation = new Dictation(editor);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(vscode.Uri.joinPath(folder, 'sub'), vscode.Uri.joinPath(folder, 'moved'));
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    await commit(1, 'two');
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'moved', 'file.txt'));
    assert.equal(text(), 'one two three\n');
  });

  it('when an unsaved document is saved as a file', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'saved words  here' });
    const editor = await vscode.window.showTextDocument(document);
    placeCursor(editor, 12);
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'are');
    void vscode.commands.executeCommand('workbench.action.files.saveAs');
    await until('the file is written', () => {
      // The dialog comes up by itself; accepting it is harmless before.
      void vscode.commands.executeCommand('quickInput.accept');
      return vscode.window.activeTextEditor?.document.uri.scheme === 'file';
    });
    await until('the unsaved one is closed', () => document.isClosed);
    await commit(1, 'are');
    assert.equal(text(), 'saved words are here');
    assert.equal(dictation.closings, 0);
    const saved = vscode.window.activeTextEditor;
    await saved?.document.save();
    if (saved) await vscode.workspace.fs.delete(saved.document.uri);
  });

  it('in a cell of a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, '# one three', 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
    await until('the cell is shown', () =>
      vscode.window.visibleTextEditors.some((editor) => editor.document === notebook.cellAt(0).document),
    );
    await vscode.commands.executeCommand('notebook.cell.edit');
    await until(
      'the cell is edited',
      () => vscode.window.activeTextEditor?.document === notebook.cellAt(0).document,
    );
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    placeCursor(editor, 5);
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'two');
    await commit(1, 'two');
    assert.equal(notebook.cellAt(0).document.getText(), '# one two three');
    await undo();
    assert.equal(notebook.cellAt(0).document.getText(), '# one three');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  /** Opens a notebook that lies in a file, with two cells, and dictates into the first one. */
  async function dictateIntoNotebook(name: string): Promise<vscode.NotebookDocument> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, name);
    const cell = (source: string) => ({ cell_type: 'markdown', metadata: {}, source: [source] });
    const content = {
      cells: [cell('one three'), cell('other')],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    await vscode.workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(content)));
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const { document } = notebook.cellAt(0);
    await until('the cell is edited', () => vscode.window.activeTextEditor?.document === document);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    placeCursor(editor, 3);
    dictation = new Dictation(editor);
    dictation.session.draft(1, 'two');
    return notebook;
  }

  it('not in a cell that was deleted', async () => {
    const notebook = await dictateIntoNotebook('cell-deleted.ipynb');
    const edit = new vscode.WorkspaceEdit();
    edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 1))]);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    await commit(1, 'two');
    assert.deepEqual(dictation.lost, [['two', 'closed']]);
    assert.equal(notebook.cellAt(0).document.getText(), 'other');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('in a cell when its notebook was closed and VS Code keeps it', async () => {
    const notebook = await dictateIntoNotebook('notebook-closed.ipynb');
    await closeEditors();
    await until('it is told as closed', () => dictation.closings === 1);
    await commit(1, 'two');
    assert.equal(notebook.cellAt(0).document.getText(), 'one two three');
    assert.deepEqual(dictation.lost, []);
    await closeEditors();
  });

  it('on both sides of a comparison of files', async () => {
    const left = (await openFile('left.txt', 'one three\n')).document.uri;
    const right = (await openFile('right.txt', 'one three\n')).document.uri;
    for (const side of [right, left]) {
      await closeEditors();
      await vscode.commands.executeCommand('vscode.diff', left, right);
      await until('both sides are shown', () => vscode.window.visibleTextEditors.length === 2);
      const editor = vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.toString() === side.toString(),
      );
      assert.ok(editor);
      placeCursor(editor, 3);
      dictation = new Dictation(editor);
      dictation.session.draft(1, 'two');
      await commit(1, 'two');
      assert.equal(editor.document.getText(), 'one two three\n');
      await dictation.dispose();
    }
  });

  it('not in a file that is read-only for VS Code, seen or unseen: there it would never be saved', async () => {
    const editor = await openFile('session-locked.txt', 'x|\n');
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    dictation = new Dictation(editor);
    dictation.session.commit(1, 'one.');
    await until('the first one is reported', () => dictation.lost.length === 1);
    await openFile('in-front.txt', '|\n');
    await commit(2, 'two.');
    assert.deepEqual(dictation.lost, [
      ['one.', 'refused'],
      ['two.', 'refused'],
    ]);
    await vscode.window.showTextDocument(editor.document.uri);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorWriteableInSession');
  });
});
