import * as vscode from 'vscode';
import { t } from '../l10n';
import { replaceThat, textOfThat, withThat } from './that';
import type { StandingUtterance } from './utterance-log';
import type { Outcome, VoicePlace } from './voice-place';

interface Item extends vscode.QuickPickItem {
  readonly text: string;
}

/**
 * Offers what else was heard for the last utterance; what is chosen, or typed, takes its place in one undo step. Done
 * when the list is shown: dictation goes on meanwhile.
 */
export function correctThat(place: VoicePlace, shown: (outcome: Outcome) => void): Promise<Outcome> {
  return withThat(place, (last) => {
    const pick = openPick(textOfThat(place, last), last);
    void pick.then(async (text) => {
      if (text === undefined) return;
      // Looked up again: more may have been said, or typed, while the list was open.
      const now = place.log.again(place.document, last);
      if (now) shown(await replaceThat(place, now, text));
      else shown(t('What was said last has been changed since; it was left alone.'));
    });
    return undefined;
  });
}

/** What else was heard, without repetition: the confirmed words before any rule, and the draft. Pure. */
export function alternatives(written: string, { heard, draft }: { heard: string; draft: string }) {
  const all = [
    { text: heard.trim(), kind: 'heard' as const },
    { text: draft.trim(), kind: 'draft' as const },
  ];
  return all.filter(
    ({ text }, index) =>
      text !== '' && text !== written && all.findIndex((one) => one.text === text) === index,
  );
}

function openPick(written: string, { utterance }: StandingUtterance): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = t('Correct What Was Said Last');
  pick.placeholder = t('Choose what was meant, or type it');
  const kinds = { heard: t('confirmed, as it was heard'), draft: t('the draft') };
  const items = alternatives(written, utterance).map(({ text, kind }) => ({
    label: text,
    description: kinds[kind],
    text,
  }));
  const current = { label: written, description: t('as it stands'), text: written };
  pick.items = [...items, current];
  pick.onDidChangeValue((value) => {
    const typed = value.trim();
    const own = { label: typed, description: t('as typed'), text: typed, alwaysShow: true };
    pick.items = typed === '' ? [...items, current] : [...items, current, own];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.text);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
