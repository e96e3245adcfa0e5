import type { Log } from '../core/ports';
import { Rounds } from '../core/rounds';
import type { EntryState, HistoryEntry, HistoryStore, KeptText } from './history-entry';
import { PassingEntries } from './passing-entries';

/** What a {@link History} works with. */
export interface HistoryParts {
  readonly store: HistoryStore;
  /** Entries kept at most, 0 for none; asked each time. */
  readonly size: () => number;
  /** Wall clock, ms. */
  readonly now: () => number;
  /** Unique prefix of this window's entry ids. */
  readonly window: string;
  readonly log: Log;
  /** Entries cannot be written: told once, and again only if they could be in between. */
  readonly onUnwritten?: () => void;
}

/** Drafts change several times a second; they are written at most this often, so that little is lost at little cost. */
const DRAFT_WRITE_MS = 1_000;

/**
 * The latest utterances, so that no word is lost: what was inserted, what could not be, and, as long as it is shown,
 * each draft. Written ahead, so that it survives a crash of the window, of which VS Code may bring documents back as they were
 * some moments before.
 */
export class History {
  private entries: readonly HistoryEntry[] = [];
  private readonly passing: PassingEntries;
  private count = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly rounds = new Rounds(() => this.write());
  private written = false;
  /** The last try to write has failed. */
  private failing = false;

  constructor(private readonly parts: HistoryParts) {
    this.passing = new PassingEntries(parts.now, (kept, state) => this.entry(kept, state));
  }

  /**
   * Adds a text; written at once.
   * @param owner of the dictation that it was said in: what that shows was said behind it
   */
  add(kept: KeptText, state: EntryState, owner?: object): void {
    if (this.parts.size() === 0) return this.forget();
    this.entries = [...this.entries, this.entry(kept, state)].slice(-this.parts.size());
    if (owner) this.passing.saidBefore(owner);
    this.save();
  }

  /** Remembers what `owner` shows and what is in no document yet; `undefined` once nothing is. */
  setDraft(owner: object, kept: KeptText | undefined): void {
    if (this.passing.setDraft(owner, this.wanted(kept))) this.saveSoon();
  }

  /** Remembers what `owner` has inserted of an utterance that goes on; `undefined` once it was added whole. */
  setUnfinished(owner: object, kept: KeptText | undefined): void {
    if (this.passing.setUnfinished(owner, this.wanted(kept))) this.saveSoon();
  }

  /** The number of entries wanted has changed: zero removes at once what any window has kept. */
  resize(): void {
    if (this.parts.size() === 0) return this.forget();
    this.entries = this.entries.slice(-this.parts.size());
    if (this.written) this.save();
  }

  /** The latest entries of all windows, newest first. */
  async all(): Promise<readonly HistoryEntry[]> {
    const size = this.parts.size();
    const stored = await this.parts.store.read().catch((error: unknown) => {
      this.parts.log.warn(`The history cannot be read: ${String(error)}`);
      return [];
    });
    const own = this.own();
    // What this window has in memory is newer than what it has written.
    const others = stored.filter(({ id }) => !id.startsWith(this.parts.window));
    // Of the same millisecond the one that came later is first: each window has them in the order in which they came.
    return [...others, ...own]
      .reverse()
      .sort((a, b) => b.time - a.time)
      .slice(0, size);
  }

  /** Resolves when all that was added is written. */
  async flush(): Promise<void> {
    if (this.timer) this.save();
    await this.rounds.idle();
  }

  /** Drafts that are still there stay in the history. Resolves when everything is written. */
  async dispose(): Promise<void> {
    await this.flush();
  }

  private entry(kept: KeptText, state: EntryState): HistoryEntry {
    return { ...kept, id: `${this.parts.window}-${++this.count}`, time: this.parts.now(), state };
  }

  private own(): readonly HistoryEntry[] {
    return [...this.entries, ...this.passing.all()];
  }

  private wanted(kept: KeptText | undefined): KeptText | undefined {
    return this.parts.size() === 0 ? undefined : kept;
  }

  /** The user wants no history any more. */
  private forget(): void {
    this.entries = [];
    this.passing.clear();
    this.save();
  }

  private saveSoon(): void {
    this.timer ??= setTimeout(() => this.save(), DRAFT_WRITE_MS);
  }

  private save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    void this.rounds.run();
  }

  private async write(): Promise<void> {
    const { store, log } = this.parts;
    try {
      if (this.parts.size() === 0) return await store.clear();
      await store.write(this.own());
      this.failing = false;
    } catch (error) {
      log.warn(`The history cannot be written: ${String(error)}`);
      this.failed();
      return;
    }
    await this.prune();
  }

  /** Everything is in memory still, and the next entry or draft is written with all that was not. */
  private failed(): void {
    const isNew = !this.failing && this.parts.size() > 0;
    this.failing = true;
    if (isNew) this.parts.onUnwritten?.();
  }

  /** Once a window, with the first entries. That it fails is nobody's loss. */
  private async prune(): Promise<void> {
    if (this.written) return;
    this.written = true;
    const { store, log } = this.parts;
    try {
      await store.prune(new Set((await this.all()).map(({ id }) => id)));
    } catch (error) {
      log.warn(`Old histories cannot be removed: ${String(error)}`);
    }
  }
}
