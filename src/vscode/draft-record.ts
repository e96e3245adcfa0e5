import * as vscode from 'vscode';
import { withState } from '../core/anchor/draft-states';
import { movedSpans, type Span } from '../core/anchor/site';
import type { AnchorTracker } from './anchor-tracker';
import { DocumentDigest } from './document-digest';
import { linesAround } from './draft-lines';
import type { DraftMemory } from './draft-memory';
import { EditedLines } from './edited-lines';
import type { PlannedEdit } from './planned-edit';

/** Where drafts of one dictation stand. */
interface Standing {
  readonly document: vscode.TextDocument;
  readonly spans: readonly Span[];
}

/**
 * Remembers, beyond the window, which text of its documents is a draft. Hot exit brings documents back as they were when the
 * window was closed, or, after a crash, some moments or drafts before; and a window that saves by itself may write drafts
 * when it closes: then nobody can be asked to take them out. The next window does.
 */
export class DraftRecord implements vscode.Disposable {
  private readonly owners = new Map<object, Standing>();
  /** Of documents that have, or had, drafts. */
  private readonly digests = new WeakMap<vscode.TextDocument, DocumentDigest>();
  private readonly subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length === 0) return;
    this.digests.get(document)?.follow(contentChanges);
    // Those that are dictated into are told by `note`.
    const isLeft = this.memory.of(keyOf(document)).states.length > 0;
    if (isLeft && this.standingIn(document).length === 0) this.look(document);
  });

  /** @param now wall clock, ms */
  constructor(
    private readonly memory: DraftMemory,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** The document of `owner` is about to be edited: a crash between the edit and its event leaves the draft there, too. */
  expect(owner: object, { document, changes, after }: PlannedEdit): void {
    if (!this.owners.has(owner)) this.owners.set(owner, { document, spans: [] });
    const own = after.flatMap(({ drafts }) => drafts);
    const others = this.standingIn(document).filter(([other]) => other !== owner);
    const moved = others.flatMap(([, { spans }]) => movedSpans(spans, changes));
    this.add(document, [...own, ...moved], new EditedLines(document, changes));
  }

  /** Remembers the draft text that stands at the places of `owner`, in place of what it had there before. */
  note(owner: object, { document, sites }: AnchorTracker): void {
    const before = this.owners.get(owner)?.document;
    this.owners.set(owner, { document, spans: sites.flatMap(({ drafts }) => drafts) });
    if (before && before !== document) this.look(before);
    this.look(document);
  }

  /** No draft of `owner` stands anywhere any more. */
  forget(owner: object): void {
    const document = this.owners.get(owner)?.document;
    this.owners.delete(owner);
    if (document) this.look(document);
  }

  /** The window ends: whether a draft still gets out of what is kept of its documents, nobody can know. The next one will. */
  dispose(): void {
    this.subscription.dispose();
    this.memory.close();
  }

  /** Dictations into a document. */
  private standingIn(document: vscode.TextDocument): readonly (readonly [object, Standing])[] {
    return [...this.owners].filter(([, standing]) => standing.document === document);
  }

  /** True if a draft stands in a document of this URI; it may be another object than before it was closed. */
  private hasDraft(key: string): boolean {
    return [...this.owners.values()].some(
      ({ document, spans }) => spans.length > 0 && keyOf(document) === key,
    );
  }

  /** Remembers a document as it is. */
  private look(document: vscode.TextDocument): void {
    this.add(
      document,
      this.standingIn(document).flatMap(([, { spans }]) => spans),
    );
  }

  /** @param edited the document as it will be; absent: as it is */
  private add(document: vscode.TextDocument, spans: readonly Span[], edited?: EditedLines): void {
    const key = keyOf(document);
    const { states, lines } = this.memory.of(key);
    // Nothing to tell apart: the usual case.
    if (spans.length === 0 && states.length === 0) return;
    if (document.isClosed) return this.memory.keep(key, { states, lines }, this.hasDraft(key));
    const drafts = [...spans].sort((a, b) => a.start - b.start);
    const text = edited ?? new EditedLines(document);
    // Whoever types behind a draft that is gone does so without a look at everything at each key.
    const isAlike = states.some((one) => one.drafts.length > 0 && one.length === text.length);
    const id = drafts.length > 0 || isAlike ? this.idOf(document, edited) : { length: text.length, hash: '' };
    const next = withState(states, { ...id, drafts, since: this.now() });
    if (next.length === 0) this.digests.delete(document);
    this.memory.keep(key, { states: next, lines: linesAround(text, drafts) }, drafts.length > 0);
  }

  private idOf(document: vscode.TextDocument, edited: EditedLines | undefined) {
    const digest = this.digests.get(document) ?? new DocumentDigest(document);
    this.digests.set(document, digest);
    return edited ? digest.idAfter(edited) : digest.id();
  }
}

function keyOf(document: vscode.TextDocument): string {
  return document.uri.toString();
}
