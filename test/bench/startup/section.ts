import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { median, row, type Row } from '../results';
import type { BenchContext, Section } from '../section';

/** Windows that are opened one after the other; the first one reads from the disk. */
const WINDOWS = 5;
const BYTES_PER_KB = 1_000;
const MAX_ACTIVATION_MS = 50;
const MAX_ENTRY_KB = 300;
/** What an installed extension has beside `dist`. */
const PARTS = ['package.json', 'package.nls.json', 'l10n', 'media', 'models'];

/** What every window pays, whether anybody dictates or not: a release build in a real VS Code. */
export const startup: Section = {
  name: 'startup',
  about: 'what the extension costs before it is used: size of its entry, activation in a real VS Code',
  run: (context) => Promise.resolve(measure(context)),
};

function measure({ root, quick, say }: BenchContext): readonly Row[] {
  const folder = path.join(root, 'out', 'startup');
  const extension = path.join(folder, 'extension');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(extension, { recursive: true });
  const result = path.join(folder, 'activation.json');

  say('building a release…');
  node(root, ['esbuild.mjs', '--release', `--outdir=${path.join(extension, 'dist')}`]);
  for (const part of PARTS) symlinkSync(path.join(root, part), path.join(extension, part));

  const windows = quick ? 1 : WINDOWS;
  say(`opening ${windows} windows of a real VS Code…`);
  node(root, ['scripts/test-host.mjs', '--only=e2e', '--grep=activation, as VS Code measures it'], {
    TANDEM_STARTUP_EXTENSION: extension,
    TANDEM_STARTUP_WINDOWS: String(windows),
    TANDEM_STARTUP_RESULT: result,
  });
  const times = JSON.parse(readFileSync(result, 'utf8')) as number[];
  const kilobytes = statSync(path.join(extension, 'dist', 'extension.js')).size / BYTES_PER_KB;
  return [
    row('extension entry, minified', kilobytes, 'KB', { atMost: MAX_ENTRY_KB }),
    row(`activation, median of ${windows} windows`, median(times), 'ms', { atMost: MAX_ACTIVATION_MS }),
    row('activation, longest', Math.max(...times), 'ms'),
  ];
}

function node(root: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
}
