import type { Disposable } from '../../core/lifetime';

/** Sends pings and notices when `most` in a row stay without an answer. */
export class Watchdog implements Disposable {
  private readonly timer: NodeJS.Timeout;
  private unanswered = 0;
  private id = 0;

  constructor(
    options: { readonly intervalMs: number; readonly most: number },
    ping: (id: number) => void,
    stalled: () => void,
  ) {
    this.timer = setInterval(() => {
      if (this.unanswered >= options.most) {
        this.dispose();
        stalled();
        return;
      }
      this.unanswered += 1;
      this.id += 1;
      ping(this.id);
    }, options.intervalMs);
  }

  /** Any answer shows that the process lives. */
  pong(): void {
    this.unanswered = 0;
  }

  dispose(): void {
    clearInterval(this.timer);
  }
}
