/**
 * Does a job in rounds, one at a time. Whoever asks while a round is under way gets another one behind it, so that what
 * came after the last look of that round is seen to as well.
 */
export class Rounds {
  private running: Promise<void> | undefined;
  private isAskedAgain = false;

  /** @param round does all that there is to do; an error of it reaches everybody who waits, and ends nothing else */
  constructor(private readonly round: () => Promise<void>) {}

  /** Resolves when all that there is to do at this moment is done. */
  run(): Promise<void> {
    this.isAskedAgain = true;
    this.running ??= this.runAll();
    return this.running;
  }

  /** Resolves when no round is under way; starts none. */
  idle(): Promise<void> {
    return this.running ?? Promise.resolve();
  }

  private async runAll(): Promise<void> {
    try {
      while (this.isAskedAgain) {
        this.isAskedAgain = false;
        await this.round();
      }
    } finally {
      // In the same breath as the last look: between the two nobody can ask.
      this.running = undefined;
    }
  }
}
