import * as vscode from 'vscode';
import { DictationError } from '../core/errors';
import { t } from './l10n';
import { lineUri } from './place-schemes';
import type { LineSink } from './line-sink';
import type { Obstacle } from './target';
import type { Outcome } from './voice/voice-place';

/** What the key for it sends. */
const BACKSPACE = '\x7f';
/** Characters of which a shell takes back one for each press, whatever it counts in: no surrogates, nothing that is combined. */
const ONE_KEY_EACH = /^(?:(?![\u{10000}-\u{10FFFF}])[\p{L}\p{N}\p{P}\p{S}\p{Zs}])*$/u;

/**
 * A terminal: text without Enter. Only while it is the active one and not behind another tab: nothing is typed into a terminal
 * that nobody looks at.
 */
export function terminalSink(terminal: vscode.Terminal): LineSink {
  const isGone = () => terminal.exitStatus !== undefined || !vscode.window.terminals.includes(terminal);
  const obstacle = (): Obstacle | undefined => {
    if (isGone()) return 'terminal-closed';
    if (vscode.window.activeTerminal !== terminal) return 'terminal-left';
    return tabsOf(terminal).some(({ isActive }) => !isActive) ? 'terminal-hidden' : undefined;
  };
  const send = (text: string): void => {
    // Extensions cannot see whether the panel is open: it is opened, if it is not, and the keyboard stays where it is.
    if (tabsOf(terminal).length === 0) terminal.show(true);
    terminal.sendText(text, false);
  };
  return {
    label: t('terminal {0}', terminal.name),
    uri: lineUri(terminal.name),
    position: 'terminal',
    languageId: 'shellscript',
    check: () => {
      if (isGone()) throw noTerminal();
    },
    deliver: (text) => {
      const why = obstacle();
      if (!why) send(text);
      return Promise.resolve(why);
    },
    takeBack: (text) => {
      const why = obstacle()
        ? t('The place you dictate into is not in front.')
        : notByBackspace(terminal, text);
      if (why === undefined) send(BACKSPACE.repeat(text.length));
      return Promise.resolve(why);
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

/**
 * Why the end of the line cannot be taken back by the key for it. What is typed by hand meanwhile no extension is told of, but
 * that a command was run: then another line stands there.
 */
function notByBackspace(terminal: vscode.Terminal, text: string): Outcome {
  if (!terminal.shellIntegration)
    return t(
      'Without shell integration nobody knows whether a command was run since: nothing was taken back.',
    );
  return ONE_KEY_EACH.test(text)
    ? undefined
    : t('Shells count these characters differently: nothing was taken back.');
}

/** Tabs that show the terminal if it is in the editor area, or another one of its name: nothing else is told of them. */
function tabsOf({ name }: vscode.Terminal): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input, label }) => input instanceof vscode.TabInputTerminal && label === name);
}

/**
 * For inputs that no extension can write to: all that was said in this dictation, to be pasted.
 * @param write into the clipboard; rejects if that is out of reach
 */
export function clipboardSink(
  write: (text: string) => Thenable<void> = (text) => vscode.env.clipboard.writeText(text),
): LineSink {
  let all = '';
  const copy = async (text: string) => {
    await write(text);
    all = text;
  };
  return {
    label: t('clipboard'),
    uri: lineUri('clipboard'),
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
    takeBack: async (text) => {
      await copy(all.slice(0, all.length - text.length));
      return undefined;
    },
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
