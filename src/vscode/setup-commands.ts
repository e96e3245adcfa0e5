import * as vscode from 'vscode';
import { asDictationError } from '../core/errors';
import type { MeasuredSpeed } from '../core/machine/recommend';
import type { Log } from '../core/ports';
import type { CommandHandlers } from './commands';
import { downloadModels } from './model-download';
import { showError } from './notifications';
import { logFailure } from './log-failure';
import type { SetupServices } from './setup-services';

/** Commands that set dictation up. */
export type SetupCommandName =
  'selectMicrophone' | 'checkSetup' | 'manageModels' | 'downloadModels' | 'openWalkthrough';

/** What the setup commands work with. */
export interface SetupContext {
  readonly services: SetupServices;
  readonly log: Log;
  readonly memory: vscode.Memento;
  /** Id and version of the extension. */
  readonly extension: { readonly id: string; readonly version: string };
  /** True while somebody dictates. */
  readonly busy: () => boolean;
}

const MEASURED = 'tandem.measuredSpeed';
const WALKTHROUGH = 'start';

const views = () => import('./setup-views');

/** What each command that sets dictation up does. */
export function setupHandlers(context: SetupContext): Pick<CommandHandlers, SetupCommandName> {
  const { services, log, memory, extension, busy } = context;
  const measured = () => memory.get<MeasuredSpeed>(MEASURED);
  return {
    selectMicrophone: async () => (await views()).selectMicrophone(services.microphones),
    checkSetup: async () =>
      (await views()).checkSetup(services, {
        busy,
        version: extension.version,
        onMeasured: (reports) => {
          const heavy = reports.find(({ role }) => role === 'heavy');
          if (!heavy) return;
          const { model, msPerSecond } = heavy;
          const measured = { model, msPerSecond } satisfies MeasuredSpeed;
          logFailure(memory.update(MEASURED, measured), log, 'The measured speed cannot be remembered');
        },
      }),
    manageModels: async () => {
      const { ModelManager } = await views();
      await new ModelManager({ ...services, log, measured, downloads: memory }).show();
    },
    downloadModels: async (names) => {
      try {
        await downloadModels(services.models, memory, isNames(names) ? names : undefined);
      } catch (error) {
        // Not awaited: the notification may offer this very command again.
        void showError(asDictationError(error, 'model', 'download-failed'), log);
      }
    },
    openWalkthrough: () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${extension.id}#${WALKTHROUGH}`,
        false,
      ),
  };
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}
