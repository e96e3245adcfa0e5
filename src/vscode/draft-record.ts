import { createHash } from 'node:crypto';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { AnchorTracker } from './anchor-tracker';
import { saveUnchanged } from './save-unchanged';
import { DRAFTS_KEY } from './stray-drafts';

const DRAFT = v.object({
  uri: v.string(),
  start: v.pipe(v.number(), v.integer(), v.minValue(0)),
  length: v.pipe(v.number(), v.integer(), v.minValue(1)),
  hash: v.string(),
});

/**
 * Draft text that stands in a document: its URI as a string, offset and length (UTF-16), and a SHA-256 of the text. What was
 * said is in the history only, if the user wants one.
 */
type DraftInDocument = v.InferOutput<typeof DRAFT>;

/**
 * Remembers, beyond the window, which text of its documents is a draft. Hot exit brings documents back as they were when the
 * window was closed or crashed, drafts and all, and a window that saves by itself may write them when it closes: then nobody
 * can be asked to take them out. The next window does.
 */
export class DraftRecord implements vscode.Disposable {
  private readonly drafts = new Map<object, readonly DraftInDocument[]>();
  private written = '[]';
  private isClosed = false;

  /** @param memory of this workspace */
  constructor(private readonly memory: vscode.Memento) {}

  /** Remembers the draft text that stands at the places of `owner`, in place of what it had there before. */
  note(owner: object, tracker: AnchorTracker): void {
    const { document, sites } = tracker;
    const uri = document.uri.toString();
    const spans = document.isClosed ? [] : sites.flatMap(({ drafts }) => drafts);
    const drafts = spans.map((span) => ({
      uri,
      start: span.start,
      length: span.end - span.start,
      hash: hashOf(document.getText(tracker.rangeOf(span))),
    }));
    this.drafts.set(owner, drafts);
    this.write();
  }

  /** No draft of `owner` stands anywhere any more. */
  forget(owner: object): void {
    this.drafts.delete(owner);
    this.write();
  }

  /** The window ends: whether a draft still gets out of what is kept of its documents, nobody can know. The next one will. */
  dispose(): void {
    this.isClosed = true;
  }

  private write(): void {
    if (this.isClosed) return;
    const all = [...this.drafts.values()].flat();
    const text = JSON.stringify(all);
    if (text === this.written) return;
    this.written = text;
    void this.memory.update(DRAFTS_KEY, all.length === 0 ? undefined : all);
  }
}

/**
 * Takes out the drafts that a former window has left in documents, if they stand there as they were left; they are in the
 * history. Resolves when they are out.
 */
export async function takeOutStrayDrafts(memory: vscode.Memento): Promise<void> {
  const drafts = v.safeParse(v.array(DRAFT), memory.get(DRAFTS_KEY) ?? []);
  if (!drafts.success || drafts.output.length === 0) return;
  await memory.update(DRAFTS_KEY, undefined);
  for (const key of new Set(drafts.output.map(({ uri }) => uri))) {
    const document = await openAgain(vscode.Uri.parse(key));
    if (document)
      await clear(
        document,
        drafts.output.filter(({ uri }) => uri === key),
      );
  }
}

/** A document with what hot exit has kept of it; `undefined` if it is gone. */
async function openAgain(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === key && !one.isClosed);
  // Opening an unsaved one would make a new, empty one.
  if (open || uri.scheme === 'untitled') return open;
  return vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
}

async function clear(document: vscode.TextDocument, drafts: readonly DraftInDocument[]): Promise<void> {
  const ranges = drafts.map(
    ({ start, length }) => new vscode.Range(document.positionAt(start), document.positionAt(start + length)),
  );
  const stand = ranges.every((range, index) => hashOf(document.getText(range)) === drafts[index]?.hash);
  // Somebody has edited it: what is there is theirs.
  if (!stand) return;
  const wasSaved = !document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  for (const range of ranges) edit.delete(document.uri, range);
  if (!(await vscode.workspace.applyEdit(edit))) return;
  if (wasSaved) await document.save();
  else await saveUnchanged(document);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
