import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The repository's root: the nearest folder above this module with a `package-lock.json`. Walked up rather than counted,
 * because test drivers are bundled together with this module into `out/`.
 * @returns {string}
 */
function findRoot() {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package-lock.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`No package-lock.json above ${import.meta.dirname}.`);
    folder = parent;
  }
  return folder;
}

/** Absolute path of the repository. */
export const ROOT = findRoot();
/** Bundles and results of tests; git-ignored, may be deleted at any time. */
export const OUT = path.join(ROOT, 'out');
/** Downloads that are kept between runs; git-ignored, may be deleted at any time. */
export const CACHE = path.join(ROOT, '.cache');
