import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Disposable } from '../../core/lifetime';
import { FigureCollector, type Figures } from '../../core/measure/figures';
import { wordErrors } from '../../core/measure/wer';
import type { Engines, EngineUsage } from '../../core/ports';
import type { SessionEvent, SessionStats } from '../../core/session-types';
import { distinctEngines } from '../../core/session/engines';
import { joinText } from './utterances';

/** What one process cost. */
export interface ProcessCost {
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/** Printed by `--stats`. */
export interface Stats extends Figures {
  /** Word error rate of the committed text; only where a transcript lies beside the recording. */
  readonly wer?: number;
  /** Final passes that were begun at a pause: those that became the final one, and those that speech overtook. */
  readonly speculation: SessionStats['speculation'];
  /** Words committed early that the final pass heard otherwise: had they been rewritten, they would be commit violations. */
  readonly disagreed: number;
  /** CPU seconds of all processes per second of audio. */
  readonly cpuPerAudioSecond: number | undefined;
  /** One model that does both counts as `heavy`. */
  readonly processes: Readonly<Record<'host' | 'fast' | 'heavy', ProcessCost | undefined>>;
  /** Delay of this process's event loop, ms. */
  readonly eventLoopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const MICROSECONDS = 1e6;
const NANOSECONDS_PER_MS = 1e6;
const BYTES_PER_MB = 1024 * 1024;
/** Resolution of the event-loop watch in ms: finer would itself cost CPU. */
const LOOP_RESOLUTION_MS = 10;

/** Collects figures and costs of one dictation. */
export class StatsReport implements Disposable {
  private readonly figures = new FigureCollector(() => performance.now());
  private readonly loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  private readonly cpuAtStart = process.cpuUsage();
  private text = '';

  constructor(private readonly engines: Engines) {
    this.loop.enable();
  }

  /** A frame arrived whose last sample is at `end`. */
  captured(end: number): void {
    this.figures.captured(end);
  }

  observe(event: SessionEvent): void {
    this.figures.observe(event);
    if (event.type === 'commit') this.text = joinText(this.text, event.text);
  }

  /**
   * @param counted what the session has counted
   * @param reference what was really said, if known
   */
  async result({ speculation, disagreed }: SessionStats, reference?: string): Promise<Stats> {
    this.loop.disable();
    const usages = await Promise.all(
      distinctEngines(this.engines).map(async ({ engine }) => [engine.role, cost(await engine.usage())]),
    );
    const own = process.cpuUsage(this.cpuAtStart);
    const host: ProcessCost = {
      cpuSeconds: (own.user + own.system) / MICROSECONDS,
      // maxRSS is in kilobytes on every platform.
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    const processes: Stats['processes'] = {
      host,
      fast: undefined,
      heavy: undefined,
      ...Object.fromEntries(usages),
    };
    const cpu = Object.values(processes).reduce((sum, one) => sum + (one?.cpuSeconds ?? 0), 0);
    const figures = this.figures.result;
    const delay = (nanoseconds: number) =>
      Math.max(0, Math.round(nanoseconds / NANOSECONDS_PER_MS) - LOOP_RESOLUTION_MS);
    return {
      ...figures,
      ...(reference === undefined ? {} : { wer: wordErrors(reference, this.text).rate }),
      speculation,
      disagreed,
      cpuPerAudioSecond: figures.audioMs > 0 ? (cpu * 1000) / figures.audioMs : undefined,
      processes,
      eventLoopDelayMs: {
        p50: delay(this.loop.percentile(50)),
        p99: delay(this.loop.percentile(99)),
        max: delay(this.loop.max),
      },
    };
  }

  dispose(): void {
    this.loop.disable();
  }
}

function cost(usage: EngineUsage | undefined): ProcessCost | undefined {
  return usage && { cpuSeconds: usage.cpuSeconds, peakRssMb: Math.round(usage.peakRssBytes / BYTES_PER_MB) };
}
