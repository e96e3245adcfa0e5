import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { readSetting, SECTION } from './settings';

/**
 * Removes what any window has kept if the user wants no history: now, since that may have been chosen while no window was open, and
 * whenever the setting becomes zero.
 * @param folder where the histories of all windows lie
 * @param isSeenTo true once a `History` of this window does so itself
 */
export function removeUnwantedHistory(folder: string, isSeenTo: () => boolean): vscode.Disposable {
  const look = () => {
    if (isSeenTo() || readSetting('history.size') !== 0) return;
    rm(folder, { recursive: true, force: true }).catch((error: unknown) =>
      // There is no log yet.
      console.error(`The history could not be removed: ${String(error)}`),
    );
  };
  look();
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${SECTION}.history.size`)) look();
  });
}
