import type { EntryState, HistoryEntry, KeptText } from './history-entry';

/** What dictations show, and what they have inserted of utterances that go on: entries of the history that are not to stay. */
export class PassingEntries {
  private readonly drafts = new Map<object, HistoryEntry>();
  private readonly unfinished = new Map<object, HistoryEntry>();

  /**
   * @param now wall clock, ms
   * @param entry makes a new one
   */
  constructor(
    private readonly now: () => number,
    private readonly entry: (kept: KeptText, state: EntryState) => HistoryEntry,
  ) {}

  /** What `owner` shows and no document has; nothing if it is empty. @returns true if that is new */
  setDraft(owner: object, kept: KeptText | undefined): boolean {
    return this.set(this.drafts, owner, kept, 'draft');
  }

  /** What `owner` has inserted of an utterance that goes on; nothing if it is empty. @returns true if that is new */
  setUnfinished(owner: object, kept: KeptText | undefined): boolean {
    const isNew = this.set(this.unfinished, owner, kept, 'inserted');
    // Nothing was inserted if it is the same, or gone.
    if (isNew && this.unfinished.has(owner)) this.saidBefore(owner);
    return isNew;
  }

  /** What was just inserted for `owner` was said before what it shows. */
  saidBefore(owner: object): void {
    const draft = this.drafts.get(owner);
    if (draft) this.drafts.set(owner, { ...draft, time: this.now() });
  }

  /** In the order in which those of each owner were said. */
  all(): readonly HistoryEntry[] {
    return [...this.unfinished.values(), ...this.drafts.values()];
  }

  clear(): void {
    this.drafts.clear();
    this.unfinished.clear();
  }

  private set(
    entries: Map<object, HistoryEntry>,
    owner: object,
    kept: KeptText | undefined,
    state: EntryState,
  ): boolean {
    if (!kept || kept.text === '') return entries.delete(owner);
    const before = entries.get(owner);
    if (before?.text === kept.text && before.offset === kept.offset) return false;
    // It is as old as its newest words: what was inserted meanwhile was said before.
    entries.set(owner, { ...(before ?? this.entry(kept, state)), ...kept, time: this.now() });
    return true;
  }
}
