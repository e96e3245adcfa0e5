import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DraftRecord, takeOutStrayDrafts } from '../../src/vscode/draft-record';
import { openFile, placeCursor, type, until } from './suite/editor';
import { onDisk, shows } from './suite/files';
import { inlineDictations } from './suite/inline';

describe('drafts in the document (style inline), left behind by a window that ended', () => {
  const { dictate } = inlineDictations();

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
    const { isDirty } = editor.document;
    const before = editor.document.getText();
    const dictation = dictate(editor, { record: new DraftRecord(memory) });
    dictation.session.draft(1, draft);
    await until('the draft stands there', () => editor.document.getText().includes(draft));
    const copy = memory.copy();
    await dictation.cancel();
    await shows(editor.document, before);
    await until('it is as clean as it was', () => editor.document.isDirty === isDirty);
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
