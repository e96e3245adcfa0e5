import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { withState, type PastState } from '../core/anchor/draft-states';
import type { Span } from '../core/anchor/site';
import type { AnchorTracker } from './anchor-tracker';
import type { PlannedEdit } from './planned-edit';
import { DRAFTS_KEY, type LeftDrafts } from './stray-drafts';

/**
 * A document without drafts that has stood for so long is not brought back with one: VS Code keeps unsaved changes after
 * one or two seconds without a new one, those of a notebook on another machine after ten.
 */
const SETTLED_MS = 15_000;

/** How a {@link DraftRecord} tells the time. */
export interface DraftRecordTimes {
  /** Wall clock, ms. */
  readonly now?: () => number;
  /** How long a document without drafts must have stood until its former drafts are forgotten, ms. */
  readonly settledMs?: number;
}

/** Where drafts of one dictation stand. */
interface Standing {
  readonly document: vscode.TextDocument;
  readonly spans: readonly Span[];
}

/** A document that may be brought back with drafts. */
interface Kept {
  readonly states: readonly PastState[];
  /** Runs while no draft stands there. */
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Remembers, beyond the window, which text of its documents is a draft. Hot exit brings documents back as they were when the
 * window was closed, or, after a crash, some moments or drafts before; and a window that saves by itself may write drafts
 * when it closes: then nobody can be asked to take them out. The next window does.
 */
export class DraftRecord implements vscode.Disposable {
  private readonly owners = new Map<object, Standing>();
  private readonly kept = new Map<string, Kept>();
  private readonly now: () => number;
  private readonly settledMs: number;
  private written = '[]';
  private isClosed = false;
  /** Those that are dictated into are told by {@link note}. */
  private readonly subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const isLeft = this.kept.has(document.uri.toString()) && this.standingIn(document).length === 0;
    if (isLeft && contentChanges.length > 0) this.look(document);
  });

  /** @param memory of this workspace */
  constructor(
    private readonly memory: vscode.Memento,
    { now = () => Date.now(), settledMs = SETTLED_MS }: DraftRecordTimes = {},
  ) {
    this.now = now;
    this.settledMs = settledMs;
  }

  /** The document of `owner` is about to be edited: a crash between the edit and its event leaves the draft there, too. */
  expect(owner: object, { document, changes, after }: PlannedEdit): void {
    if (!this.owners.has(owner)) this.owners.set(owner, { document, spans: [] });
    // The drafts of others move with this edit; where to is known after it.
    if (this.standingIn(document).some(([other]) => other !== owner)) return;
    const spans = after.flatMap(({ drafts }) => drafts);
    this.add(document, spans, () =>
      changes.reduceRight(
        (rest, { rangeOffset: start, rangeLength, text }) =>
          rest.slice(0, start) + text + rest.slice(start + rangeLength),
        document.getText(),
      ),
    );
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
    this.isClosed = true;
    this.subscription.dispose();
    for (const { timer } of this.kept.values()) clearTimeout(timer);
  }

  /** Dictations into a document. */
  private standingIn(document: vscode.TextDocument): readonly (readonly [object, Standing])[] {
    return [...this.owners].filter(([, standing]) => standing.document === document);
  }

  /** True if a draft stands in a document of this URI; it may be another object than before it was closed. */
  private hasDraft(key: string): boolean {
    return [...this.owners.values()].some(
      ({ document, spans }) => spans.length > 0 && document.uri.toString() === key,
    );
  }

  /** Remembers a document as it is. */
  private look(document: vscode.TextDocument): void {
    const spans = this.standingIn(document).flatMap(([, standing]) => standing.spans);
    this.add(document, spans, () => document.getText());
  }

  private add(document: vscode.TextDocument, spans: readonly Span[], text: () => string): void {
    const key = document.uri.toString();
    const { states = [] } = this.kept.get(key) ?? {};
    // Nothing to tell apart: the usual case, and the text of a long document is not asked for at each key.
    if (spans.length === 0 && states.length === 0) return;
    if (document.isClosed) return this.keep(key, states, this.hasDraft(key));
    const drafts = [...spans].sort((a, b) => a.start - b.start);
    const now = text();
    // Whoever types behind a draft that is gone does so without a hash of everything at each key.
    const isAlike = (one: PastState) => one.drafts.length > 0 && one.length === now.length;
    const id = drafts.length > 0 || states.some(isAlike) ? idOf(now) : { length: now.length, hash: '' };
    this.keep(key, withState(states, { ...id, drafts, since: this.now() }), drafts.length > 0);
  }

  private keep(key: string, states: readonly PastState[], withDraft: boolean): void {
    if (this.isClosed) return;
    clearTimeout(this.kept.get(key)?.timer);
    if (states.length === 0) this.kept.delete(key);
    else this.kept.set(key, { states, timer: withDraft ? undefined : this.forgetSettled(key) });
    this.write();
  }

  private forgetSettled(key: string): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.keep(key, [], false), this.settledMs);
  }

  private write(): void {
    const all = [...this.kept].flatMap(([uri, { states }]) =>
      states.flatMap(({ length, hash, drafts, since }) =>
        drafts.length > 0 ? [{ uri, length, hash, drafts, since }] : [],
      ),
    );
    const text = JSON.stringify(all);
    if (text === this.written) return;
    this.written = text;
    const left: LeftDrafts | undefined = all.length === 0 ? undefined : all;
    void this.memory.update(DRAFTS_KEY, left);
  }
}

/** What tells a text from any other. */
export function idOf(text: string): { readonly length: number; readonly hash: string } {
  return { length: text.length, hash: createHash('sha256').update(text).digest('base64url') };
}
