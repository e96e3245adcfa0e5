import type { Role } from './model';

/** Threads each model may keep busy. */
export type ThreadBudget = Readonly<Record<Role, number>>;

/** Beyond this many threads Whisper's encoder gains little: memory bandwidth is the limit. */
const MAX_HEAVY_THREADS = 8;
/** A tiny or base model drafts fast enough with this many. */
const MAX_FAST_THREADS = 2;
/** From this many cores on the fast model gets its second thread. */
const CORES_FOR_SECOND_FAST_THREAD = 6;

/**
 * Shares the cores. ggml's threads spin at barriers, so that more busy threads than cores slow every call down
 * many times: the sum never exceeds the cores (but each model has at least one thread), and where there are more than
 * two cores one stays free for the editor.
 */
export function threadBudget(cores: number): ThreadBudget {
  const usable = cores > 2 ? cores - 1 : Math.max(cores, 2);
  const fast = cores >= CORES_FOR_SECOND_FAST_THREAD ? MAX_FAST_THREADS : 1;
  return { fast, heavy: Math.max(1, Math.min(MAX_HEAVY_THREADS, usable - fast)) };
}
