import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readSettings } from '../../src/vscode/settings';
import { SettleView, type MarkableEditor } from '../../src/vscode/settle-view';
import { Dictation } from './suite/dictation';
import { closeEditors, openFile, until } from './suite/editor';

const { Global } = vscode.ConfigurationTarget;

/** An editor that tells what is marked in it. */
class WatchedEditor implements MarkableEditor {
  /** Text behind which marks were put, one entry a mark, oldest first. */
  readonly seen: string[][] = [];
  private readonly marked = new Set<vscode.TextEditorDecorationType>();

  constructor(private readonly editor: vscode.TextEditor) {}

  get document(): vscode.TextDocument {
    return this.editor.document;
  }

  /** How many marks can be seen now. */
  get count(): number {
    return this.marked.size;
  }

  setDecorations(type: vscode.TextEditorDecorationType, ranges: readonly vscode.Range[]): void {
    this.editor.setDecorations(type, ranges);
    if (ranges.length === 0) this.marked.delete(type);
    else this.marked.add(type);
    if (ranges.length > 0) this.seen.push(ranges.map((range) => this.document.getText(range)));
  }
}

describe('words that settle', () => {
  let dictation: Dictation;
  let settle: SettleView;

  afterEach(async () => {
    await dictation.dispose();
    settle.dispose();
    await vscode.workspace.getConfiguration('tandem').update('draft.settle', undefined, Global);
    await vscode.workspace.getConfiguration('workbench').update('reduceMotion', undefined, Global);
    await closeEditors();
  });

  /** Dictates a sentence of which the heavy model has corrected two words. */
  async function dictate(): Promise<WatchedEditor> {
    const editor = await openFile('settle.txt', '|\n');
    const watched = new WatchedEditor(editor);
    settle = new SettleView(
      () => readSettings()['draft.settle'],
      () => [watched],
    );
    dictation = new Dictation(editor, { settle });
    dictation.session.draft(1, 'fix the text in main seal');
    dictation.session.commit(1, 'Fix the test in main shell.', {
      replacedDraft: 'fix the text in main seal',
    });
    await dictation.end();
    assert.equal(editor.document.getText(), 'Fix the test in main shell.\n');
    return watched;
  }

  const set = (section: string, name: string, value: string) =>
    vscode.workspace.getConfiguration(section).update(name, value, Global);

  it('are marked, those that were corrected a second time, and not for long', async () => {
    const watched = await dictate();
    assert.deepEqual(watched.seen, [['Fix the test in main shell.'], ['test', 'shell.']]);
    assert.equal(watched.count, 2);
    await until('no mark is left', () => watched.count === 0);
  });

  it('are marked only where they were corrected, if the setting says so', async () => {
    await set('tandem', 'draft.settle', 'corrections');
    assert.deepEqual((await dictate()).seen, [['test', 'shell.']]);
  });

  it('are not marked if the setting says so', async () => {
    await set('tandem', 'draft.settle', 'off');
    assert.deepEqual((await dictate()).seen, []);
  });

  it('are not marked where motion is reduced', async () => {
    await set('workbench', 'reduceMotion', 'on');
    assert.deepEqual((await dictate()).seen, []);
  });
});
