import type { Window } from '../../model';
import { callRange } from '../../windows/scope';
import type { DraftWatch } from '../../windows/draft-watch';
import type { StrategyContext } from './strategy';

/** How much faster a final pass is with all cores than with its share, until that was seen (`npm run bench -- engine`: 1.2 to 1.7). */
const USUAL_GAIN = 1.4;
/** Weight of what was known of that, when a pass tells anew. */
const MEMORY = 0.8;
/** A final pass that was thought to be quick and is not keeps drafts waiting no longer, ms. */
const LONGEST_WAIT_MS = 2_000;

/**
 * Decides, pass by pass, whether a final one has all cores. It begins when the draft of its pause is done, then, and drafts of what is
 * said meanwhile wait until it is over: worth it as long as that wait is short, which depends on machine and model.
 *
 * Told of every window when it opens and of every final one when it is over, whether it had a pass or not: then it is forgotten.
 */
export class FinalRoom {
  private readonly given = new Set<number>();
  /** The pass that drafts wait for, and when it began, ms. The model makes one at a time. */
  private running: { readonly id: number; readonly since: number } | undefined;
  private gain = USUAL_GAIN;

  constructor(
    private readonly context: StrategyContext,
    private readonly drafts: Pick<DraftWatch, 'busy'>,
  ) {}

  /** A window has just opened: decides about its pass, once. */
  opened(window: Window): void {
    if (window.final && this.predicted(window) <= this.context.policy.allCoresUpTo) this.given.add(window.id);
  }

  /** True if the final pass over this window has all cores, from `started` on for good; false once it is over. */
  isGiven({ id }: Window): boolean {
    return this.given.has(id);
  }

  /**
   * The final pass over this window begins, or is tried again: then it has its share of the cores, as it has if its turn comes while a
   * draft is being made.
   */
  started(window: Window): void {
    if (this.drafts.busy) this.given.delete(window.id);
    const { policy, scheduler } = this.context;
    if (policy.yieldToFinal || this.isGiven(window)) this.running = { id: window.id, since: scheduler.now() };
  }

  /** The final pass over this window has ended, or there will be none. */
  over({ id }: Window): void {
    this.given.delete(id);
    // The next one may have begun in the same breath.
    if (this.running?.id === id) this.running = undefined;
  }

  /** True while a final pass runs that drafts make room for. */
  get keepsDraftsWaiting(): boolean {
    const { running } = this;
    const { policy, scheduler } = this.context;
    return (
      running !== undefined && (policy.yieldToFinal || scheduler.now() - running.since < LONGEST_WAIT_MS)
    );
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
