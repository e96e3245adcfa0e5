import type { Window } from '../../model';
import { callRange } from '../../windows/scope';
import type { StrategyContext } from './strategy';

/** How much faster a final pass is with all cores than with its share, until that was seen (`npm run bench -- engine`: 1.2 to 1.6). */
const USUAL_GAIN = 1.4;
/** Weight of what was known of that, when a pass tells anew. */
const MEMORY = 0.8;

/**
 * Decides, pass by pass, whether a final one has all cores. It begins when the draft of its pause is done, then, and drafts of what is
 * said meanwhile wait until it is over: worth it as long as that wait is short, which depends on machine and model.
 */
export class FinalRoom {
  private readonly given = new Set<number>();
  private gain = USUAL_GAIN;

  constructor(private readonly context: StrategyContext) {}

  /** Decides about a window that has just opened. */
  decide(window: Window): boolean {
    const isGiven = window.final && this.predicted(window) <= this.context.policy.allCoresUpTo;
    if (isGiven) this.given.add(window.id);
    return isGiven;
  }

  /** True if the final pass over this window has all cores. */
  isGiven({ id }: Window): boolean {
    return this.given.has(id);
  }

  /** What a pass with all cores took, over so many samples. */
  learn(samples: number, ms: number): void {
    const shared = this.context.costs.heavy.predict(samples);
    if (shared !== undefined && ms > 0) this.gain = MEMORY * this.gain + (1 - MEMORY) * (shared / ms);
  }

  /** What the pass would take with all cores, ms; Infinity while nothing is known. */
  private predicted(window: Window): number {
    const { engines, state, costs } = this.context;
    const { start, end } = callRange(state(), window, engines.heavy.longestWindow);
    return (costs.heavy.predict(end - start) ?? Infinity) / this.gain;
  }
}
