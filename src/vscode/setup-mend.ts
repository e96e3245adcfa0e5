import * as vscode from 'vscode';
import { COMMANDS } from './command-ids';
import { openSettings, runCommand } from './commands';
import { t } from './l10n';
import { SECTION } from './settings';
import type { Fix } from './setup-results';

/** Does what helps, as far as an extension may. Resolves when it is done, or its notification is gone. */
export async function mend(fix: Fix): Promise<void> {
  switch (fix.kind) {
    case 'command':
      await runCommand(fix.command);
      break;
    case 'link':
      await vscode.env.openExternal(vscode.Uri.parse(fix.uri));
      break;
    case 'setting':
      await openSettings(`@id:${SECTION}.${fix.setting}`);
      break;
    case 'copy':
      await copyCommand(fix.text);
      break;
  }
}

/** Hands a command to the user, who runs it; then the check is worth another look. */
async function copyCommand(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const again = t('Check Again');
  const told = t('Copied: {0}. Run it in a terminal, then check again.', text);
  const chosen = await vscode.window.showInformationMessage(told, again);
  if (chosen === again) await runCommand(COMMANDS.checkSetup);
}
