import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, until } from './suite/editor';
import { InputDesk } from './suite/inputs';

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

describe('dictating into terminals', () => {
  let desk: InputDesk;

  beforeEach(() => {
    desk = new InputDesk();
  });
  afterEach(() => desk.dispose());

  async function openShell(name: string): Promise<{ shell: Shell; terminal: vscode.Terminal }> {
    const shell = new Shell();
    const terminal = vscode.window.createTerminal({ name, pty: shell });
    terminal.show();
    await until('the terminal is open', () => shell.isOpen && vscode.window.activeTerminal === terminal);
    return { shell, terminal };
  }

  it('a terminal gets text as a shell wants it, and never Enter', async () => {
    const { services, keeper, history, preview, told, controller } = desk;
    const { shell, terminal } = await openShell('one');
    await desk.start('terminal');
    assert.match(desk.shown.into ?? '', /one/);
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
    await until('it is over', () => desk.shown.take === undefined);
    assert.deepEqual(history.entries[0]?.text, 'git commit --amend');
    assert.deepEqual(keeper.texts, []);
    terminal.dispose();
  });

  it('words for a terminal that is closed, or not the active one, are kept', async () => {
    const { services, keeper } = desk;
    const one = await openShell('left');
    await desk.start('terminal');
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
    const { services, keeper } = desk;
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
    await desk.start('terminal');
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
    const { services, history, told } = desk;
    if (process.platform === 'win32') return this.skip(); // no bash
    const terminal = vscode.window.createTerminal({ name: 'bash', shellPath: '/bin/bash' });
    terminal.show();
    const ran: string[] = [];
    const watch = vscode.window.onDidEndTerminalShellExecution((event) => {
      if (event.terminal === terminal) ran.push(event.execution.commandLine.value);
    });
    await until('the shell tells of its commands', () => terminal.shellIntegration !== undefined);
    await until('it is in front', () => vscode.window.activeTerminal === terminal);
    await desk.start('terminal');
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
    const { services, controller } = desk;
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await until('no terminal is left', () => vscode.window.activeTerminal === undefined);
    await controller.start({ kind: 'microphone' }, 'terminal');
    assert.equal(services.captures.started, 0);
    assert.match(services.log.records[0] ?? '', /no terminal/);
  });

  it('the key reaches VS Code from a terminal', () => {
    const skip = vscode.workspace
      .getConfiguration('terminal.integrated')
      .get<readonly string[]>('commandsToSkipShell');
    assert.ok(skip?.includes('tandem.toggle'));
  });
});
