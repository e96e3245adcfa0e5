import * as vscode from 'vscode';
import type { VoiceAction } from '../../core/voice-commands/actions';
import { capitalised, formatted, lowered } from '../../core/voice-commands/rewrite';
import { t } from '../l10n';
import type { EditingRequest } from '../target';
import { correctThat } from './correct-that';
import { goByLines, goToFileEdge, goToLine, goToLineEdge } from './going';
import { cancelDrafts, goToThat, rewriteThat, scratchThat, selectThat } from './that';
import { insertSnippet, type NextId } from './user-actions';
import type { Outcome, VoicePlace } from './voice-place';
import {
  deleteLine,
  deleteNextWords,
  deleteWords,
  newLine,
  selectLine,
  selectWords,
} from './words-and-lines';

/** Actions on dictation itself or on all of VS Code; the others need a document. */
export type GlobalAction = Extract<
  VoiceAction,
  { type: 'stop-dictation' | 'stop-listening' | 'show-commands' | 'run-command' }
>;
/** Actions on a document. */
export type EditingAction = Exclude<VoiceAction, GlobalAction>;

/** True for actions that need no document. */
export function isGlobal(action: VoiceAction): action is GlobalAction {
  return ['stop-dictation', 'stop-listening', 'show-commands', 'run-command'].includes(action.type);
}

/** What carrying out an action needs besides the place. */
export interface EditingParts {
  /** Writes text as it is, as an utterance of its own. */
  readonly write: (text: string) => Promise<Outcome>;
  readonly nextId: NextId;
}

/** Carries out an action at the place of a dictation. Resolves when the document has changed; never rejects on its own. */
export async function carryOut(
  { action, unconfirmed, later }: EditingRequest,
  place: VoicePlace,
  { write, nextId }: EditingParts,
): Promise<Outcome> {
  switch (action.type) {
    case 'scratch-that':
      return scratchThat(place);
    case 'undo':
    case 'redo':
      return step(place, action.type);
    case 'select-that':
      return selectThat(place);
    case 'capitalise-that':
      return rewriteThat(place, capitalised);
    case 'lower-that':
      return rewriteThat(place, lowered);
    case 'format-that':
      return rewriteThat(place, formatted(action.formatter));
    case 'correct-that':
      return correctThat(place, later);
    case 'before-that':
      return goToThat(place, 'before');
    case 'after-that':
      return goToThat(place, 'after');
    case 'cancel-draft':
      return cancelDrafts(place, unconfirmed);
    case 'delete-words':
      return deleteWords(place, action.count);
    case 'delete-next-words':
      return deleteNextWords(place, action.count);
    case 'select-words':
      return selectWords(place, action.count);
    case 'delete-line':
      return deleteLine(place);
    case 'select-line':
      return selectLine(place);
    case 'new-line-above':
      return newLine(place, 'above');
    case 'new-line-below':
      return newLine(place, 'below');
    case 'go-to-line-start':
      return goToLineEdge(place, 'start');
    case 'go-to-line-end':
      return goToLineEdge(place, 'end');
    case 'go-to-line':
      return goToLine(place, action.line);
    case 'go-by-lines':
      return goByLines(place, action.lines);
    case 'go-to-file-start':
      return goToFileEdge(place, 'start');
    case 'go-to-file-end':
      return goToFileEdge(place, 'end');
    case 'insert-text':
      return write(action.text);
    case 'insert-snippet':
      return insertSnippet(place, action.snippet, nextId);
  }
}

/**
 * One step back or forward in the document that is dictated into. VS Code undoes where the keyboard is, and nowhere else:
 * the keyboard goes to that document.
 */
async function step(place: VoicePlace, command: 'undo' | 'redo'): Promise<Outcome> {
  const editor = place.editor();
  if (!editor) return t('The document must be in an editor for that.');
  const { document } = place;
  if (vscode.window.activeTextEditor === editor)
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  else {
    const { viewColumn } = editor;
    await vscode.window.showTextDocument(document, viewColumn === undefined ? {} : { viewColumn });
  }
  const { version } = document;
  await vscode.commands.executeCommand(command);
  if (document.version !== version) return undefined;
  return command === 'undo' ? t('There is nothing to undo.') : t('There is nothing to redo.');
}
