import * as vscode from 'vscode';
import { asDictationError } from '../core/errors';
import { adviseModels, type Advice, type MeasuredSpeed } from '../core/machine/recommend';
import type { Role } from '../core/model';
import type { Log, StoredModel } from '../core/ports';
import { t } from './l10n';
import { chooseLocalFile } from './local-file';
import { downloadModels } from './model-download';
import { isThere, modelLines, type ModelGroup, type ModelLine } from './model-items';
import { showError } from './notifications';
import { readSettings, SECTION } from './settings';
import type { SetupServices } from './setup-services';

type Item = vscode.QuickPickItem & { readonly line?: ModelLine };

/** Names of the groups, as separators of the list. */
function groupTitle(group: ModelGroup): string {
  const titles = {
    recommended: t('Recommended for this machine'),
    installed: t('Installed'),
    other: t('More models'),
  };
  return titles[group];
}

/** What the manager works with. */
export interface ManagerContext extends SetupServices {
  readonly log: Log;
  /** What the heavy model was measured at on this machine, if it was. */
  readonly measured: () => MeasuredSpeed | undefined;
  readonly downloads: vscode.Memento;
}

/** Shows the models, and downloads, chooses, installs and deletes them. Resolves when the list is closed. */
export class ModelManager {
  private readonly fromFile: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('add'),
    tooltip: t('Install from File…'),
  };
  private readonly erase: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('trash'),
    tooltip: t('Delete'),
  };

  constructor(private readonly context: ManagerContext) {}

  async show(): Promise<void> {
    const pick = vscode.window.createQuickPick<Item>();
    pick.title = t('Manage Models');
    pick.placeholder = t('Choose a model to download or use it');
    pick.buttons = [this.fromFile];
    pick.matchOnDescription = true;
    pick.busy = true;
    const chosen = new Promise<(() => Promise<void>) | undefined>((resolve) => {
      const close = (then: () => Promise<void>) => {
        resolve(then);
        pick.hide();
      };
      pick.onDidAccept(() => {
        const line = pick.selectedItems[0]?.line;
        if (line) close(() => this.open(line.model));
      });
      pick.onDidTriggerButton(() => close(() => this.install()));
      pick.onDidTriggerItemButton(({ item }) => {
        const { line } = item;
        if (line) close(() => this.delete(line.model));
      });
      pick.onDidHide(() => resolve(undefined));
    });
    pick.show();
    try {
      pick.items = await this.items();
      pick.busy = false;
      await (
        await chosen
      )?.();
    } catch (error) {
      await showError(asDictationError(error, 'model', 'model-unreadable'), this.context.log);
    } finally {
      pick.dispose();
    }
  }

  private async items(): Promise<Item[]> {
    const models = await this.context.models.list();
    const inUse = new Set<string>();
    for (const role of ['fast', 'heavy'] as const) {
      const wanted = readSettings()[`models.${role}`] || undefined;
      const used = await this.context.models.resolve(role, wanted).catch(() => undefined);
      if (used) inUse.add(used.name);
    }
    const items: Item[] = [];
    let group: ModelGroup | undefined;
    for (const line of modelLines(models, this.advice(models), inUse, t)) {
      if (line.group !== group)
        items.push({ label: groupTitle(line.group), kind: vscode.QuickPickItemKind.Separator });
      group = line.group;
      const { label, description, detail, model } = line;
      const deletable = ['installed', 'custom', 'partial', 'broken'].includes(model.state);
      items.push({ line, label, description, detail, buttons: deletable ? [this.erase] : [] });
    }
    return items;
  }

  private advice(models: readonly StoredModel[]): readonly Advice[] {
    const { machine, measured } = this.context;
    const facts = { ...machine.facts(), measured: measured() };
    return adviseModels(this.context.models.pairs(), models, readSettings().language, facts);
  }

  /** What can be done with one model. */
  private async open(model: StoredModel): Promise<void> {
    if (!isThere(model)) return this.download(model);
    const use = (role: Role) => () => this.use(role, model);
    const drafts = { label: t('Use for Drafts'), run: use('fast') };
    const confirms = { label: t('Use for Confirmation'), run: use('heavy') };
    const choices = [
      ...(model.roles.includes('fast') ? [drafts, confirms] : [confirms, drafts]),
      ...(model.state === 'embedded' ? [] : [{ label: t('Delete'), run: () => this.delete(model) }]),
    ];
    const chosen = await vscode.window.showQuickPick(choices, { title: model.name });
    await chosen?.run();
  }

  private async download(model: StoredModel): Promise<void> {
    const { models, downloads } = this.context;
    if (model.state === 'broken') await models.delete(model);
    const done = await downloadModels(models, downloads, [model.name]);
    if (done) await this.show();
  }

  private async use(role: Role, model: StoredModel): Promise<void> {
    const value = model.state === 'custom' ? model.path : model.name;
    await vscode.workspace
      .getConfiguration(SECTION)
      .update(`models.${role}`, value, vscode.ConfigurationTarget.Global);
  }

  private async install(): Promise<void> {
    const file = await chooseLocalFile({
      title: t('Install a Model from a File'),
      openLabel: t('Install'),
      filters: { [t('Whisper models of whisper.cpp')]: ['bin'] },
    });
    if (!file) return;
    await installModelFile(this.context, file);
    await this.show();
  }

  private async delete(model: StoredModel): Promise<void> {
    if (await isToBeDeleted(model)) await this.deleteNow(model);
    await this.show();
  }

  private async deleteNow(model: StoredModel): Promise<void> {
    await this.context.models.delete(model);
    for (const role of ['fast', 'heavy'] as const) {
      // A setting that names what is gone would be an error at the next start.
      const setting = readSettings()[`models.${role}`];
      if (setting === model.name || setting === model.path)
        await vscode.workspace
          .getConfiguration(SECTION)
          .update(`models.${role}`, undefined, vscode.ConfigurationTarget.Global);
    }
  }
}

/** Asks before a whole model goes: it is a long download, and one of the user's own may be the only copy. */
async function isToBeDeleted({ name, state }: StoredModel): Promise<boolean> {
  if (state !== 'installed' && state !== 'custom') return true;
  const detail =
    state === 'custom'
      ? t('It was installed from a file and cannot be downloaded again.')
      : t('It can be downloaded again.');
  const erase = t('Delete');
  const question = t('Delete the model {0}?', name);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, erase)) === erase;
}

/** Copies a model file into the store, with progress; says so if it is no model. */
export async function installModelFile(
  { models, log }: Pick<ManagerContext, 'models' | 'log'>,
  file: vscode.Uri,
): Promise<StoredModel | undefined> {
  try {
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: t('Checking and copying the model…') },
      () => models.installFromFile(file.fsPath),
    );
  } catch (error) {
    await showError(asDictationError(error, 'model', 'model-unreadable'), log);
    return undefined;
  }
}
