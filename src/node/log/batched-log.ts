import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import type { Disposable } from '../../core/lifetime';
import type { Log, LogLevel } from '../../core/ports';
import { LogBatch } from './batch';
import { isWanted, type RecordLevel } from './levels';
import { parseNativeLine } from './native-lines';

/** Records wait at most this long (twice as long if a call is running then). */
export const FLUSH_MS = 5_000;

/** A log that collects, filters and counts before it bothers its sink. */
export interface BatchedLog extends Log, Disposable {
  /** One line of a process's native chatter; `source` names the process. */
  native(source: string, line: string): void;
  /** A call to a model runs: nothing is flushed before it is over, unless it takes long or something fails. */
  callStarted(): void;
  callEnded(): void;
  /** Hands everything to the sink now, e.g. at the end of a session. */
  flush(): void;
}

/** How a {@link BatchedLog} is made. */
export interface BatchedLogOptions {
  /** What is wanted, asked for each record: a changed setting takes effect at once. */
  readonly level: () => LogLevel;
  /** Default {@link FLUSH_MS}. */
  readonly flushMs?: number;
  /** The clock; virtual in tests. */
  readonly scheduler?: SchedulerLike;
}

/**
 * Puts a batch in front of `sink`. Records are flushed between windows once the oldest has waited 5 s, at once with an error, and by
 * `flush`. Disposing flushes what is left and stops the clock.
 */
export function batchedLog(sink: Log, options: BatchedLogOptions): BatchedLog {
  return new Batcher(sink, options);
}

class Batcher implements BatchedLog {
  private readonly batch = new LogBatch();
  private readonly flushMs: number;
  private readonly scheduler: SchedulerLike;
  private timer: Subscription | undefined;
  private calls = 0;
  /** The oldest record has waited long enough; only a running call holds it back. */
  private due = false;

  constructor(
    private readonly sink: Log,
    private readonly options: BatchedLogOptions,
  ) {
    this.flushMs = options.flushMs ?? FLUSH_MS;
    this.scheduler = options.scheduler ?? asyncScheduler;
  }

  error(message: string): void {
    this.add('error', message);
  }

  warn(message: string): void {
    this.add('warn', message);
  }

  info(message: string): void {
    this.add('info', message);
  }

  debug(message: string): void {
    this.add('debug', message);
  }

  native(source: string, line: string): void {
    const record = parseNativeLine(line);
    if (!record || !isWanted(record.level, this.options.level())) return;
    this.batch.addNative(source, record);
    this.arrange(record.level);
  }

  callStarted(): void {
    this.calls += 1;
  }

  callEnded(): void {
    this.calls = Math.max(0, this.calls - 1);
    if (this.due && this.calls === 0) this.flush();
  }

  flush(): void {
    this.timer?.unsubscribe();
    this.timer = undefined;
    this.due = false;
    for (const { level, text } of this.batch.take()) this.sink[level](text);
  }

  dispose(): void {
    this.flush();
  }

  private add(level: RecordLevel, message: string): void {
    if (!isWanted(level, this.options.level())) return;
    this.batch.add(level, message);
    this.arrange(level);
  }

  private arrange(level: RecordLevel): void {
    if (level === 'error') this.flush();
    else this.timer ??= this.scheduler.schedule(() => this.fallDue(), this.flushMs);
  }

  private fallDue(): void {
    if (this.calls === 0 || this.due) {
      this.flush();
      return;
    }
    this.due = true;
    this.timer = this.scheduler.schedule(() => this.fallDue(), this.flushMs);
  }
}
