import * as vscode from 'vscode';
import { t } from './l10n';

/** Says that VS Code's own dictation, or its voice chat, listens; `start` is called if the user wants both. */
export async function askAboutBuiltInSpeech(start: () => void): Promise<void> {
  const anyway = t('Dictate Anyway');
  const chosen = await vscode.window.showInformationMessage(
    t("VS Code's own voice input is listening. Stop it first: else both would write what you say."),
    anyway,
  );
  if (chosen === anyway) start();
}
