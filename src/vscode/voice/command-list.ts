import * as vscode from 'vscode';
import { listedCommands, type ListedCommand, type VoiceVocabulary } from '../../core/voice-commands/help';
import { openSettings } from '../commands';
import { t, translated } from '../l10n';

/** Shows what can be said. Searched by phrase and by what it does. */
export async function showVoiceCommands(vocabulary: VoiceVocabulary): Promise<void> {
  const pick = vscode.window.createQuickPick();
  pick.title = vocabulary.enabled ? t('Voice Commands') : t('Voice Commands (switched off)');
  pick.placeholder = t('Each is said on its own, between two pauses');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const listed = listedCommands(vocabulary);
  pick.items =
    listed.length > 0
      ? listed.map(itemOf)
      : [{ label: t('There are no voice commands in this language yet.') }];
  const settings = { iconPath: new vscode.ThemeIcon('gear'), tooltip: t('Open Settings') };
  pick.buttons = [settings];
  const closed = new Promise<void>((resolve) => {
    pick.onDidHide(() => resolve());
    pick.onDidAccept(() => pick.hide());
    pick.onDidTriggerButton(() => {
      pick.hide();
      void openSettings('tandem.voiceCommands');
    });
  });
  pick.show();
  await closed;
  pick.dispose();
}

function itemOf(listed: ListedCommand): vscode.QuickPickItem {
  if (listed.type === 'group')
    return { label: translated(listed.title), kind: vscode.QuickPickItemKind.Separator };
  const { help, isOff } = listed;
  const hole = (phrase: string) =>
    phrase.replace('‹number›', `‹${t('number')}›`).replace('‹formatter›', `‹${t('formatter')}›`);
  const also = help.also.map(hole).join(' · ');
  const off = isOff ? [`$(circle-slash) ${t('off')}`] : [];
  return {
    label: `$(mic) ${hole(help.say)}`,
    description: [...off, also].filter((part) => part !== '').join(' · '),
    detail: `${translated(help.help)}  (${help.id})`,
  };
}
