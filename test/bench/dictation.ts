import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { lastValueFrom, tap, type Observable } from 'rxjs';
import { DEFAULT_LISTENING } from '../../src/core/audio/defaults';
import type { Role } from '../../src/core/model';
import type { AudioSource, Engine, Engines } from '../../src/core/ports';
import { createSession } from '../../src/core/session';
import { distinctEngines } from '../../src/core/session/engines';
import type { StrategyName } from '../../src/core/session/strategies/names';
import type { PipelinePolicy, SessionEvent, SessionStats } from '../../src/core/session-types';
import { samplesToMs } from '../../src/core/units';
import { oneStaysOne } from '../support/redirected-engine';
import type { SpokenWord } from '../support/spoken-words';
import type { WordsTotal } from './models';
import { CallProfile } from './profile';
import { type Truth, TruthMeter } from './truth';

/** One dictation that was measured. */
export interface Measured extends Truth {
  readonly audioSeconds: number;
  /** CPU seconds of all processes, per second of audio; of these, what the models of words took (costed engines). */
  readonly cpuPerSecond: number;
  readonly wordsCpuPerSecond: number;
  /** By how much the words made the mean call of each model longer, ms; absent if models say their own words. */
  readonly wordsMs?: Readonly<Record<Role, number>>;
  /** Delay of this process's event loop, 99th percentile, ms. */
  readonly loopP99Ms: number;
  /** The most memory that each engine held, MiB; NaN for one that does not run. */
  readonly peakMiB: Readonly<Record<Role, number>>;
  readonly stats?: SessionStats;
  /** What the latencies are made of; absent for the naive way. */
  readonly profile?: CallProfile;
}

/** What is dictated and to whom. */
export interface DictationOptions {
  readonly source: AudioSource;
  readonly engines: Engines;
  readonly words: readonly SpokenWord[];
  readonly policy?: Partial<PipelinePolicy>;
  readonly strategy?: StrategyName;
  /** See `BenchEngines`; of engines that have not been called yet. */
  readonly wordsCost?: () => WordsTotal;
  /** The clock of the figures, ms; default: the real one. */
  readonly now?: () => number;
}

const MICROSECONDS = 1e6;
const BYTES_PER_MIB = 1024 ** 2;
const NANOSECONDS_PER_MS = 1e6;
/** Resolution of the event-loop watch, ms; what it tells includes it. */
const LOOP_RESOLUTION_MS = 10;
/** Worst one in a hundred. */
const PERCENTILE = 99;

/** Dictates through the whole pipeline. */
export async function dictated(options: DictationOptions): Promise<Measured> {
  const profile = new CallProfile(options.now ?? (() => performance.now()));
  const measured = await watched(options, (source) => {
    const { engines, policy, strategy } = options;
    const session = createSession({
      source,
      engines: oneStaysOne(engines, (both) => profile.watch(both)),
      language: 'en',
      listening: DEFAULT_LISTENING,
      ...(policy && { policy }),
      ...(strategy && { strategy }),
    });
    return { events$: session.events$, stats: () => session.stats() };
  });
  return { ...measured, profile };
}

/** Follows anything that turns a source into session events, and measures it. */
export async function watched(
  options: Omit<DictationOptions, 'policy'>,
  begin: (source: AudioSource) => {
    readonly events$: Observable<SessionEvent>;
    readonly stats?: () => SessionStats;
  },
): Promise<Measured> {
  const { engines, words, now = () => performance.now() } = options;
  const truth = new TruthMeter(words, now);
  let heard = 0;
  const frames$ = options.source.frames$.pipe(
    tap((frame) => {
      heard = frame.start + frame.samples.length;
      truth.captured(heard);
    }),
  );
  const { events$, stats } = begin({ name: options.source.name, frames$ });
  const before = await cpuSeconds(engines);
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  await lastValueFrom(events$.pipe(tap((event) => truth.observe(event))), { defaultValue: undefined });
  loop.disable();
  const audioSeconds = samplesToMs(heard) / 1_000;
  const wordsCost = options.wordsCost?.();
  return {
    ...truth.result(),
    audioSeconds,
    wordsCpuPerSecond: (wordsCost?.cpuSeconds ?? 0) / audioSeconds,
    ...(wordsCost && { wordsMs: wordsCost.callMs }),
    cpuPerSecond: ((await cpuSeconds(engines)) - before) / audioSeconds,
    loopP99Ms: Math.max(0, loop.percentile(PERCENTILE) / NANOSECONDS_PER_MS - LOOP_RESOLUTION_MS),
    peakMiB: await peakMiB(engines),
    ...(stats && { stats: stats() }),
  };
}

/** CPU seconds of this process and of the engines so far. */
export async function cpuSeconds(engines: Engines): Promise<number> {
  const used = await Promise.all(distinctEngines(engines).map(({ engine }) => engine.usage()));
  return ownCpuSeconds() + used.reduce((sum, usage) => sum + (usage?.cpuSeconds ?? 0), 0);
}

/** CPU seconds of this process, which runs the pipeline, so far. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / MICROSECONDS;
}

/** The most memory that each engine held, MiB; NaN for one that does not run. */
async function peakMiB({ fast, heavy }: Engines): Promise<Readonly<Record<Role, number>>> {
  const peak = async (engine: Engine) => ((await engine.usage())?.peakRssBytes ?? NaN) / BYTES_PER_MIB;
  return { fast: await peak(fast), heavy: await peak(heavy) };
}
