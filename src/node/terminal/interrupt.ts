import type { Disposable } from '../../core/lifetime';

/** Signals that mean "stop": Ctrl-C, and being asked to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What shells report for a program ended by Ctrl-C (128 + SIGINT). */
export const EXIT_INTERRUPTED = 130;

/** Calls `first` at the first interruption and `again` at every later one. Dispose to hand the signals back. */
export function onInterrupt(first: () => void, again: () => void): Disposable {
  let interrupted = false;
  const handle = () => {
    if (interrupted) again();
    else {
      interrupted = true;
      first();
    }
  };
  for (const signal of SIGNALS) process.on(signal, handle);
  return {
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, handle);
    },
  };
}
