import * as vscode from 'vscode';
import { DictationError } from '../core/errors';
import { t } from './l10n';
import { LINE_SCHEME } from './place-schemes';
import type { LineSink } from './line-target';

/**
 * A terminal: text without Enter. Only while it is the active one and not behind another tab: nothing is typed into a terminal
 * that nobody looks at.
 */
export function terminalSink(terminal: vscode.Terminal): LineSink {
  const isGone = () => terminal.exitStatus !== undefined || !vscode.window.terminals.includes(terminal);
  return {
    label: t('terminal {0}', terminal.name),
    uri: vscode.Uri.from({ scheme: LINE_SCHEME, path: `/${terminal.name}` }).toString(),
    position: 'terminal',
    languageId: 'shellscript',
    check: () => {
      if (isGone()) throw noTerminal();
    },
    deliver: (text) => {
      if (isGone()) return Promise.resolve('terminal-closed');
      if (vscode.window.activeTerminal !== terminal) return Promise.resolve('terminal-left');
      const tabs = tabsOf(terminal);
      if (tabs.some(({ isActive }) => !isActive)) return Promise.resolve('terminal-hidden');
      // Extensions cannot see whether the panel is open: it is opened, if it is not, and the keyboard stays where it is.
      if (tabs.length === 0) terminal.show(true);
      terminal.sendText(text, false);
      return Promise.resolve(undefined);
    },
    watch: ({ closed, newLine }) =>
      vscode.Disposable.from(
        vscode.window.onDidCloseTerminal((one) => {
          if (one === terminal) closed();
        }),
        // Told by shells with VS Code's shell integration only; without it a blank may stand before the next command.
        vscode.window.onDidStartTerminalShellExecution((event) => {
          if (event.terminal === terminal) newLine();
        }),
      ),
  };
}

/** Tabs that show the terminal if it is in the editor area, or another one of its name: nothing else is told of them. */
function tabsOf({ name }: vscode.Terminal): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input, label }) => input instanceof vscode.TabInputTerminal && label === name);
}

/** For inputs that no extension can write to: all that was said in this dictation, to be pasted. */
export function clipboardSink(): LineSink {
  let all = '';
  const copy = async (text: string) => {
    all = text;
    await vscode.env.clipboard.writeText(text);
  };
  return {
    label: t('clipboard'),
    uri: vscode.Uri.from({ scheme: LINE_SCHEME, path: '/clipboard' }).toString(),
    position: 'prose',
    languageId: 'plaintext',
    check: () => undefined,
    deliver: async (text) => {
      const isFirst = all === '';
      await copy(all + text);
      if (isFirst)
        void vscode.window.showInformationMessage(
          t('Extensions cannot write into this input. What you say is in the clipboard: paste it.'),
        );
      return undefined;
    },
    takeBack: (text) => copy(all.slice(0, all.length - text.length)),
    watch: () => ({ dispose: () => undefined }),
  };
}

/** The user asked for a terminal and there is none. */
export function noTerminal(): DictationError {
  return new DictationError(
    'usage',
    'no-terminal',
    'There is no terminal to dictate into.',
    'Open a terminal and start again.',
  );
}
