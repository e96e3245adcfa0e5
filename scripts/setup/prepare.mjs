import { build } from './build.mjs';
import { ensureNodeModules } from './node-modules.mjs';
import { checkNodeVersion } from './node-version.mjs';
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
