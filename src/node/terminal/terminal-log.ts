import type { Log } from '../../core/ports';

/** A log on stderr, one record a line; `verbose` is asked for by `--verbose`, without it nothing is written. */
export function terminalLog(stderr: NodeJS.WritableStream, verbose: boolean): Log {
  const write = (level: string) => (message: string) => {
    if (verbose) stderr.write(`${level} ${message}\n`);
  };
  return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}
