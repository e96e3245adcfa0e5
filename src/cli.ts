import path from 'node:path';
import { dictate } from './node/terminal/dictate';

// A reader that goes away (`dictate … 2>&1 | head`) is no crash; who prints sees the failure on the stream itself.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** The command line: `npm run -s dictate -- --help` tells what it does. */
void dictate(process.argv.slice(2), process, path.join(__dirname, '..')).then((code) => {
  process.exitCode = code;
});
