import type { Log } from '../core/ports';

/** Nobody waits for `done`; should it fail, the log says `failed`, and why. */
export function logFailure(done: Thenable<unknown>, log: Pick<Log, 'warn'>, failed: string): void {
  done.then(undefined, (error: unknown) => log.warn(`${failed}: ${String(error)}`));
}
