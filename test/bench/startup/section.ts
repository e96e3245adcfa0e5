import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { median, row, type Row } from '../results';
import type { BenchContext, Section } from '../section';

/** Windows that are opened one after the other; the first one reads from the disk. */
const WINDOWS = 5;
const BYTES_PER_KB = 1_000;
const MAX_ACTIVATION_MS = 50;
const MAX_ENTRY_KB = 300;
/** What an installed extension has beside `dist` and its manifest. */
const PARTS = ['package.nls.json', 'l10n', 'media', 'models'];

/** What one window tells, ms. */
interface Times {
  /** Loading the entry and `activate()`, nothing else. */
  readonly own: number;
  /** Loading what the first command needs, afterwards. */
  readonly dictation: number;
}

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
  const listed = path.join(folder, 'listed.json');
  const probed = path.join(folder, 'probed.txt');

  say('building a release…');
  node(root, ['esbuild.mjs', '--release', `--outdir=${path.join(extension, 'dist')}`]);
  for (const part of PARTS) symlinkSync(path.join(root, part), path.join(extension, part));
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as object;
  writeFileSync(
    path.join(extension, 'package.json'),
    JSON.stringify({ ...manifest, main: './dist/probe.js' }),
  );
  writeFileSync(path.join(extension, 'dist', 'probe.js'), probe(probed));

  const windows = quick ? 1 : WINDOWS;
  say(`opening ${windows} windows of a real VS Code…`);
  node(root, ['scripts/test-host.mjs', '--only=e2e', '--grep=activation, as VS Code measures it'], {
    TANDEM_STARTUP_EXTENSION: extension,
    TANDEM_STARTUP_WINDOWS: String(windows),
    TANDEM_STARTUP_RESULT: listed,
    TANDEM_STARTUP_PROBED: probed,
  });
  const lines = readFileSync(probed, 'utf8').trim().split('\n');
  const times = lines.map((line) => JSON.parse(line) as Times);
  const own = times.map((one) => one.own);
  const size = (name: string) => statSync(path.join(extension, 'dist', name)).size / BYTES_PER_KB;
  return [
    row('extension entry, minified', size('extension.js'), 'KB', { atMost: MAX_ENTRY_KB }),
    row(`activation, median of ${windows} windows`, median(own), 'ms', { atMost: MAX_ACTIVATION_MS }),
    row('activation, longest', Math.max(...own), 'ms'),
    row(
      'activation, as VS Code lists it, median',
      median(JSON.parse(readFileSync(listed, 'utf8')) as number[]),
      'ms',
    ),
    row('what the first command loads, minified', size('dictation.js'), 'KB'),
    row('loading that, median', median(times.map((one) => one.dictation)), 'ms'),
  ];
}

/**
 * An entry around that of the product, which tells its {@link Times} to `file`, one line a window. VS Code's own figure begins before it loads
 * the entry, when it wants to activate all extensions that start with the window, and so counts the loading of those that come first.
 */
function probe(file: string): string {
  return `
const { appendFileSync } = require('node:fs');
const AT_REST_MS = 2_000;
const loading = performance.now();
const product = require('./extension.js');
const loaded = performance.now();
exports.activate = (context) => {
  const from = performance.now();
  const result = product.activate(context);
  const own = loaded - loading + performance.now() - from;
  setTimeout(async () => {
    const from = performance.now();
    await import('./dictation.js');
    const dictation = performance.now() - from;
    appendFileSync(${JSON.stringify(file)}, JSON.stringify({ own, dictation }) + '\\n');
  }, AT_REST_MS);
  return result;
};
exports.deactivate = product.deactivate;
`;
}

function node(root: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
}
