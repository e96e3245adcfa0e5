import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { PastState } from '../core/anchor/draft-states';
import type { Log } from '../core/ports';
import type { DraftLines } from './draft-lines';
import { DRAFTS_KEY, type LeftDraft, type LeftDrafts } from './stray-drafts';

/**
 * A document without drafts that has stood for so long is not brought back with one: VS Code keeps unsaved changes after
 * one or two seconds without a new one, those of a notebook on another machine after ten.
 */
const SETTLED_MS = 15_000;

/** Is never what is to be written. */
const UNKNOWN = '';

const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));
const PLACE = v.object({ line: COUNT, character: COUNT });
const LINES = v.object({
  count: v.pipe(COUNT, v.minValue(1)),
  length: COUNT,
  hash: v.string(),
  isTop: v.boolean(),
  isBottom: v.boolean(),
  start: PLACE,
  end: PLACE,
});
const LEFT_DRAFTS = v.array(
  v.object({
    uri: v.string(),
    length: COUNT,
    hash: v.string(),
    drafts: v.pipe(v.array(v.object({ start: COUNT, end: COUNT })), v.minLength(1)),
    since: v.number(),
    lines: v.array(LINES),
  }),
);

/** Parts of a {@link DraftMemory}. */
export interface DraftMemoryParts {
  /** Of this workspace. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly log: Pick<Log, 'warn'>;
  /** How long a document without drafts must have stood until its former drafts are forgotten, ms. */
  readonly settledMs?: number;
}

/** What is remembered of a document. */
export interface KeptDrafts {
  /** What it may be brought back as, newest first. */
  readonly states: readonly PastState[];
  /** The lines around the drafts of the newest state. */
  readonly lines: readonly DraftLines[];
}

interface Kept extends KeptDrafts {
  /** Runs while no draft stands there. */
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

const NOTHING: KeptDrafts = { states: [], lines: [] };

/** What outlives the window of the drafts in its documents: those of this one, and those of former ones that are not taken out yet. */
export class DraftMemory {
  private readonly kept = new Map<string, Kept>();
  private former: readonly LeftDraft[];
  /** As JSON. */
  private written: string | undefined;
  private isClosed = false;
  /** The last try to write has failed. */
  private failing = false;

  constructor(private readonly parts: DraftMemoryParts) {
    const left = parts.memory.get<unknown>(DRAFTS_KEY);
    const read = v.safeParse(LEFT_DRAFTS, left ?? []);
    this.former = read.success ? read.output : [];
    this.written = JSON.stringify(left);
    // What a former version has left in its own form is of no use.
    this.write();
  }

  /** What former windows have left; of each document newest first. */
  get left(): readonly LeftDraft[] {
    return this.former;
  }

  /** What former windows have left in a document is taken out, or is not to be. */
  settle(uri: string): void {
    this.former = this.former.filter((one) => one.uri !== uri);
    this.write();
  }

  /** What is remembered of the document of this URI; no state if it has had no draft. */
  of(uri: string): KeptDrafts {
    return this.kept.get(uri) ?? NOTHING;
  }

  /**
   * Remembers a document. Nothing more once the window ends.
   * @param hasDraft it goes on to have one; else it is forgotten after a while
   */
  keep(uri: string, { states, lines }: KeptDrafts, hasDraft: boolean): void {
    if (this.isClosed) return;
    clearTimeout(this.kept.get(uri)?.timer);
    if (states.length === 0) this.kept.delete(uri);
    else this.kept.set(uri, { states, lines, timer: hasDraft ? undefined : this.forgetSettled(uri) });
    this.write();
  }

  /** Writes nothing any more: what is remembered stays for the next window. */
  close(): void {
    this.isClosed = true;
    for (const { timer } of this.kept.values()) clearTimeout(timer);
  }

  private forgetSettled(uri: string): ReturnType<typeof setTimeout> {
    const { settledMs = SETTLED_MS } = this.parts;
    return setTimeout(() => this.keep(uri, NOTHING, false), settledMs);
  }

  private write(): void {
    const own = [...this.kept].flatMap(([uri, { states, lines }]) =>
      states.flatMap(({ length, hash, drafts, since }, index) =>
        drafts.length > 0 ? [{ uri, length, hash, drafts, since, lines: index === 0 ? lines : [] }] : [],
      ),
    );
    const all = [...own, ...this.former];
    const left = all.length === 0 ? undefined : all;
    const text = JSON.stringify(left);
    if (this.isClosed || text === this.written) return;
    this.written = text;
    void this.update(left);
  }

  private async update(left: LeftDrafts | undefined): Promise<void> {
    const { memory, log } = this.parts;
    try {
      await memory.update(DRAFTS_KEY, left);
      this.failing = false;
    } catch (error) {
      // The next change is written with all that was not.
      this.written = UNKNOWN;
      if (!this.failing) log.warn(`Drafts in documents cannot be remembered: ${String(error)}`);
      this.failing = true;
    }
  }
}
