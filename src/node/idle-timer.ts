import type { Disposable } from '../core/lifetime';

/** The longest delay of a timer, ms (24.8 days): Node fires at once after a longer one. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * Calls `idle` once nothing has been in use for a while. Each `begin` takes a use and is given back by the function it
 * returns (giving back twice counts once).
 */
export class IdleTimer implements Disposable {
  private uses = 0;
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  /** @param delayMs how long; asked whenever the last use ends. Infinity: never. */
  constructor(
    private readonly idle: () => void,
    private readonly delayMs: () => number,
  ) {}

  begin(): () => void {
    this.cancel();
    this.uses += 1;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.uses -= 1;
      if (this.uses === 0) this.arm();
    };
  }

  dispose(): void {
    this.disposed = true;
    this.cancel();
  }

  private arm(): void {
    const delay = this.delayMs();
    if (this.disposed || delay === Infinity) return;
    this.timer = setTimeout(this.idle, Math.min(delay, LONGEST_DELAY_MS));
    // Waiting to release memory is no reason to keep a process alive.
    this.timer.unref();
  }

  private cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
