import type { Log } from '../core/ports';
import { Rounds } from '../core/rounds';

/** Text and the place it was meant for. */
export interface KeptText {
  readonly text: string;
  /** Document, as a URI string, and the place in it (UTF-16 offset). */
  readonly uri: string;
  readonly offset: number;
}

/**
 * What became of a text: `inserted` into its document; `kept` because that was not possible or dictation was cancelled;
 * `draft` when its window ended before it was confirmed; `heard` for what was said, where a language model has tidied it up.
 */
export type EntryState = 'inserted' | 'kept' | 'draft' | 'heard';

/** A text of the history. */
export interface HistoryEntry extends KeptText {
  /** Unique among all windows. */
  readonly id: string;
  /** When it came, ms since 1970. */
  readonly time: number;
  readonly state: EntryState;
}

/** Where histories outlive their windows. Each window writes its own entries only, and reads those of all. */
export interface HistoryStore {
  /** What all windows have written, in any order; what cannot be read is left out. */
  read(): Promise<readonly HistoryEntry[]>;
  /** Replaces what this window has written before, whole or not at all. */
  write(entries: readonly HistoryEntry[]): Promise<void>;
  /** Removes what any window has written. */
  clear(): Promise<void>;
  /** Removes what was written by windows that are gone and is not among `wanted`. */
  prune(wanted: ReadonlySet<string>): Promise<void>;
}

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
  private readonly drafts = new Map<object, HistoryEntry>();
  private readonly unfinished = new Map<object, HistoryEntry>();
  private count = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly rounds = new Rounds(() => this.write());
  private written = false;
  /** The last try to write has failed. */
  private failing = false;

  constructor(private readonly parts: HistoryParts) {}

  /** Adds a text; written at once. */
  add(kept: KeptText, state: EntryState): void {
    if (this.parts.size() === 0) return this.forget();
    this.entries = [...this.entries, this.entry(kept, state)].slice(-this.parts.size());
    this.save();
  }

  /** Remembers what `owner` shows and what is in no document yet; `undefined` once nothing is. */
  setDraft(owner: object, kept: KeptText | undefined): void {
    this.setPassing(this.drafts, owner, kept, 'draft');
  }

  /** Remembers what `owner` has inserted of an utterance that goes on; `undefined` once it was added whole. */
  setUnfinished(owner: object, kept: KeptText | undefined): void {
    this.setPassing(this.unfinished, owner, kept, 'inserted');
    // What is not confirmed was said behind it.
    const draft = this.drafts.get(owner);
    if (draft) this.drafts.set(owner, { ...draft, time: this.parts.now() });
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
    return [...this.entries, ...this.unfinished.values(), ...this.drafts.values()];
  }

  private setPassing(
    entries: Map<object, HistoryEntry>,
    owner: object,
    kept: KeptText | undefined,
    state: EntryState,
  ): void {
    const before = entries.get(owner);
    if (!kept || kept.text === '' || this.parts.size() === 0) {
      if (entries.delete(owner)) this.saveSoon();
      return;
    }
    if (before?.text === kept.text && before.offset === kept.offset) return;
    // It is as old as its newest words: what was inserted meanwhile was said before.
    const time = this.parts.now();
    entries.set(owner, { ...(before ?? this.entry(kept, state)), ...kept, time });
    this.saveSoon();
  }

  /** The user wants no history any more. */
  private forget(): void {
    this.entries = [];
    this.drafts.clear();
    this.unfinished.clear();
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
