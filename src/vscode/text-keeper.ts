import * as vscode from 'vscode';
import { errorPlace } from '../core/errors';
import type { Log } from '../core/ports';
import { fitText, joinTexts } from '../core/text/spacing';
import type { History } from './history';
import type { KeptText } from './history-entry';
import { handOver } from './history-commands';
import { t, translated } from './l10n';
import { INPUT_SCHEMES, LINE_SCHEME } from './place-schemes';
import { isAdrift, notebookOf, openDocument } from './shown-documents';

/** `info` for what the user did on purpose. */
export type Severity = 'info' | 'warning';

/**
 * Keeps text that is not in its document, and offers it in a notification. While one offer for a document is open, more
 * text for it joins that offer instead of opening another one.
 */
export class TextKeeper {
  private readonly offers = new Map<string, KeptText[]>();

  constructor(
    private readonly history: Pick<History, 'add'>,
    private readonly log: Log,
  ) {}

  /** @param why how the message begins, e.g. `The file was closed.` */
  keep(entry: KeptText, why: string, severity: Severity = 'warning'): void {
    this.remember(entry);
    const open = this.offers.get(entry.uri);
    if (open) {
      open.push(entry);
      return;
    }
    const offer = [entry];
    this.offers.set(entry.uri, offer);
    void this.offer(offer, why, severity)
      .catch((error: unknown) => this.log.warn(`Kept text could not be handed over: ${errorPlace(error)}`))
      .finally(() => {
        if (this.offers.get(entry.uri) === offer) this.offers.delete(entry.uri);
      });
  }

  /** Text that the history does not take is offered all the more. */
  private remember(entry: KeptText): void {
    try {
      this.history.add(entry, 'kept');
    } catch (error) {
      this.log.error(`The history does not take text: ${errorPlace(error)}`);
    }
  }

  private async offer(offer: readonly KeptText[], why: string, severity: Severity): Promise<void> {
    const [first] = offer;
    if (!first) return;
    const message = t('{0} The dictated text was kept.', translated(why));
    const [open, insert, copy] = [t('Open and Insert'), t('Insert at Cursor'), t('Copy')];
    const show =
      severity === 'info' ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    // There is no going back to a terminal or an input box.
    const chosen = await show(message, canReopen(first.uri) ? open : insert, copy);
    this.offers.delete(first.uri);
    const text = joinTexts(offer.map((entry) => entry.text));
    if (chosen === copy) await vscode.env.clipboard.writeText(text);
    if (chosen === insert) await handOver(text);
    if (chosen === open && !(await this.inserted(first, text))) {
      await vscode.env.clipboard.writeText(text);
      void vscode.window.showWarningMessage(t('The text could not be inserted. It is in the clipboard now.'));
    }
  }

  /** Never rejects: the text is not to go with an editor that cannot be shown. */
  private async inserted(place: KeptText, text: string): Promise<boolean> {
    try {
      return await insertInto(place, text);
    } catch (error) {
      this.log.warn(`Kept text could not be inserted: ${errorPlace(error)}`);
      return false;
    }
  }
}

/**
 * Opens the document that `place` names and inserts `text` there; a document that cannot be opened any more (an
 * unsaved one that was closed, a deleted file) is replaced by a new unsaved one.
 * @returns false if the document took no edit
 */
export async function insertInto(place: Pick<KeptText, 'uri' | 'offset'>, text: string): Promise<boolean> {
  const document = await openAgain(vscode.Uri.parse(place.uri));
  const position = document.positionAt(place.offset);
  const line = document.lineAt(position.line).text;
  const fitted = fitText(text, line.slice(0, position.character), line.slice(position.character));
  const { version } = document;
  const accepted = await insertAt(document, position, fitted.lead + fitted.text + fitted.trail);
  return accepted && document.version !== version;
}

/** Shows the document and inserts into it; true if VS Code says so. */
async function insertAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  text: string,
): Promise<boolean> {
  const notebook = notebookOf(document);
  if (!notebook) {
    const editor = await vscode.window.showTextDocument(document);
    return editor.edit((builder) => builder.insert(position, text));
  }
  // The editor of a cell is there only while the cell is edited.
  await vscode.window.showNotebookDocument(notebook);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, position, text);
  return vscode.workspace.applyEdit(edit);
}

async function openAgain(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const open = openDocument(uri);
  // The document of a deleted file that nothing shows is no better than none.
  if (open && (await isAdrift(open))) return vscode.workspace.openTextDocument();
  if (open) return open;
  try {
    if (uri.scheme !== 'untitled') return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Deleted or out of reach: the text matters more than the file.
  }
  return vscode.workspace.openTextDocument();
}

/** True if the place is a document of an editor, and not the input box or terminal it may have been. */
function canReopen(uri: string): boolean {
  const { scheme } = vscode.Uri.parse(uri);
  return ![LINE_SCHEME, ...Object.values(INPUT_SCHEMES)].includes(scheme);
}
