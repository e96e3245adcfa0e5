import * as vscode from 'vscode';
import { errorPlace } from '../core/errors';
import type { Log } from '../core/ports';
import { openSettings } from './commands';
import { t } from './l10n';
import { SECTION } from './settings';

/** Warns that the history cannot be written: what it is for, a window that crashes, would take it along. */
export function warnOfUnwrittenHistory(log: Log): () => void {
  return () => {
    const settings = t('Open Settings');
    const what = t(
      'What you dictate cannot be saved to the history: it is kept in memory, and lost with this window.',
    );
    const advice = t('Free some space on the disk, or keep no history (length 0).');
    Promise.resolve(vscode.window.showWarningMessage(`${what} ${advice}`, settings))
      .then((chosen) => {
        if (chosen !== settings) return undefined;
        return openSettings(`${SECTION}.history.size`);
      })
      .catch((error: unknown) => log.warn(`The settings could not be shown: ${errorPlace(error)}`));
  };
}
