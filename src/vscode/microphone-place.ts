import os from 'node:os';
import * as vscode from 'vscode';
import type { Log } from '../core/ports';
import { t } from './l10n';
import { logFailure } from './log-failure';

const TOLD = 'tandem.microphoneComputerTold';

/**
 * Name of the computer whose microphone is heard, if the user may sit at another one: in a browser, or where this extension runs
 * on the remote side of a window all the same. `undefined` in an ordinary window, also one with remote files.
 */
export function microphoneComputer({ extensionKind }: vscode.Extension<unknown>): string | undefined {
  const { env } = vscode;
  const onRemoteSide = env.remoteName !== undefined && extensionKind === vscode.ExtensionKind.Workspace;
  return env.uiKind === vscode.UIKind.Web || onRemoteSide ? os.hostname() : undefined;
}

/** Says once for each such computer which microphone is heard. */
export class MicrophonePlace {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly computer: string | undefined,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /** Call when the microphone is about to be opened for a dictation. */
  tell(): void {
    const { computer, memory, log } = this;
    if (computer === undefined || memory.get(TOLD) === computer) return;
    logFailure(memory.update(TOLD, computer), log, 'It cannot be remembered what was told');
    void vscode.window.showInformationMessage(
      t(
        'Dictation hears the microphone of {0}, the computer that this VS Code runs on. If you sit at another one, install VS Code there to dictate.',
        computer,
      ),
    );
  }
}

/** Says that another window listens now. */
export function tellMicrophoneLost(): void {
  void vscode.window.showInformationMessage(
    t('Another window has begun to dictate and listens now. What you have said here is being confirmed.'),
  );
}
