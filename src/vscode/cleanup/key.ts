import * as vscode from 'vscode';
import { openSettings } from '../commands';
import { t } from '../l10n';

/** Keys belong to the host they were entered for: another one that is configured later never sees them. */
function secretOf(address: string): string {
  return `tandem.cleanup.key ${URL.canParse(address) ? new URL(address).origin : ''}`;
}

/** The user's key for a language model's address, if one was set. */
export async function cleanUpKey(
  secrets: vscode.SecretStorage,
  address: string,
): Promise<string | undefined> {
  return (await secrets.get(secretOf(address))) || undefined;
}

/** The command: asks for the key; an empty one removes it. */
export async function setCleanUpKey(secrets: vscode.SecretStorage, address: string): Promise<void> {
  if (!URL.canParse(address)) {
    const open = t('Open');
    const message = t('Set tandem.cleanup.endpoint first: a key belongs to an address.');
    if ((await vscode.window.showWarningMessage(message, open)) === open)
      await openSettings('tandem.cleanup');
    return;
  }
  const key = await vscode.window.showInputBox({
    title: t('Set Clean-up Key'),
    prompt: t('Key for {0}; nothing to remove it', new URL(address).host),
    password: true,
    ignoreFocusOut: true,
  });
  if (key !== undefined) await storeCleanUpKey(secrets, address, key.trim());
}

/** Keeps a key for an address; an empty one removes it. */
export async function storeCleanUpKey(
  secrets: vscode.SecretStorage,
  address: string,
  key: string,
): Promise<void> {
  if (key === '') await secrets.delete(secretOf(address));
  else await secrets.store(secretOf(address), key);
}
