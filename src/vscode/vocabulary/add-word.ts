import * as vscode from 'vscode';
import { ownWordEntry, readOwnWords } from '../../core/vocabulary/own-words';
import { t } from '../l10n';
import { SECTION } from '../settings';
import { typedProblemText, WORD_FILE, WORD_SETTING } from './word-problems';

/** A list of own words: the user's in the settings, or the file of a project. */
export type WordList = 'settings' | vscode.WorkspaceFolder;

/** The command: asks how the selected word is written and heard, and which list it belongs to. */
export async function addToVocabulary(): Promise<void> {
  const write = await ask(t('The word as it should be written'), selectedWord(), wordProblem);
  if (!write) return;
  const heard = await ask(
    t('How "{0}" sounds, in ordinary words; nothing if it is heard as it is written', write),
    '',
    (sound) => soundProblem(write, sound),
  );
  if (heard === undefined) return;
  const list = await chooseList();
  if (list) await addOwnWord(list, ownWordEntry(write, heard));
}

/** Appends an entry to a list; one that is there already is not added again. */
export async function addOwnWord(list: WordList, entry: string): Promise<void> {
  if (list === 'settings') {
    const configuration = vscode.workspace.getConfiguration(SECTION);
    const value = configuration.inspect<unknown>(WORD_SETTING)?.globalValue;
    const entries: readonly unknown[] = Array.isArray(value) ? value : [];
    if (entries.includes(entry)) return;
    await configuration.update(WORD_SETTING, [...entries, entry], vscode.ConfigurationTarget.Global);
    return;
  }
  const file = vscode.Uri.joinPath(list.uri, WORD_FILE);
  const text = await readText(file);
  if (text.split(/\r?\n/u).some((line) => line.trim() === entry)) return;
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${text}${separator}${entry}\n`));
}

function ask(
  prompt: string,
  value: string,
  validateInput: (value: string) => string | undefined,
): Thenable<string | undefined> {
  return vscode.window.showInputBox({ title: t('Add to Vocabulary'), prompt, value, validateInput });
}

/** Written beside how it sounds, so that an arrow in the word is not taken for the one between the two. */
function wordProblem(write: string): string | undefined {
  const [problem] = readOwnWords([ownWordEntry(write, 'word')]).problems;
  return problem && typedProblemText(problem.reason, 'word', t);
}

function soundProblem(write: string, heard: string): string | undefined {
  const { words, problems } = readOwnWords([ownWordEntry(write, heard)]);
  const [problem] = problems;
  if (problem) return typedProblemText(problem.reason, 'sound', t);
  if (words[0]?.write === write.trim()) return undefined;
  return heard.trim() === ''
    ? t('"{0}" has an arrow in it: type how it sounds, in ordinary words.', write)
    : t('Type how it sounds without an arrow.');
}

async function chooseList(): Promise<WordList | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) return 'settings';
  const items = [
    {
      label: t('For me, in every project'),
      description: `${SECTION}.${WORD_SETTING}`,
      list: 'settings' as const,
    },
    ...folders.map((folder) => ({
      label: t('For this project'),
      description: folders.length > 1 ? `${folder.name}/${WORD_FILE}` : WORD_FILE,
      list: folder,
    })),
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: t('Add to Vocabulary') });
  return chosen?.list;
}

/** The selection, or the word at the cursor. */
function selectedWord(): string {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return '';
  const { document, selection } = editor;
  const range = selection.isEmpty ? document.getWordRangeAtPosition(selection.active) : selection;
  return range?.isSingleLine ? document.getText(range).trim() : '';
}

async function readText(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return '';
    throw error;
  }
}
