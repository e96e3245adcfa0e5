import type { Role } from './model';
import type { StrategyName } from './session/strategies/names';
import type { PipelinePolicy } from './session-types';

/** Threads each model may keep busy. */
export interface ThreadBudget extends Readonly<Record<Role, number>> {
  /** Threads of the heavy model's final passes that have all cores. */
  readonly final: number;
}

/** Beyond this many threads Whisper's encoder gains little: memory bandwidth is the limit. */
const MAX_HEAVY_THREADS = 8;
/** A tiny or base model drafts fast enough with this many. */
const MAX_FAST_THREADS = 2;
/** From this many cores on the fast model gets its second thread. */
const CORES_FOR_SECOND_FAST_THREAD = 6;
/** Up to so many cores the final pass takes the fast model's share, too: it is what one waits for in a pause. */
const FEW_CORES = 4;
/**
 * So long drafts may wait for a final pass that has all cores: a word said meanwhile is still shown within 0.9 s (a step of 250 ms and the
 * draft itself come on top). Side by side, with more threads than cores, both take several times as long.
 */
const DRAFTS_WAIT_MS = 500;

/**
 * Shares the cores. ggml's threads spin at barriers, so that more busy threads than cores slow every call down
 * many times: models that work side by side never get more threads than there are cores (but each has at least one), and where
 * there are more than two cores one stays free for the editor. Models that take turns, and one alone, have all of that to
 * themselves; so has a final pass where cores are few and it is quick, since nobody speaks then.
 * @param cores that may be used
 */
export function threadBudget(cores: number, strategy: StrategyName = 'tandem'): ThreadBudget {
  const usable = cores > 2 ? cores - 1 : Math.max(cores, 2);
  if (strategy !== 'tandem') {
    const most = Math.min(usable, Math.max(1, cores));
    const heavy = Math.min(MAX_HEAVY_THREADS, most);
    return { fast: Math.min(MAX_FAST_THREADS, most), heavy, final: heavy };
  }
  const fast = cores >= CORES_FOR_SECOND_FAST_THREAD ? MAX_FAST_THREADS : 1;
  const heavy = Math.max(1, Math.min(MAX_HEAVY_THREADS, usable - fast));
  return { fast, heavy, final: cores <= FEW_CORES ? Math.min(usable, cores) : heavy };
}

/**
 * `budget` with the numbers that somebody chose. Who chooses the heavy model's threads chooses those of its final passes, too.
 */
export function chosenThreads(
  budget: ThreadBudget,
  { fast = budget.fast, heavy }: Partial<Readonly<Record<Role, number>>>,
): ThreadBudget {
  return { fast, heavy: heavy ?? budget.heavy, final: heavy ?? budget.final };
}

/**
 * True if both models together want more threads than there are cores: on a single core, or with numbers of threads that somebody
 * chose. Drafts then wait while a final pass runs.
 */
export function isCrowded(threads: ThreadBudget, cores: number): boolean {
  return threads.fast + threads.heavy > cores;
}

/** How drafts and final passes make room for each other, given their threads. */
export function roomForFinals(
  threads: ThreadBudget,
  cores: number,
): Pick<PipelinePolicy, 'allCoresUpTo' | 'yieldToFinal'> {
  return {
    allCoresUpTo: threads.final > threads.heavy ? DRAFTS_WAIT_MS : 0,
    yieldToFinal: isCrowded(threads, cores),
  };
}
