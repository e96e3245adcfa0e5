import { defer, Subscription } from 'rxjs';
import * as vscode from 'vscode';
import { inputLevels, type InputLevel } from '../core/audio/input-level';
import { asDictationError } from '../core/errors';
import type { Microphones } from '../core/ports';
import { errorText, t } from './l10n';
import { levelTitle, microphoneChoices, type MicrophoneChoice } from './microphone-items';
import { readSettings, SECTION } from './settings';

const DEVICE = 'microphone.device';

/** Readings that are kept for the picture of the level. */
const KEPT_READINGS = 12;

interface Item extends vscode.QuickPickItem {
  readonly choice: MicrophoneChoice;
}

/**
 * Lets the user choose a microphone from the real ones, with the level of the one under the cursor. The choice is remembered for
 * this machine: the setting is not synchronised, and counts in windows with files of another one, too.
 * @returns true if one was chosen
 */
export async function selectMicrophone(microphones: Microphones): Promise<boolean> {
  const picker = new MicrophonePicker(microphones);
  try {
    const chosen = await picker.choose();
    if (!chosen) return false;
    const value = chosen.id === '' ? undefined : chosen.id;
    await vscode.workspace.getConfiguration(SECTION).update(DEVICE, value, vscode.ConfigurationTarget.Global);
    return true;
  } finally {
    picker.dispose();
  }
}

/** The quick pick and the microphone that it listens to. Nothing is recorded or kept, only the level is looked at. */
class MicrophonePicker implements vscode.Disposable {
  private readonly pick = vscode.window.createQuickPick<Item>();
  private readonly again: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('refresh'),
    tooltip: t('Look Again'),
  };
  private listening = new Subscription();
  private heard: string | undefined;

  constructor(private readonly microphones: Microphones) {
    this.pick.title = t('Microphone');
    this.pick.placeholder = t('Speak: the level shows whether you are heard. Enter chooses.');
    this.pick.buttons = [this.again];
    this.pick.matchOnDescription = true;
  }

  choose(): Promise<MicrophoneChoice | undefined> {
    const { pick } = this;
    return new Promise((resolve) => {
      pick.onDidChangeActive(([item]) => item && this.hear(item.choice.id));
      pick.onDidTriggerButton(() => void this.fill());
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item) resolve(item.choice);
        pick.hide();
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      void this.fill();
    });
  }

  dispose(): void {
    this.listening.unsubscribe();
    this.pick.dispose();
  }

  private async fill(): Promise<void> {
    const { pick } = this;
    pick.busy = true;
    const devices = await this.microphones.list();
    const current = readSettings()[DEVICE];
    const items = microphoneChoices(devices, current, t).map((choice) => ({ ...choice, choice }));
    pick.items = items;
    pick.activeItems = items.filter(({ choice }) => choice.id === current);
    pick.busy = false;
  }

  /** Listens to the device `id` instead of the one before. */
  private hear(id: string): void {
    if (id === this.heard) return;
    this.heard = id;
    this.listening.unsubscribe();
    this.pick.title = levelTitle([], t);
    let readings: readonly InputLevel[] = [];
    const levels$ = defer(async () => this.microphones.open(id));
    const listening = new Subscription();
    this.listening = listening;
    listening.add(
      levels$.subscribe({
        next: (source) =>
          listening.add(
            inputLevels(source.frames$).subscribe({
              next: (level) => {
                readings = [...readings, level].slice(-KEPT_READINGS);
                this.pick.title = levelTitle(readings, t);
              },
              error: (error: unknown) => this.failed(error),
            }),
          ),
        error: (error: unknown) => this.failed(error),
      }),
    );
  }

  private failed(error: unknown): void {
    const known = asDictationError(error, 'microphone', 'microphone-unavailable');
    this.pick.title = `${t('Microphone')} · ${errorText(known)}`;
  }
}
