import type { DictationError } from '../core/errors';
import { BUNDLED, COMMANDS, type CommandId } from './command-ids';
import type { Translate } from './l10n-templates';

/** A button of a notification. */
export interface ErrorAction {
  readonly title: string;
  readonly command: CommandId;
  readonly args: readonly unknown[];
}

/** The buttons that help with an error, the most useful first. */
export function actionsFor(
  { area, code }: Pick<DictationError, 'area' | 'code'>,
  t: Translate,
): readonly ErrorAction[] {
  const action = (title: string, command: CommandId, ...args: unknown[]) => ({ title, command, args });
  const showLog = action(t('Show Log'), COMMANDS.showLog);
  const setup = action(t('Check Setup'), COMMANDS.checkSetup);
  switch (area) {
    case 'microphone':
      return [
        // Without a recorder there is nothing to choose from.
        ...(code === 'recorder-missing' ? [] : [action(t('Select Microphone'), COMMANDS.selectMicrophone)]),
        setup,
        action(t('Try a Recording'), COMMANDS.dictateRecording, BUNDLED),
      ];
    case 'model':
      return code.startsWith('download') || code === 'disk-full'
        ? [action(t('Try Again'), COMMANDS.downloadModels), action(t('Manage Models'), COMMANDS.manageModels)]
        : [action(t('Manage Models'), COMMANDS.manageModels), showLog];
    case 'engine':
      return [setup, showLog];
    case 'cleanup':
      return [
        ...(code === 'cleanup-key' ? [action(t('Set Clean-up Key'), COMMANDS.setCleanUpKey)] : []),
        showLog,
      ];
    case 'usage':
      return [];
  }
}
