import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { wordErrors } from '../../src/core/measure/wer';
import { COMMANDS } from '../../src/vscode/command-ids';
import { Dictation } from './suite/dictation';
import { closeEditors, placeCursor, repositoryFile, undo, until } from './suite/editor';

const SCHEME = 'tandem-virtual';

/** Files that exist nowhere but in memory, as those of a repository that was opened without a copy of it. */
class VirtualFiles implements vscode.FileSystemProvider {
  private readonly changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;
  readonly files = new Map<string, Uint8Array>();
  readonly locked = new Set<string>();

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  stat({ path }: vscode.Uri): vscode.FileStat {
    const content = this.files.get(path);
    if (!content) throw vscode.FileSystemError.FileNotFound(path);
    const permissions = this.locked.has(path) ? { permissions: vscode.FilePermission.Readonly } : {};
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: content.length, ...permissions };
  }
  readFile({ path }: vscode.Uri): Uint8Array {
    const content = this.files.get(path);
    if (!content) throw vscode.FileSystemError.FileNotFound(path);
    return content;
  }
  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    if (this.locked.has(path)) throw vscode.FileSystemError.NoPermissions(path);
    this.files.set(path, content);
  }
  readDirectory(): [string, vscode.FileType][] {
    return [];
  }
  createDirectory(): void {}
  delete(): void {}
  rename(): void {}
}

describe('a file that is on no disk', () => {
  let provider: VirtualFiles;
  let registration: vscode.Disposable;

  before(() => {
    provider = new VirtualFiles();
    registration = vscode.workspace.registerFileSystemProvider(SCHEME, provider);
  });
  after(() => registration.dispose());
  afterEach(closeEditors);

  async function open(name: string, content: string): Promise<vscode.TextEditor> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}` });
    provider.files.set(uri.path, Buffer.from(content.replace('|', '')));
    await vscode.commands.executeCommand('vscode.open', uri);
    await until(`${name} is open`, () => vscode.window.activeTextEditor?.document.uri.path === uri.path);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    placeCursor(editor, content.indexOf('|'));
    return editor;
  }
  const stored = ({ document }: vscode.TextEditor) => String(provider.files.get(document.uri.path));

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
