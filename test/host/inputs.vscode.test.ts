import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CommandMatcher } from '../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../src/core/voice-commands/registry';
import { createWording } from '../../src/core/text/wording';
import { DEFAULT_TEXT_RULES } from '../../src/core/text/rules/types';
import { chatSink, type RunCommand } from '../../src/vscode/box-sinks';
import { DictationController } from '../../src/vscode/controller';
import { DraftPreview } from '../../src/vscode/draft-preview';
import { DraftView } from '../../src/vscode/draft-view';
import type { Focus } from '../../src/vscode/focus';
import { clipboardSink } from '../../src/vscode/line-sinks';
import { lineTarget } from '../../src/vscode/line-target';
import type { StatusInput } from '../../src/vscode/status-view';
import { UtteranceLog } from '../../src/vscode/voice/utterance-log';
import { closeEditors, openFile, type, until } from './suite/editor';
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
    const { received } = shell;
    services.session.commit(3, 'Scratch that.');
    await until('it is told', () => told.length === 1);
    assert.match(told[0] ?? '', /Without shell integration/);
    assert.equal(shell.received, received, 'nothing was taken back');
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

  it('words for a terminal that is behind another tab are kept', async () => {
    const shell = new Shell();
    const location = vscode.TerminalLocation.Editor;
    const terminal = vscode.window.createTerminal({ name: 'behind', pty: shell, location });
    terminal.show();
    const tab = () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input }) => input instanceof vscode.TabInputTerminal);
    await until('the terminal is in front', () => shell.isOpen && vscode.window.activeTerminal === terminal);
    await until('its tab is active', () => tab()?.label === 'behind' && tab()?.isActive === true);
    await start('terminal');
    services.session.commit(1, 'ls');
    await until('it is sent', () => shell.received === 'ls');
    await openFile('before-it.txt', '|\n');
    await until('its tab is behind', () => tab()?.isActive === false);
    services.session.commit(2, 'pwd');
    await until('it is kept', () => keeper.texts.length === 1);
    assert.match(keeper.reasons[0] ?? '', /behind another tab/);
    assert.deepEqual([...keeper.texts, shell.received], ['pwd', 'ls']);
    terminal.dispose();
  });

  it('what was dictated to a shell is taken back by voice, until a command is run', async function () {
    if (process.platform === 'win32') return this.skip(); // no bash
    const terminal = vscode.window.createTerminal({ name: 'bash', shellPath: '/bin/bash' });
    terminal.show();
    const ran: string[] = [];
    const watch = vscode.window.onDidEndTerminalShellExecution((event) => {
      if (event.terminal === terminal) ran.push(event.execution.commandLine.value);
    });
    await until('the shell tells of its commands', () => terminal.shellIntegration !== undefined);
    await until('it is in front', () => vscode.window.activeTerminal === terminal);
    await start('terminal');
    const say = (...utterances: readonly string[]) => {
      const from = history.entries.length + told.length;
      utterances.forEach((text, index) => services.session.commit(from + index + 1, text));
      return until(`all is done: ${utterances.join('|')}`, () => {
        return history.entries.length + told.length === from + utterances.length;
      });
    };
    await say(
      'Echo apple.',
      'Banana.',
      'Scratch that.',
      'Undo that.',
      'Cherry grape.',
      'Delete last 2 words.',
    );
    await say('Delete last word.', 'Lemon.');
    assert.deepEqual(told, [undefined, undefined, undefined, undefined]);
    terminal.sendText('', true);
    await until('the command was run', () => ran.length === 1);
    assert.deepEqual(ran, ['echo apple lemon']);
    await say('Scratch that.');
    assert.match(told.at(-1) ?? '', /Nothing was dictated here/);
    await say('Select that.');
    assert.match(told.at(-1) ?? '', /only what was dictated/);
    watch.dispose();
    terminal.dispose();
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
    // The word at the caret is what an empty find box would take.
    await openFile('found.txt', 'alpha |beta\ngamma delta\n');
    await start('find');
    assert.equal(shown.into, 'find box');
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
    const settings = vscode.workspace.getConfiguration('search');
    await settings.update('mode', 'newEditor', vscode.ConfigurationTarget.Workspace);
    try {
      await start('search');
      assert.equal(shown.into, 'clipboard');
      controller.cancel();
      await until('it is over', () => shown.take === undefined);
    } finally {
      await settings.update('mode', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await closeEditors();
    await until('no editor is active', () => vscode.window.activeTextEditor === undefined);
    void controller.start({ kind: 'microphone' }, 'find');
    assert.equal(shown.into, 'clipboard');
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

  it('the key reaches VS Code from a terminal', () => {
    const skip = vscode.workspace
      .getConfiguration('terminal.integrated')
      .get<readonly string[]>('commandsToSkipShell');
    assert.ok(skip?.includes('tandem.toggle'));
  });
});
