import * as v from 'valibot';
import * as vscode from 'vscode';
import { stateOfText } from '../core/anchor/draft-states';
import { idOf } from './draft-record';
import type { History } from './history';
import { saveUnchanged } from './save-unchanged';
import { openDocument } from './shown-documents';
import { DRAFTS_KEY, type LeftDraft } from './stray-drafts';

const OFFSET = v.pipe(v.number(), v.integer(), v.minValue(0));

const LEFT_DRAFTS = v.array(
  v.object({
    uri: v.string(),
    length: OFFSET,
    hash: v.string(),
    drafts: v.pipe(v.array(v.object({ start: OFFSET, end: OFFSET })), v.minLength(1)),
    since: v.number(),
  }),
);

/**
 * Takes out the drafts that a former window has left in documents, where a document is exactly what it was with them once;
 * in any other somebody has written since, and nothing is touched. What is taken out is in the history. Resolves when it is out.
 */
export async function takeOutStrayDrafts(
  memory: vscode.Memento,
  history: Pick<History, 'all' | 'add'>,
): Promise<void> {
  const left = memory.get(DRAFTS_KEY);
  if (left === undefined) return;
  const states = v.safeParse(LEFT_DRAFTS, left);
  const all = states.success ? states.output : [];
  for (const key of new Set(all.map(({ uri }) => uri))) {
    const document = await openAgain(vscode.Uri.parse(key));
    const own = all.filter(({ uri }) => uri === key);
    const state = document && stateOfText(own, idOf(document.getText()));
    if (state) await clear(document, state, history);
  }
  // Not before: a window that crashes again meanwhile leaves them to the next one. What a dictation has left since stays.
  if (memory.get(DRAFTS_KEY) === left) await memory.update(DRAFTS_KEY, undefined);
}

/** A document with what hot exit has kept of it; `undefined` if it is gone. */
async function openAgain(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = openDocument(uri);
  // Opening an unsaved one would make a new, empty one.
  if (open || uri.scheme === 'untitled') return open;
  return vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
}

async function clear(
  document: vscode.TextDocument,
  state: LeftDraft,
  history: Pick<History, 'all' | 'add'>,
): Promise<void> {
  const { version } = document;
  const ranges = state.drafts.map(
    ({ start, end }) => new vscode.Range(document.positionAt(start), document.positionAt(end)),
  );
  await remember(state, wordsOf(document, ranges), history);
  // Somebody was faster: what is there now is theirs.
  if (document.version !== version) return;
  const { isDirty } = document;
  const edit = new vscode.WorkspaceEdit();
  for (const range of ranges) edit.delete(document.uri, range);
  if (!(await vscode.workspace.applyEdit(edit))) return;
  if (isDirty) await saveUnchanged(document);
  else await document.save();
}

/** The words of a draft; several cursors have the same ones, but for the case of the first letter. */
function wordsOf(document: vscode.TextDocument, ranges: readonly vscode.Range[]): string {
  const texts = ranges.map((range) => plain(document.getText(range)));
  return [...new Map(texts.map((text) => [text.toLowerCase(), text])).values()].join(' ');
}

/**
 * Drafts come into the history within a second, and the window may have ended before. What it has of a document since then
 * was written with the draft of that moment and with what was confirmed by then: what became of the words is in it.
 */
async function remember(
  { uri, since, drafts: [first] }: LeftDraft,
  words: string,
  history: Pick<History, 'all' | 'add'>,
): Promise<void> {
  const [newest] = (await history.all()).filter((entry) => entry.uri === uri);
  const isKnown =
    newest !== undefined &&
    (newest.time >= since ||
      (newest.state === 'draft' && plain(newest.text).toLowerCase().includes(words.toLowerCase())));
  if (!isKnown && words !== '') history.add({ text: words, uri, offset: first?.start ?? 0 }, 'draft');
}

function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
