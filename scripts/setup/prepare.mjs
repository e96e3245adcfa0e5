import { build } from './build.mjs';
import { ensureNodeModules } from './node-modules.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * Brings a fresh clone to where the extension is built: packages of the system, packages of npm, the build.
 * Nothing is done twice; a second call takes a few seconds.
 *
 * @param {import('./package-table.mjs').Purpose} purpose what the caller needs beyond the build
 * @returns {Promise<string | undefined>} the command that would install what `purpose` lacks, if it lacks something
 */
export async function prepare(purpose) {
  await checkNodeVersion();
  // A missing compiler is not reported here: the build knows best whether it needs one, and says so.
  await ensureSystemPackages(['build']);
  const lacking = await ensureSystemPackages([purpose]);
  await ensureNodeModules();
  await build();
  return lacking;
}
