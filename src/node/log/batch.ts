import type { RecordLevel } from './levels';
import type { NativeRecord } from './native-lines';

/** A record as it goes to the sink. */
export interface LogRecord {
  readonly level: RecordLevel;
  readonly text: string;
}

/** Patterns remembered as already shown; a process has a few dozen, more would be a leak. */
const MOST_PATTERNS = 1000;

interface Pending {
  readonly level: RecordLevel;
  readonly text: string;
  /** Was shown in full before, so that even a single one is told as a count. */
  readonly repeated: boolean;
  count: number;
}

/**
 * Records between two flushes. The same text twice becomes one record with a count. A native line is shown in full when its pattern is
 * new; afterwards it only counts for the function that wrote it: `whisper_init_state ×847`.
 */
export class LogBatch {
  private pending = new Map<string, Pending>();
  private readonly shown = new Set<string>();

  get empty(): boolean {
    return this.pending.size === 0;
  }

  /** Adds a record of the product itself. */
  add(level: RecordLevel, text: string): void {
    this.count(`${level} ${text}`, level, text);
  }

  /** Adds a native line; `source` says which process wrote it. */
  addNative(source: string, record: NativeRecord): void {
    const pattern = `${source} ${record.pattern}`;
    if (this.shown.has(pattern)) {
      this.count(`again ${source} ${record.topic}`, record.level, `[${source}] ${record.topic}`, true);
      return;
    }
    if (this.shown.size < MOST_PATTERNS) this.shown.add(pattern);
    this.count(pattern, record.level, `[${source}] ${record.text}`);
  }

  /** Hands out the records in the order of their first appearance and starts anew. */
  take(): LogRecord[] {
    const records = [...this.pending.values()].map(({ level, text, repeated, count }) => ({
      level,
      text: repeated || count > 1 ? `${text} ×${count}` : text,
    }));
    this.pending = new Map();
    return records;
  }

  private count(key: string, level: RecordLevel, text: string, repeated = false): void {
    const known = this.pending.get(key);
    if (known) known.count += 1;
    else this.pending.set(key, { level, text, repeated, count: 1 });
  }
}
