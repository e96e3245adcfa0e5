import { lastValueFrom, Subject, takeUntil, tap } from 'rxjs';
import type { DownloadProgress, ModelStore } from '../../core/ports';
import { EXIT_INTERRUPTED, onInterrupt } from './interrupt';

const BYTES_PER_MB = 1e6;
/** Where lines cannot be rewritten, progress is told in steps of so many per cent. */
const LINE_STEP = 10;

/**
 * Downloads models one after the other, telling how far it is. Interrupted, it keeps what has arrived: the next attempt
 * goes on there.
 * @param names catalogue names; none for the default pair
 * @returns the exit code
 * @throws DictationError area `model`
 */
export async function downloadModels(
  names: readonly string[],
  stderr: NodeJS.WriteStream,
  store: ModelStore,
): Promise<number> {
  const interrupted$ = new Subject<void>();
  let interrupted = false;
  const stop = () => {
    interrupted = true;
    interrupted$.next();
  };
  const signals = onInterrupt(stop, stop);
  try {
    for (const name of names.length > 0 ? names : store.defaultPair()) {
      if (await store.has(name)) {
        stderr.write(`${name}: already here\n`);
        continue;
      }
      const progress$ = store.download(name).pipe(tap(progressTeller(stderr)), takeUntil(interrupted$));
      await lastValueFrom(progress$, { defaultValue: undefined });
      if (interrupted) return EXIT_INTERRUPTED;
      stderr.write(`${stderr.isTTY ? CLEAR_LINE : ''}${name}: done\n`);
    }
    return 0;
  } finally {
    await signals.dispose();
  }
}

/** Back to the first column, and clear the line. */
const CLEAR_LINE = '\r\x1b[K';

/** Rewrites one line on a terminal; elsewhere a line every few per cent. */
function progressTeller(stderr: NodeJS.WriteStream): (progress: DownloadProgress) => void {
  const step = stderr.isTTY ? 1 : LINE_STEP;
  let told = -1;
  return ({ name, receivedBytes, totalBytes }) => {
    const percent = Math.floor((receivedBytes / totalBytes) * (100 / step)) * step;
    if (percent === told) return;
    told = percent;
    const line = `${name}: ${percent} % of ${Math.round(totalBytes / BYTES_PER_MB)} MB`;
    stderr.write(stderr.isTTY ? `${CLEAR_LINE}${line}` : `${line}\n`);
  };
}
