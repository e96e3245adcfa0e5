import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { ensureNodeModules } from './node-modules.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { ROOT } from './paths.mjs';
import { SetupError } from './say.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/** @typedef {import('./package-table.mjs').Purpose} Purpose */

/**
 * Brings a fresh clone to where the extension is built: packages of the system, packages of npm, the build.
 * Nothing is done twice; a second call takes a few seconds.
 *
 * @param {Purpose} purpose what the caller needs beyond the build
 * @returns {Promise<string | undefined>} the command that would install what `purpose` lacks, if it lacks something
 */
export async function prepare(purpose) {
  const lacking = await prepareTools(purpose);
  await build();
  return lacking;
}

/**
 * All that {@link prepare} does, but for the build.
 * @param {Purpose} purpose
 * @returns {Promise<string | undefined>}
 */
export async function prepareTools(purpose) {
  await checkNodeVersion();
  // A missing compiler is not reported here: the build knows best whether it needs one, and says so.
  await ensureSystemPackages(['build']);
  const lacking = await ensureSystemPackages([purpose]);
  await ensureNodeModules();
  return lacking;
}

/**
 * For one kind of tests on its own: installs and builds on a fresh clone. Packages that are there are taken as they are;
 * `npm test` compares them with the lock file.
 * @param {object} needs
 * @param {boolean} needs.product whether the tests start what is built
 * @param {Purpose} [needs.purpose] what they need of the system
 * @returns {Promise<void>}
 * @throws SetupError if the system lacks something that cannot be installed from here; names the command
 */
export async function prepareTests({ product, purpose }) {
  await checkNodeVersion();
  const lacking = purpose && (await ensureSystemPackages([purpose]));
  if (lacking)
    throw new SetupError('These tests need programs that are not installed. Install them with:', lacking);
  if (!existsSync(path.join(ROOT, 'node_modules', '.package-lock.json'))) await ensureNodeModules();
  if (product) await build();
}
