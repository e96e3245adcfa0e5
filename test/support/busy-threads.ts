import type { ThreadBudget } from '../../src/core/threads';
import type { FakeCall } from './fake-engine';
import type { Outcome } from './marbles-session';

/** No draft waits longer for a final pass that has all cores: see `FinalRoom`. */
const LONGEST_WAIT_MS = 2_000;

/**
 * The most threads that calls of both models kept busy at a time. Left out is what may go beyond on purpose: the last draft of an
 * utterance that the heavy model has lost, and drafts that have waited for so long that the final pass must have been misjudged.
 */
export function mostBusyThreads({ fast, heavy, commits }: Outcome, threads: ThreadBudget): number {
  const lost = new Set(commits.flatMap(({ final, windowId }) => (final ? [windowId] : [])));
  const hasWaited = (draft: FakeCall) =>
    heavy.calls.some(
      (call) =>
        call.request.allCores === true &&
        isRunning(call, draft.startedAt) &&
        draft.startedAt - call.startedAt >= LONGEST_WAIT_MS,
    );
  const drafts = fast.calls.filter((call) => !lost.has(call.request.windowId) && !hasWaited(call));
  const calls = fast === heavy ? heavy.calls : [...drafts, ...heavy.calls];
  const busy = ({ request }: FakeCall) => {
    if (request.role === 'fast') return threads.fast;
    return request.allCores ? threads.final : threads.heavy;
  };
  const at = (moment: number) =>
    calls.reduce((sum, call) => sum + (isRunning(call, moment) ? busy(call) : 0), 0);
  return Math.max(0, ...calls.map(({ startedAt }) => at(startedAt)));
}

function isRunning({ startedAt, endedAt = Infinity, outcome }: FakeCall, moment: number): boolean {
  return outcome !== 'forgotten' && startedAt <= moment && endedAt > moment;
}
