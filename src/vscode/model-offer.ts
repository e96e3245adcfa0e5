import * as vscode from 'vscode';
import type { Log } from '../core/ports';
import { COMMANDS } from './command-ids';
import { runCommand } from './commands';
import { t } from './l10n';
import { logFailure } from './log-failure';
import type { ModelPair } from './services';

const OFFERED = 'tandem.modelsOffered';

/** Says once, on this machine, that the built-in models know few words, and offers full ones. */
export class ModelOffer {
  constructor(
    private readonly memory: vscode.Memento,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /** Call with the models of each dictation that begins. */
  show({ fast, heavy }: ModelPair): void {
    if (fast.origin !== 'embedded' && heavy.origin !== 'embedded') return;
    const { memory, log } = this;
    if (memory.get(OFFERED, false)) return;
    logFailure(memory.update(OFFERED, true), log, 'It cannot be remembered what was told');
    const message = t(
      'Dictation works with its built-in models. They know about a thousand words, enough for a first try; for everything else download the full models once.',
    );
    const download = t('Download Models');
    const manage = t('Manage Models');
    void vscode.window.showInformationMessage(message, download, manage).then((chosen) => {
      if (chosen === download) void runCommand(COMMANDS.downloadModels);
      if (chosen === manage) void runCommand(COMMANDS.manageModels);
    });
  }
}
