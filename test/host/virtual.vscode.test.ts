import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { wordErrors } from '../../src/core/measure/wer';
import { COMMANDS } from '../../src/vscode/command-ids';
import { VIRTUAL_SCHEME } from './run/virtual-folder';
import { Dictation } from './suite/dictation';
import { closeEditors, placeCursor, repositoryFile, undo, until } from './suite/editor';
import { VirtualFiles } from './suite/virtual-files';

describe('a file that is on no disk', () => {
  let provider: VirtualFiles;
  let registration: vscode.Disposable;

  before(() => {
    provider = new VirtualFiles();
    registration = vscode.workspace.registerFileSystemProvider(VIRTUAL_SCHEME, provider);
  });
  after(() => registration.dispose());
  afterEach(closeEditors);

  async function open(name: string, content: string): Promise<vscode.TextEditor> {
    const uri = vscode.Uri.from({ scheme: VIRTUAL_SCHEME, path: `/${name}` });
    provider.write(uri.path, content.replace('|', ''));
    await vscode.commands.executeCommand('vscode.open', uri);
    await until(`${name} is open`, () => vscode.window.activeTextEditor?.document.uri.path === uri.path);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    placeCursor(editor, content.indexOf('|'));
    return editor;
  }
  const stored = ({ document }: vscode.TextEditor) => provider.text(document.uri.path);

  it('is dictated into, undone and saved as any other, also when it was closed meanwhile', async () => {
    const editor = await open('notes.md', 'one| three\n');
    const first = new Dictation(editor);
    first.session.draft(1, 'big');
    first.session.commit(1, 'big');
    await first.end();
    await first.dispose();
    assert.equal(editor.document.getText(), 'one big three\n');
    await undo();
    assert.equal(editor.document.getText(), 'one three\n');
    await editor.document.save();

    placeCursor(editor, 3);
    const second = new Dictation(editor);
    await closeEditors();
    await until('the document is closed', () => editor.document.isClosed);
    second.session.commit(1, 'and a half');
    await second.end();
    await second.dispose();
    assert.deepEqual([...first.lost, ...second.lost], []);
    const { uri } = editor.document;
    const again = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    assert.equal(again?.getText(), 'one and a half three\n');
    await again.save();
    assert.equal(stored(editor), 'one and a half three\n');
    await vscode.window.showTextDocument(again);
  });

  it('takes a whole dictation, from sound to text', async () => {
    const editor = await open('spoken.md', '|\n');
    const recording = vscode.Uri.file(repositoryFile('test', 'fixtures', 'recordings', 't17.wav'));
    await vscode.commands.executeCommand(COMMANDS.dictateRecording, recording, { pace: 'max' });
    const said = await readFile(repositoryFile('test', 'fixtures', 'recordings', 't17.txt'), 'utf8');
    assert.ok(wordErrors(said, editor.document.getText()).rate < 0.3, editor.document.getText());
    await editor.document.save();
    assert.equal(stored(editor), editor.document.getText());
  }).timeout(120_000);

  it('that is read-only is not touched', async () => {
    provider.locked.add('/locked.md');
    const editor = await open('locked.md', '|text\n');
    const recording = vscode.Uri.file(repositoryFile('test', 'fixtures', 'recordings', 't17.wav'));
    await vscode.commands.executeCommand(COMMANDS.dictateRecording, recording, { pace: 'max' });
    assert.equal(editor.document.getText(), 'text\n');
    assert.equal(editor.document.isDirty, false);
  });
});
