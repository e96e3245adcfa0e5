import * as vscode from 'vscode';
import type { DictationController } from './controller';

/** Begins to dictate into the active terminal, which is shown for it. */
export async function startInTerminal(controller: Pick<DictationController, 'start'>): Promise<void> {
  vscode.window.activeTerminal?.show();
  await controller.start({ kind: 'microphone' }, 'terminal');
}

/** Begins to dictate into the commit message, which is shown for it. */
export async function startInCommitMessage(controller: Pick<DictationController, 'start'>): Promise<void> {
  await vscode.commands.executeCommand('workbench.scm.focus');
  await controller.start({ kind: 'microphone' }, 'commit');
}
