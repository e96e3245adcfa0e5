import * as vscode from 'vscode';
import { messageOf } from '../../core/errors';
import { t } from '../l10n';
import type { Outcome, VoicePlace } from './voice-place';

/** A command that waits for the user (a list, a dialogue) must not hold back what is dictated next, ms. */
const PATIENCE_MS = 2_000;

/** Snippets are numbered apart from what is heard, so that they can be taken back like it. */
export type NextId = () => number;

/** Inserts a snippet at every place; its first stop gets the keyboard, as snippets do. */
export async function insertSnippet(place: VoicePlace, snippet: string, nextId: NextId): Promise<Outcome> {
  const editor = place.editor();
  if (!editor) return t('The document must be in an editor for that.');
  const before = place.offsets;
  const done = await editor.insertSnippet(new vscode.SnippetString(snippet), [...place.positions]);
  if (!done) return t('The document took no edit.');
  const { document } = place;
  const after = place.offsets;
  const written = after.flatMap((end, site) => {
    // What was inserted at the places before it has moved this one.
    const moved = site === 0 ? 0 : (after[site - 1] ?? 0) - (before[site - 1] ?? 0);
    const start = (before[site] ?? end) + moved;
    const text = document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
    return text === '' ? [] : [{ start, text, trail: '', replaced: '', site }];
  });
  place.log.add({ owner: place.owner, id: nextId(), draft: '', heard: '' }, document, written);
  return undefined;
}

/** Runs a command of VS Code or an extension as if the user had chosen it: it acts where the keyboard is. */
export async function runUserCommand(command: string, args: readonly unknown[]): Promise<Outcome> {
  const failed = (error: unknown) => t('The command {0} failed: {1}', command, messageOf(error));
  return Promise.race([
    vscode.commands.executeCommand(command, ...args).then(() => undefined, failed),
    new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS)),
  ]);
}
