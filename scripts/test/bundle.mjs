import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { OUT, ROOT } from '../setup/paths.mjs';

/** The compiled host tests. */
export const HOST_OUT = path.join(OUT, 'host');

/** An extension that offers language models to the host tests. */
export const MODELS_EXTENSION = path.join(ROOT, 'test', 'host', 'models');

/**
 * Bundles the host tests into `out/host/`: `index.js` and the `*.vscode.test.js` beside it run inside VS Code,
 * `run.mjs`, `job.mjs`, `*.e2e.mjs` and `pictures.mjs` drive it from outside.
 */
export async function bundleHostTests() {
  // Not at the top: this module is loaded before `npm ci` has run.
  const { build } = await import('esbuild');
  await rm(HOST_OUT, { recursive: true, force: true });
  const files = (await readdir(path.join(ROOT, 'test', 'host'), { recursive: true })).map((file) =>
    path.join(ROOT, 'test', 'host', file),
  );
  /** @type {import('esbuild').BuildOptions} */
  const common = {
    outdir: HOST_OUT,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  };
  await build({
    ...common,
    entryPoints: [
      path.join(ROOT, 'test', 'host', 'suite', 'index.ts'),
      ...files.filter((file) => file.endsWith('.vscode.test.ts')),
    ],
    format: 'cjs',
    // `mocha` must be the one instance that runs the tests.
    external: ['vscode', 'mocha'],
  });
  await build({
    ...common,
    entryPoints: [
      path.join(ROOT, 'test', 'host', 'run', 'run.ts'),
      path.join(ROOT, 'test', 'host', 'run', 'job.ts'),
      path.join(ROOT, 'test', 'host', 'pictures', 'pictures.ts'),
      ...files.filter((file) => file.endsWith('.e2e.ts')),
    ],
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
  });
}
