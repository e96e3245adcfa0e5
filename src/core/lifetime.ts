/** Anything that was started and can be stopped. */
export interface Disposable {
  dispose(): void | Promise<void>;
}

/**
 * Things to stop, in reverse order of their starting. Once disposed, whatever is added later is stopped at once, so that
 * a start that finishes after the stop leaves nothing running.
 */
export class DisposalList implements Disposable {
  private items: Disposable[] | undefined = [];

  /** Adds `item` and returns it. A function is taken as its own `dispose`. */
  add<T extends Disposable | (() => void | Promise<void>)>(item: T): T {
    const entry: Disposable = typeof item === 'function' ? { dispose: item } : item;
    if (this.items) this.items.push(entry);
    else void entry.dispose();
    return item;
  }

  get disposed(): boolean {
    return this.items === undefined;
  }

  /** Stops everything, newest first, each even if another one failed; throws the first failure at the end. */
  async dispose(): Promise<void> {
    const items = this.items;
    this.items = undefined;
    const failures: unknown[] = [];
    for (const item of (items ?? []).reverse()) {
      try {
        await item.dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
