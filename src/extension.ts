import path from 'node:path';
import type * as vscode from 'vscode';
import { Late } from './core/late';
import { DisposalList } from './core/lifetime';
import type * as Dictation from './dictation';
import type { Shell } from './dictation';
import { lateHandlers, registerCommands, type CommandHandlers } from './vscode/commands';
import { microphoneComputer } from './vscode/microphone-place';
import { StatusBar } from './vscode/status-bar';
import { areDraftsLeft } from './vscode/stray-drafts';
import { unfinishedDownloads } from './vscode/unfinished-downloads';
import { removeUnwantedHistory } from './vscode/unwanted-history';

/** What is active; VS Code calls `deactivate` without telling what for. */
const active = new Set<DisposalList>();

/**
 * Every window pays for this, whether anybody dictates in it or not: only the status bar item and the commands are made. The
 * first command loads the rest, see `dictation.ts`.
 */
export function activate(context: vscode.ExtensionContext): void {
  const started = new DisposalList();
  active.add(started);
  const computer = microphoneComputer(context.extension);
  const status = started.add(new StatusBar(computer));
  const historyFolder = path.join(context.globalStorageUri.fsPath, 'history');
  const parts = started.add(new DisposalList());
  const dictation = new Late(() => load({ context, started: parts, status, computer, historyFolder }));
  started.add(registerCommands(lateHandlers(() => dictation.get())));
  started.add(removeUnwantedHistory(historyFolder, () => dictation.wanted));
  // What a former window has left undone is seen to.
  const isLeft = unfinishedDownloads(context.globalState) || areDraftsLeft(context.workspaceState);
  if (isLeft) setImmediate(() => seeTo(dictation));
}

/** Ends everything that runs; VS Code waits for it. */
export async function deactivate(): Promise<void> {
  const started = [...active];
  active.clear();
  await Promise.all(started.map((list) => list.dispose()));
}

function seeTo(dictation: Late<unknown>): void {
  try {
    dictation.get();
  } catch {
    // Why it could not be loaded, the first command tells.
  }
}

/** Not by `import()`, which would come back when the caret may be elsewhere. */
function load(shell: Shell): CommandHandlers {
  if (shell.started.disposed) throw new Error('the window has been closed');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { startDictation } = require('./dictation') as typeof Dictation;
  return startDictation(shell);
}
