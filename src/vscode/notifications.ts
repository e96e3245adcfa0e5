import * as vscode from 'vscode';
import type { DictationError } from '../core/errors';
import type { Log } from '../core/ports';
import { runCommand } from './commands';
import { actionsFor } from './error-actions';
import { errorText, t } from './l10n';

/** Shows an error with what can be done about it, and logs it. Resolves when the notification is gone. */
export async function showError(error: DictationError, log: Log): Promise<void> {
  log.error(`${error.area}/${error.code}: ${error.userText}`);
  const actions = actionsFor(error, t);
  const titles = actions.map((action) => action.title);
  const chosen = await vscode.window.showErrorMessage(errorText(error), ...titles);
  const action = actions.find((one) => one.title === chosen);
  if (action) await runCommand(action.command, ...action.args);
}
