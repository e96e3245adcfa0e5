import { SAMPLE_RATE } from '../../../src/core/units';
import { audioContext } from '../../../src/engine/params';
import { median, type Row, row } from '../results';
import type { BenchContext } from '../section';
import type { Job, Measurement } from './job';
import { jobCommon, MODEL, measure } from './measure';

/** A draft's window, and as many calls as pools need to fill. */
const DRAFT = { seconds: 3, calls: { full: 30, quick: 3 } };
/** Processes a way. */
const ROUNDS = { full: 3, quick: 1 };
/** Variables by which somebody tells the GNU C library how to hand out memory. */
const ALLOCATOR = /^MALLOC_/;

/**
 * What an engine process holds at most, and computes, when the C library gives memory back as the product asks it to, against the library's own
 * way. Nothing where the library is not GNU's.
 */
export async function memoryGivenBack(context: BenchContext, addon: string): Promise<readonly Row[]> {
  if (process.platform !== 'linux') return [];
  const samples = DRAFT.seconds * SAMPLE_RATE;
  const job: Job = {
    ...jobCommon(context, 'tiny.en', 'q8_0'),
    addon,
    samples,
    threads: 1,
    audioCtx: audioContext(samples, MODEL),
    calls: context.quick ? DRAFT.calls.quick : DRAFT.calls.full,
  };
  const ours: Measurement[] = [];
  const usual: Measurement[] = [];
  const rounds = context.quick ? ROUNDS.quick : ROUNDS.full;
  for (let round = 1; round <= rounds; round++) {
    context.say(`memory of tiny.en q8_0, ${job.calls} calls, round ${round} of ${rounds}`);
    usual.push(await measure(job, withoutAllocator(process.env)));
    ours.push(await measure(job));
  }
  const peak = (runs: readonly Measurement[]) => median(runs.map(({ peakMiB }) => peakMiB));
  const computing = (runs: readonly Measurement[]) => median(runs.map(({ cpuMs }) => cpuMs));
  return [
    row('engine.memory.c_library', peak(usual), 'MiB'),
    row('engine.memory.given_back', peak(ours), 'MiB'),
    row('engine.memory.computing', computing(ours) / computing(usual), 'times'),
  ];
}

function withoutAllocator(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ALLOCATOR.test(name)));
}
