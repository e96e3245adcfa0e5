import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CommandMatcher } from '../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../src/core/voice-commands/registry';
import { createWording } from '../../src/core/text/wording';
import { DEFAULT_TEXT_RULES } from '../../src/core/text/rules/types';
import { DictationController } from '../../src/vscode/controller';
import { DraftPreview } from '../../src/vscode/draft-preview';
import { DraftView } from '../../src/vscode/draft-view';
import type { Focus } from '../../src/vscode/focus';
import type { StatusInput } from '../../src/vscode/status-view';
import { UtteranceLog } from '../../src/vscode/voice/utterance-log';
import { closeEditors, openFile, until } from './suite/editor';
import { MemoryHistory, ScriptedServices, SilentKeeper } from './suite/scripted';

const matcher = new CommandMatcher(VOICE_COMMANDS, 'en');

/** A terminal without a shell, which shows what it is sent. */
class Shell implements vscode.Pseudoterminal {
  received = '';
  private readonly written = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.written.event;
  isOpen = false;
  open(): void {
    this.isOpen = true;
  }
  close(): void {}
  handleInput(data: string): void {
    this.received += data;
  }
}

describe('dictating into other inputs than editors', () => {
  let services: ScriptedServices;
  let keeper: SilentKeeper;
  let history: MemoryHistory;
  let view: DraftView;
  let preview: DraftPreview;
  let utterances: UtteranceLog;
  let controller: DictationController;
  let shown: StatusInput;
  const told: (string | undefined)[] = [];

  beforeEach(() => {
    services = new ScriptedServices();
    keeper = new SilentKeeper();
    history = new MemoryHistory();
    view = new DraftView(() => 100);
    preview = new DraftPreview();
    utterances = new UtteranceLog();
    told.length = 0;
    const wording = createWording(() => ({ ...DEFAULT_TEXT_RULES, wrap: false, language: 'en' }));
    controller = new DictationController({
      services,
      style: () => ({ view, preview, utterances, wording }),
      status: { update: (input: StatusInput) => void (shown = input) },
      keeper,
      history,
      voice: {
        matcher: () => matcher,
        run: () => Promise.resolve(undefined),
        tell: (_phrase, outcome) => void told.push(outcome),
      },
    });
  });
  afterEach(async () => {
    await controller.dispose();
    for (const one of [view, preview, utterances]) one.dispose();
    await closeEditors();
  });

  /** Starts where the keyboard is said to be. */
  async function start(focus: Focus): Promise<void> {
    void controller.start({ kind: 'microphone' }, focus);
    await until('the session has begun', () => services.sessions.length === 1 && services.session.observed);
  }
  async function openShell(name: string): Promise<{ shell: Shell; terminal: vscode.Terminal }> {
    const shell = new Shell();
    const terminal = vscode.window.createTerminal({ name, pty: shell });
    terminal.show();
    await until('the terminal is open', () => shell.isOpen && vscode.window.activeTerminal === terminal);
    return { shell, terminal };
  }

  it('a terminal gets text as a shell wants it, and never Enter', async () => {
    const { shell, terminal } = await openShell('one');
    await start('terminal');
    assert.match(shown.into ?? '', /one/);
    services.session.draft(1, 'git commit dash dash amend');
    assert.equal(preview.text.replaceAll('\u00a0', ' '), '$(edit) git commit --amend');
    services.session.commit(1, 'Git commit dash dash amend.');
    await until('it is sent', () => shell.received !== '');
    assert.equal(shell.received, 'git commit --amend');
    assert.equal(preview.text, '');
    services.session.commit(2, 'dash dash force new line');
    await until('it is sent', () => shell.received.length > 18);
    assert.ok([...shell.received].every((character) => character >= ' '));
    assert.match(shell.received, /^git commit --amend --force/);
    services.session.commit(3, 'Scratch that.');
    await until('it is told', () => told.length === 1);
    assert.match(told[0] ?? '', /documents only/);
    controller.stop();
    services.session.end();
    await until('it is over', () => shown.take === undefined);
    assert.deepEqual(history.entries[0]?.text, 'git commit --amend');
    assert.deepEqual(keeper.texts, []);
    terminal.dispose();
  });

  it('words for a terminal that is closed, or not the active one, are kept', async () => {
    const one = await openShell('left');
    await start('terminal');
    const other = await openShell('other');
    services.session.commit(1, 'ls');
    await until('it is kept', () => keeper.texts.length === 1);
    assert.match(keeper.reasons[0] ?? '', /Another terminal/);
    assert.equal(one.shell.received + other.shell.received, '');
    one.terminal.dispose();
    await until('dictation stops', () => services.session.stops === 1);
    services.session.commit(2, 'pwd');
    await until('it is kept', () => keeper.texts.length === 2);
    assert.match(keeper.reasons[1] ?? '', /was closed/);
    other.terminal.dispose();
  });

  it('without a terminal nothing is started', async () => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await until('no terminal is left', () => vscode.window.activeTerminal === undefined);
    await controller.start({ kind: 'microphone' }, 'terminal');
    assert.equal(services.captures.started, 0);
    assert.match(services.log.records[0] ?? '', /no terminal/);
  });

  it('the commit message gets text at its end, drafts stand in the status bar, and commands work', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const source = vscode.scm.createSourceControl('tandem-test', 'Test', folder);
    source.inputBox.value = 'Fix';
    const scmInputs = () =>
      vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === 'vscode-scm' && !isClosed);
    await vscode.commands.executeCommand('workbench.view.scm');
    await until('the input is open', () => scmInputs().length === 1);
    await start('commit');
    assert.equal(shown.into, 'commit message');
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

  it('a comment gets text', async () => {
    const editor = await openFile('commented.txt', 'one\ntwo\n');
    const comments = vscode.comments.createCommentController('tandem-test', 'Test');
    const thread = comments.createCommentThread(editor.document.uri, new vscode.Range(0, 0, 0, 1), []);
    thread.canReply = true;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    const inputs = () =>
      vscode.workspace.textDocuments.filter(({ uri, isClosed }) => uri.scheme === 'comment' && !isClosed);
    await until('the input is open', () => inputs().length === 1);
    await start('comment');
    services.session.commit(1, 'Well done.');
    await until('it is written', () => inputs()[0]?.getText() === 'Well done.');
    thread.dispose();
    comments.dispose();
  });

  it('what is said into an input that cannot be reached is in the clipboard, all of it', async () => {
    await vscode.env.clipboard.writeText('before');
    await start('elsewhere');
    assert.equal(shown.into, 'clipboard');
    services.session.commit(1, 'What is');
    services.session.commit(2, 'not this');
    services.session.commit(3, 'Scratch that.');
    services.session.commit(4, 'a monad?');
    services.session.end();
    await until('it is over', () => shown.take === undefined);
    assert.equal(await vscode.env.clipboard.readText(), 'What is a monad?');
    assert.deepEqual(history.lines, ['inserted: What is', 'inserted: not this', 'inserted: a monad?']);
  });

  it('the key reaches VS Code from a terminal', () => {
    const skip = vscode.workspace
      .getConfiguration('terminal.integrated')
      .get<readonly string[]>('commandsToSkipShell');
    assert.ok(skip?.includes('tandem.toggle'));
  });
});
