import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { chatSink, type RunCommand } from '../../src/vscode/box-sinks';
import { DraftView } from '../../src/vscode/draft-view';
import { clipboardSink } from '../../src/vscode/line-sinks';
import { lineTarget } from '../../src/vscode/line-target';
import { selectedRepository } from '../../src/vscode/selected-repository';
import { targetFor } from '../../src/vscode/start-target';
import { UtteranceLog } from '../../src/vscode/voice/utterance-log';
import { closeEditors, openFile, type, until } from './suite/editor';
import { InputDesk } from './suite/inputs';

describe('dictating into other inputs than editors', () => {
  let desk: InputDesk;

  beforeEach(() => {
    desk = new InputDesk();
  });
  afterEach(() => desk.dispose());

  it('the commit message gets text at its end, drafts stand in the status bar, and commands work', async () => {
    const { services, preview, told } = desk;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const source = vscode.scm.createSourceControl('tandem-test', 'Test', folder);
    source.inputBox.value = 'Fix';
    const scmInputs = () =>
      vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === 'vscode-scm' && !isClosed);
    await vscode.commands.executeCommand('workbench.view.scm');
    await until('the input is open', () => scmInputs().length === 1);
    await desk.start('commit');
    assert.equal(desk.shown.into, 'commit message');
    services.session.draft(1, 'the order');
    assert.equal(preview.text.replaceAll('\u00a0', ' '), '$(edit) the order');
    services.session.commit(1, 'the order of words');
    await until('it is written', () => source.inputBox.value === 'Fix the order of words');
    services.session.commit(2, 'again');
    services.session.commit(3, 'Scratch that.');
    await until('it is told', () => told.length === 1);
    assert.equal(told[0], undefined);
    await until('it is taken back', () => source.inputBox.value === 'Fix the order of words');
    source.dispose();
  });

  it('of several commit messages the one of the selected repository gets the text', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const [view, utterances] = [new DraftView(() => 100), new UtteranceLog()];
    const roots = ['first one', 'second+two'].map((name) => vscode.Uri.joinPath(folder, name));
    const sources = roots.map((root, index) =>
      vscode.scm.createSourceControl(`tandem-test-${index}`, `Test ${index}`, root),
    );
    const open = (selected: vscode.Uri | undefined) =>
      targetFor(
        'commit',
        () => ({ view, utterances }),
        () => selected,
      )({
        changed: () => undefined,
        written: () => undefined,
        undelivered: (text) => assert.fail(text),
        closed: () => undefined,
      });
    await vscode.commands.executeCommand('workbench.view.scm');
    const inputs = () => vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'vscode-scm');
    await until('both inputs are open', () => inputs().length === 2);
    for (const [index, root] of roots.entries()) {
      const target = open(root);
      assert.equal(target.label, 'commit message');
      target.update({ utteranceId: 1, text: `For ${index}`, final: true, replacedDraft: '' }, []);
      await target.finish();
      target.dispose();
      await until('it is there', () => sources[index]?.inputBox.value === `For ${index}`);
    }
    for (const unknown of [undefined, folder]) {
      const target = open(unknown);
      assert.equal(target.label, 'clipboard');
      target.dispose();
    }
    for (const one of [...sources, view, utterances]) one.dispose();
  });

  it('Git tells which repository is selected', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const root = vscode.Uri.joinPath(folder, 'of-git');
    await vscode.workspace.fs.createDirectory(root);
    execFileSync('git', ['init', '--quiet', root.fsPath]);
    const switchGit = (enabled: boolean | undefined) =>
      vscode.workspace
        .getConfiguration('git')
        .update('enabled', enabled, vscode.ConfigurationTarget.Workspace);
    const git = vscode.extensions.getExtension<{
      readonly enabled: boolean;
      getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> };
    }>('vscode.git');
    assert.ok(git);
    await switchGit(true);
    try {
      const exports = await git.activate();
      await until('Git is switched on', () => exports.enabled);
      await exports.getAPI(1).openRepository(root);
      await vscode.commands.executeCommand('workbench.view.scm');
      await until('it is selected', () => selectedRepository()?.toString() === root.toString());
    } finally {
      await switchGit(undefined);
    }
    await until('Git is switched off', () => selectedRepository() === undefined);
    await vscode.workspace.fs.delete(root, { recursive: true });
  });

  it('a comment gets text', async () => {
    const { services } = desk;
    const editor = await openFile('commented.txt', 'one\ntwo\n');
    const comments = vscode.comments.createCommentController('tandem-test', 'Test');
    const thread = comments.createCommentThread(editor.document.uri, new vscode.Range(0, 0, 0, 1), []);
    thread.canReply = true;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    const inputs = () =>
      vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === 'comment' && !isClosed);
    await until('the input is open', () => inputs().length === 1);
    await desk.start('comment');
    services.session.commit(1, 'Well done.');
    await until('it is written', () => inputs()[0]?.getText() === 'Well done.');
    thread.dispose();
    comments.dispose();
  });

  it('what is said into an input that cannot be reached is in the clipboard, all of it', async () => {
    const { services, history } = desk;
    await vscode.env.clipboard.writeText('before');
    await desk.start('elsewhere');
    assert.equal(desk.shown.into, 'clipboard');
    services.session.commit(1, 'What is');
    services.session.commit(2, 'not this');
    services.session.commit(3, 'Scratch that.');
    services.session.commit(4, 'a monad?');
    services.session.end();
    await until('it is over', () => desk.shown.take === undefined);
    assert.equal(await vscode.env.clipboard.readText(), 'What is a monad?');
    assert.deepEqual(history.lines, ['inserted: What is', 'inserted: not this', 'inserted: a monad?']);
  });

  it('what a clipboard does not take is kept, and what it takes after that does not hold it', async () => {
    const copied: string[] = [];
    let isLocked = true;
    const write = (text: string) =>
      isLocked ? Promise.reject(new Error('locked')) : Promise.resolve(void copied.push(text));
    const lost: unknown[] = [];
    const written: string[] = [];
    const target = lineTarget(
      clipboardSink(write),
      {},
    )({
      changed: () => undefined,
      written: ({ text }) => written.push(text),
      undelivered: (text, obstacle, cause) => lost.push([text, obstacle, String(cause)]),
      closed: () => undefined,
    });
    const say = async (utteranceId: number, text: string) => {
      target.update({ utteranceId, text, final: true, replacedDraft: '' }, []);
      await target.settled();
    };
    await say(1, 'one');
    assert.deepEqual(lost, [['one', 'failed', 'Error: locked']]);
    isLocked = false;
    await say(2, 'two');
    await target.finish();
    target.dispose();
    assert.deepEqual([copied, written, lost.length], [['two'], ['two'], 1]);
  });

  /** What VS Code finds in the active editor, for what its find box holds. */
  async function found(): Promise<string> {
    await vscode.commands.executeCommand('editor.action.nextMatchFindAction');
    const editor = vscode.window.activeTextEditor;
    return editor?.document.getText(editor.selection) ?? '';
  }

  it('the find box of the editor holds what was said, in place of what it held', async () => {
    const { services, keeper, history, preview, told } = desk;
    // The word at the caret is what an empty find box would take.
    await openFile('found.txt', 'alpha |beta\ngamma delta\n');
    await desk.start('find');
    assert.equal(desk.shown.into, 'find box');
    services.session.draft(1, 'gamma');
    assert.equal(preview.text.replaceAll('\u00a0', ' '), '$(edit) gamma');
    services.session.commit(1, 'Gamma.');
    await until('it is there', () => history.entries.length === 1);
    assert.equal(await found(), 'gamma');
    services.session.commit(2, 'Delta.');
    await until('it is there', () => history.entries.length === 2);
    assert.equal(await found(), 'gamma delta');
    services.session.commit(3, 'Scratch that.');
    await until('it is told', () => told.length === 1);
    assert.equal(told[0], undefined);
    assert.equal(await found(), 'gamma');
    await openFile('another.txt', 'delta|\n');
    services.session.commit(4, 'Delta.');
    await until('it is kept', () => keeper.texts.length === 1);
    assert.match(keeper.reasons[0] ?? '', /not in front/);
  });

  it('words for the search go to the clipboard if the user has it open an editor, and for the find box without an editor', async () => {
    const { controller } = desk;
    const settings = vscode.workspace.getConfiguration('search');
    await settings.update('mode', 'newEditor', vscode.ConfigurationTarget.Workspace);
    try {
      await desk.start('search');
      assert.equal(desk.shown.into, 'clipboard');
      controller.cancel();
      await until('it is over', () => desk.shown.take === undefined);
    } finally {
      await settings.update('mode', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await closeEditors();
    await until('no editor is active', () => vscode.window.activeTextEditor === undefined);
    void controller.start({ kind: 'microphone' }, 'find');
    assert.equal(desk.shown.into, 'clipboard');
  });

  it('the chat gets words at its caret, and leaves the keyboard in an editor in which one goes on', async () => {
    const ran: unknown[][] = [];
    let fails = false;
    const run: RunCommand = (...call) => {
      ran.push(call);
      return fails ? Promise.reject(new Error('command not found')) : Promise.resolve(undefined);
    };
    const sink = chatSink(run);
    const watch = sink.watch({ closed: () => undefined, newLine: () => undefined });
    const written = [['workbench.action.chat.open'], ['default:paste', { text: 'Explain' }]];
    assert.equal(await sink.deliver('Explain'), undefined);
    assert.deepEqual(ran.splice(0), written);

    const editor = await openFile('meanwhile.txt', '|\n');
    let typed = false;
    const { Keyboard } = vscode.TextEditorSelectionChangeKind;
    const listener = vscode.window.onDidChangeTextEditorSelection(
      ({ kind }) => (typed ||= kind === Keyboard),
    );
    await type('x');
    await until('typing is seen', () => typed);
    listener.dispose();
    assert.equal(await sink.deliver('Explain'), undefined);
    assert.deepEqual(ran.splice(0), [...written, ['workbench.action.focusActiveEditorGroup']]);
    assert.equal(await sink.deliver('Explain'), undefined);
    assert.deepEqual(ran.splice(0), written, 'once');

    fails = true;
    assert.equal(await sink.deliver('Explain'), 'input-refused');
    assert.equal(editor.document.getText(), 'x\n');
    watch.dispose();
  });
});
