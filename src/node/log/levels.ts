import type { LogLevel } from '../../core/ports';

/** Level of a record: all but `off`. */
export type RecordLevel = Exclude<LogLevel, 'off'>;

const ORDER: readonly LogLevel[] = ['off', 'error', 'warn', 'info', 'debug'];

/** True if a record of level `record` is wanted while the log is set to `limit`. */
export function isWanted(record: RecordLevel, limit: LogLevel): boolean {
  return ORDER.indexOf(record) <= ORDER.indexOf(limit);
}
