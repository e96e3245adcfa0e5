import assert from 'node:assert/strict';
import { EMPTY, of, throwError } from 'rxjs';
import * as vscode from 'vscode';
import { DictationError } from '../../src/core/errors';
import { downloadModels, offerResume } from '../../src/vscode/model-download';
import { insertInto, TextKeeper } from '../../src/vscode/text-keeper';
import { closeEditors, openFile, until } from './suite/editor';
import { MemoryLog, ScriptedServices } from './suite/scripted';

/** A memory that keeps nothing. */
const forgetful: vscode.Memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };

describe('text that was kept', () => {
  afterEach(closeEditors);

  it('goes into its document, which is opened again for it', async () => {
    const { document } = await openFile('kept.txt', 'one three|\n');
    await closeEditors();
    await until('the document is closed', () => document.isClosed);
    assert.equal(await insertInto({ uri: document.uri.toString(), offset: 3 }, 'two'), true);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'one two three\n');
  });

  it('goes to the end of a document that has become shorter', async () => {
    const { document } = await openFile('shorter.txt', 'one|');
    assert.equal(await insertInto({ uri: document.uri.toString(), offset: 99 }, 'two'), true);
    assert.equal(document.getText(), 'one two');
  });

  it('goes into a new document when its own is gone', async () => {
    const { document } = await openFile('gone.txt', '|');
    await closeEditors();
    await vscode.workspace.fs.delete(document.uri);
    await until('the document is closed', () => document.isClosed);
    assert.equal(await insertInto({ uri: document.uri.toString(), offset: 5 }, 'one'), true);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'one');
    assert.equal(vscode.window.activeTextEditor?.document.isUntitled, true);
  });

  it('goes into the cell of a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'one three', 'python');
    const data = new vscode.NotebookData([cell]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(0);
    assert.equal(await insertInto({ uri: document.uri.toString(), offset: 3 }, 'two'), true);
    assert.equal(document.getText(), 'one two three');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('goes into a new document also while VS Code keeps the former one, which nothing shows', async () => {
    const { document } = await openFile('gone-kept.txt', '|');
    await closeEditors();
    await until('the document is closed', () => document.isClosed);
    const kept = await vscode.workspace.openTextDocument(document.uri);
    await vscode.workspace.fs.delete(document.uri);
    assert.equal(await insertInto({ uri: document.uri.toString(), offset: 5 }, 'one'), true);
    assert.equal(kept.isClosed, false);
    assert.equal(kept.getText(), '');
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'one');
    assert.equal(vscode.window.activeTextEditor?.document.isUntitled, true);
  });

  it('is refused by a read-only editor, which the caller is told', async () => {
    const { document } = await openFile('kept-locked.txt', 'x|\n');
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    assert.equal(await insertInto({ uri: document.uri.toString(), offset: 1 }, 'one'), false);
    assert.equal(document.getText(), 'x\n');
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorWriteableInSession');
  });
});

describe('text that the history does not take', () => {
  const { showWarningMessage } = vscode.window;
  afterEach(() => void Object.assign(vscode.window, { showWarningMessage }));

  it('is offered all the same, and the log does not tell it', async () => {
    const log = new MemoryLog();
    const add = () => {
      throw new Error('they said hidden words');
    };
    const offered: string[] = [];
    const take = (message: string, ...choices: string[]) => {
      offered.push(message);
      return Promise.resolve(choices.find((choice) => choice === 'Copy'));
    };
    Object.assign(vscode.window, { showWarningMessage: take });
    await vscode.env.clipboard.writeText('');
    const place = { uri: 'untitled:Untitled-1', offset: 0 };
    new TextKeeper({ add }, log).keep({ text: 'hidden words', ...place }, 'Dictation ended early.');
    let copied = '';
    while (copied === '') copied = await vscode.env.clipboard.readText();
    assert.equal(copied, 'hidden words');
    assert.deepEqual(offered, ['Dictation ended early. The dictated text was kept.']);
    assert.match(log.records.join('\n'), /^error The history does not take text: Error at /);
    assert.ok(!log.records.join().includes('hidden'));
  });
});

describe('downloading models', () => {
  it('loads what is missing, and nothing twice', async () => {
    const { models } = new ScriptedServices();
    const loaded: string[] = [];
    const store = {
      ...models,
      has: (name: string) => Promise.resolve(name === 'fast'),
      download: (name: string) => {
        loaded.push(name);
        return of({ name, receivedBytes: 1, totalBytes: 2 }, { name, receivedBytes: 2, totalBytes: 2 });
      },
    };
    assert.equal(await downloadModels(store, forgetful), true);
    assert.deepEqual(loaded, ['heavy']);
    assert.equal(await downloadModels({ ...models, download: () => EMPTY }, forgetful), true);
  });

  it('hands an error on', async () => {
    const { models } = new ScriptedServices();
    const offline = new DictationError('model', 'offline', 'There is no network.', 'Try again later.');
    const store = { ...models, has: () => Promise.resolve(false), download: () => throwError(() => offline) };
    await assert.rejects(() => downloadModels(store, forgetful), offline);
  });

  it('is not called interrupted while another window is at it, and once only', async () => {
    const remembered: unknown[] = [['fast', 'heavy']];
    const memory: vscode.Memento = {
      keys: () => [],
      get: () => remembered.at(-1),
      update: (_, value) => Promise.resolve(void remembered.push(value)),
    };
    // Another window downloads both, with a moment between them.
    const at = ['fast', '', 'heavy', 'heavy', '', ''];
    let looks = 0;
    const there = new Set<string>();
    const store = {
      has: (name: string) => Promise.resolve(there.has(name)),
      isDownloading: (name: string) => {
        const now = at[Math.floor(looks++ / 2)];
        if (name === now) there.add(name);
        return Promise.resolve(name === now);
      },
    };
    await offerResume(store, memory, new AbortController().signal, 1);
    assert.deepEqual([...there], ['fast', 'heavy']);
    assert.equal(looks, at.length * 2, 'looked until nobody downloaded twice in a row');
    assert.equal(remembered.at(-1), undefined);
    await offerResume(store, memory, new AbortController().signal, 1);
    assert.equal(looks, at.length * 2, 'nothing is left to look for');
  });
});
