import type { EngineUsage } from '../../core/ports';

/** A process that works, however little it gets of the cores, answers a ping within so long, ms. */
const ANSWER_MS = 2_000;
/** A call that computes less than this share of the time waits for something that will not come; taking in audio costs a third of it. */
const IDLE_SHARE = 0.01;
/** A call whose threads have computed for so much of its deadline had the cores and used them up. */
const COMPUTED_SHARE = 0.5;
/** Nobody waits longer than so many deadlines, whatever the process does. */
const MOST_DEADLINES = 8;

/**
 * Tells a process that gets too little of the cores from one that hangs: by the time it has computed, not by the clock. An engine of lower
 * priority gets hardly any while other programs keep all cores busy; to end it would only add the work of loading its model again.
 */
export class ComputingTime {
  private first: Promise<EngineUsage | undefined> = Promise.resolve(undefined);
  private last = this.first;
  private deadlines = 0;
  private threads = 1;

  /** @param usage what the process has cost so far; undefined if none answers */
  constructor(private readonly usage: () => Promise<EngineUsage | undefined>) {}

  /** A call is about to begin that keeps so many `threads` busy. */
  begin(threads: number): void {
    this.threads = threads;
    this.first = this.usage();
    this.last = this.first;
    this.deadlines = 0;
  }

  /** Asked each time the call has lasted `deadlineMs` (longer): true if it should have that time once more. */
  async isStarved(deadlineMs: number): Promise<boolean> {
    this.deadlines += 1;
    if (this.deadlines >= MOST_DEADLINES) return false;
    const now = this.usage();
    const answers = Promise.all([this.first, this.last, now]);
    const known = await within(answers, ANSWER_MS);
    this.last = now;
    const [first, last, latest] = known ?? [];
    if (!first || !last || !latest) return false;
    const sinceLast = (latest.cpuSeconds - last.cpuSeconds) * 1_000;
    const sinceFirst = (latest.cpuSeconds - first.cpuSeconds) * 1_000;
    const isIdle = sinceLast < deadlineMs * IDLE_SHARE;
    const hadItsTime = sinceFirst >= deadlineMs * this.threads * COMPUTED_SHARE;
    return !isIdle && !hadItsTime;
  }
}

/** What a promise resolves to, or undefined if that takes longer than `ms`. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
