import path from 'node:path';
import * as vscode from 'vscode';
import { fitText } from '../core/text/spacing';
import type { History } from './history';
import type { EntryState, HistoryEntry } from './history-entry';
import { t } from './l10n';

function stateText(state: EntryState): string {
  const texts = {
    inserted: '',
    kept: t('not inserted'),
    draft: t('draft, never confirmed'),
    heard: t('as heard, before the clean-up'),
  };
  return texts[state];
}

interface Item extends vscode.QuickPickItem {
  readonly entry: HistoryEntry;
}

/** The commands that bring dictated text back. */
export class HistoryCommands {
  constructor(private readonly history: Pick<History, 'all'>) {}

  /** Lists the latest utterances; the chosen one is inserted at the cursor, or copied by its button. */
  async show(): Promise<void> {
    const entries = await this.history.all();
    if (entries.length === 0) {
      void vscode.window.showInformationMessage(t('The dictation history is empty.'));
      return;
    }
    const pick = vscode.window.createQuickPick<Item>();
    pick.title = t('Dictation History');
    pick.placeholder = t('Choose the text to insert at the cursor');
    pick.matchOnDescription = true;
    pick.items = entries.map(itemOf);
    const closed = new Promise<void>((resolve) => {
      pick.onDidHide(() => resolve());
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        pick.hide();
        if (item) void handOver(item.entry.text);
      });
      pick.onDidTriggerItemButton(({ item }) => {
        pick.hide();
        void copy(item.entry.text);
      });
    });
    pick.show();
    await closed;
    pick.dispose();
  }

  /** Inserts the latest utterance at the cursor once more. */
  async insertLast(): Promise<void> {
    const [last] = await this.history.all();
    if (last) await handOver(last.text);
    else void vscode.window.showInformationMessage(t('The dictation history is empty.'));
  }
}

/** Inserts `text` at every cursor, in place of what is selected; where that is not possible it goes to the clipboard. */
export async function handOver(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor && (await insertAtCursors(editor, text))) return;
  await copy(text);
}

/**
 * One undo step for all cursors.
 * @returns false if the document took no edit
 */
export async function insertAtCursors(editor: vscode.TextEditor, text: string): Promise<boolean> {
  const { document, selections } = editor;
  const { version } = document;
  const accepted = await editor
    .edit((builder) => {
      for (const selection of selections) {
        const before = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
        const after = document.lineAt(selection.end.line).text.slice(selection.end.character);
        const { lead, text: core, trail } = fitText(text, before, after);
        // An insertion moves the caret along, a replacement would select the text.
        if (!selection.isEmpty) builder.delete(selection);
        builder.insert(selection.end, lead + core + trail);
      }
    })
    // It throws if the editor was closed this moment.
    .then(undefined, () => false);
  return accepted && document.version !== version;
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(t('Dictated text copied'), COPIED_SHOWN_MS);
}

/** Long enough to be noticed. */
const COPIED_SHOWN_MS = 3_000;

function itemOf(entry: HistoryEntry): Item {
  const file = path.posix.basename(vscode.Uri.parse(entry.uri).path);
  const when = new Date(entry.time).toLocaleString();
  return {
    entry,
    label: entry.text.replace(/\s+/gu, ' '),
    description: [stateText(entry.state), file, when].filter((part) => part !== '').join(' · '),
    buttons: [{ iconPath: new vscode.ThemeIcon('copy'), tooltip: t('Copy') }],
  };
}
