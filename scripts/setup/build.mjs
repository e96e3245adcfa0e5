import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { run } from './run.mjs';

/** What `dist/` is made from. */
const SOURCES = ['src', 'scripts/native', 'esbuild.mjs', 'package-lock.json'];
/** Written last by the build. */
const PRODUCTS = ['dist/cli.js', 'dist/engine.js', 'dist/extension.js'];

/**
 * Builds the native addon (kept in a cache, so only the first time takes long) and the bundles.
 * @param {{ quiet?: boolean }} [options] quiet: nothing is printed unless the build fails
 */
export async function build(options = {}) {
  await run('npm', ['run', '-s', 'build'], options);
}

/**
 * True if everything that is built is there and newer than all it is made from.
 * @param {string} [root]
 * @returns {Promise<boolean>}
 */
export async function isBuilt(root = ROOT) {
  const products = await Promise.all(PRODUCTS.map((file) => modified(path.join(root, file))));
  const native = await readdir(path.join(root, 'dist', 'native')).catch(() => []);
  if (native.length === 0) return false;
  const newest = Math.max(...(await Promise.all(SOURCES.map((source) => newestIn(path.join(root, source))))));
  return Math.min(...products) >= newest;
}

/**
 * Time of the last change of a file, or of the newest file in a folder, in ms since the epoch; 0 if there is none.
 * @param {string} location
 * @returns {Promise<number>}
 */
async function newestIn(location) {
  const names = await readdir(location, { recursive: true }).catch(() => ['']);
  return Math.max(0, ...(await Promise.all(names.map((name) => modified(path.join(location, name))))));
}

/** @param {string} file */
async function modified(file) {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
