import * as vscode from 'vscode';
import { stateOfText } from '../core/anchor/draft-states';
import type { Log } from '../core/ports';
import { DocumentDigest } from './document-digest';
import { findDrafts } from './draft-lines';
import type { DraftMemory } from './draft-memory';
import { EditedLines } from './edited-lines';
import type { History } from './history';
import { rangeIn } from './known-site';
import { saveUnchanged } from './save-unchanged';
import { openDocument } from './shown-documents';
import type { LeftDraft } from './stray-drafts';

/**
 * VS Code brings unsaved documents back one after the other, and a file system that belongs to another extension waits for
 * that; on a slow machine this takes its time. What is not there by then was not kept.
 */
const OPENING_MS = 120_000;
/**
 * Only the extensions' process may have ended, and somebody have gone on to write elsewhere in the document: it begins again
 * within seconds. A draft that has stood for longer like any other text has been read, and counts as theirs.
 */
const RECENT_MS = 60_000;

/** Parts of {@link StrayDrafts}. */
export interface StrayDraftsParts {
  readonly memory: Pick<DraftMemory, 'left' | 'settle'>;
  readonly history: Pick<History, 'all' | 'add'>;
  readonly log: Pick<Log, 'warn'>;
  /** Wall clock, ms. */
  readonly now?: () => number;
  /** How long documents are waited for that are not open yet, ms. */
  readonly openingMs?: number;
}

/**
 * Takes out the drafts that a former window has left in documents: where a document is exactly what it was with them once, or
 * moments later still holds them in lines that nobody has touched. In any other somebody has written since, and nothing is
 * touched. What is taken out is in the history.
 *
 * No word of the user's goes with it: what is removed is the text of a draft, unchanged to the last character. Whoever has
 * corrected a word of it, has gone on from it or written anywhere near, or has copied it, keeps it.
 */
export class StrayDrafts implements vscode.Disposable {
  /** Documents that are, or were, seen to, by their URI. */
  private readonly seen = new Map<string, Promise<void>>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private opened: vscode.Disposable | undefined;

  constructor(private readonly parts: StrayDraftsParts) {}

  /** Sees to all documents that can be had. Resolves when that is done; those that are opened later are seen to then. */
  async takeOut(): Promise<void> {
    const { memory, openingMs = OPENING_MS } = this.parts;
    if (memory.left.length === 0) return;
    this.opened = vscode.workspace.onDidOpenTextDocument((document) => {
      const key = document.uri.toString();
      if (this.isLeft(key)) void this.see(document, key);
    });
    this.timer = setTimeout(() => this.giveUp(), openingMs);
    for (const key of new Set(memory.left.map(({ uri }) => uri))) {
      const document = await openAgain(vscode.Uri.parse(key));
      if (document && this.timer) await this.see(document, key);
    }
  }

  /** What was not seen to is left to the next window. */
  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.opened?.dispose();
  }

  private isLeft(key: string): boolean {
    return this.parts.memory.left.some(({ uri }) => uri === key);
  }

  private giveUp(): void {
    const { memory } = this.parts;
    for (const { uri } of memory.left) if (!this.seen.has(uri)) memory.settle(uri);
    this.dispose();
  }

  /** Never rejects: what went wrong is left to the next window. */
  private see(document: vscode.TextDocument, key: string): Promise<void> {
    const seen =
      this.seen.get(key) ??
      this.clear(document, key).catch((error: unknown) => this.parts.log.warn(String(error)));
    this.seen.set(key, seen);
    return seen;
  }

  private async clear(document: vscode.TextDocument, key: string): Promise<void> {
    const { memory, history, now = () => Date.now() } = this.parts;
    const own = memory.left.filter(({ uri }) => uri === key);
    const found = draftsIn(document, own, now());
    if (found) await takeOut(document, found, history);
    // Not before: a window that crashes again meanwhile leaves them to the next one.
    memory.settle(key);
    if (memory.left.length === 0) this.dispose();
  }
}

/** Drafts of a former window where they stand. */
interface FoundDrafts {
  readonly state: LeftDraft;
  readonly ranges: readonly vscode.Range[];
}

/** @param left of the document, newest first */
function draftsIn(
  document: vscode.TextDocument,
  left: readonly LeftDraft[],
  now: number,
): FoundDrafts | undefined {
  const state = stateOfText(left, new DocumentDigest(document).id());
  if (state) return { state, ranges: state.drafts.map((span) => rangeIn(document, span)) };
  const [newest] = left;
  // A clock that was put back tells nothing.
  const age = newest ? now - newest.since : -1;
  if (!newest || age < 0 || age > RECENT_MS) return undefined;
  const ranges = findDrafts(new EditedLines(document), newest.lines).map(
    ({ start, end }) => new vscode.Range(start.line, start.character, end.line, end.character),
  );
  return ranges.length === 0 ? undefined : { state: newest, ranges };
}

/** A document with what hot exit has kept of it; `undefined` if it is gone, or not there yet. */
async function openAgain(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = openDocument(uri);
  // Opening an unsaved one would make a new, empty one.
  if (open || uri.scheme === 'untitled') return open;
  return vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
}

async function takeOut(
  document: vscode.TextDocument,
  { state, ranges }: FoundDrafts,
  history: Pick<History, 'all' | 'add'>,
): Promise<void> {
  const { version } = document;
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
