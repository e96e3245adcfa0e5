import * as vscode from 'vscode';
import { BUNDLED } from './command-ids';
import { t } from './l10n';
import { chooseLocalFile } from './local-file';
import type { SourceRequest } from './services';

/**
 * Reads the arguments of the command: {@link BUNDLED} or a file, and `{ pace }`, when not run by hand.
 * @param demo path of the bundled recording
 * @returns `undefined` if there are none
 */
export function recordingRequest(uri: unknown, options: unknown, demo: string): SourceRequest | undefined {
  if (uri === BUNDLED) return { kind: 'recording', path: demo, pace: 'realtime' };
  if (!(uri instanceof vscode.Uri)) return undefined;
  const max = typeof options === 'object' && options !== null && 'pace' in options && options.pace === 'max';
  return { kind: 'recording', path: uri.fsPath, pace: max ? 'max' : 'realtime' };
}

/**
 * Lets the user choose what to play into dictation.
 * @param demo path of the bundled recording
 * @returns `undefined` if the user chose nothing
 */
export async function chooseRecording(demo: string): Promise<SourceRequest | undefined> {
  const bundled = {
    label: `$(play) ${t('Bundled recording')}`,
    description: t('A short sentence, to see how it works'),
  };
  const file = { label: `$(folder-opened) ${t('WAV file…')}`, description: t('Speech of your own') };
  const chosen = await vscode.window.showQuickPick([bundled, file], {
    title: t('Dictate a Recording'),
    placeHolder: t('What should be heard instead of the microphone?'),
  });
  if (chosen === bundled) return { kind: 'recording', path: demo, pace: 'realtime' };
  if (chosen !== file) return undefined;
  const uri = await chooseLocalFile({ filters: { [t('WAV files')]: ['wav'] }, openLabel: t('Dictate') });
  return uri && { kind: 'recording', path: uri.fsPath, pace: 'realtime' };
}
