import { spawnSync } from 'node:child_process';
import { installCommand, missingNeeds, packageNames } from './package-table.mjs';
import { findProgram } from './programs.mjs';
import { run, withRetries } from './run.mjs';
import { say } from './say.mjs';

/** @typedef {import('./package-table.mjs').Purpose} Purpose */
/** @typedef {import('./package-table.mjs').System} System */

/** The program that betrays each package manager, in the order in which they are looked for. */
const MANAGERS = /** @type {const} */ ([
  ['apt', 'apt-get'],
  ['dnf', 'dnf'],
  ['pacman', 'pacman'],
  ['zypper', 'zypper'],
  ['apk', 'apk'],
  ['brew', 'brew'],
  ['winget', 'winget'],
]);

/** apt waits this long for another apt to finish, in seconds. */
const APT_LOCK_SECONDS = 600;

/** @returns {System} */
export function thisSystem() {
  return {
    manager: MANAGERS.find(([, program]) => findProgram(program))?.[0],
    root: process.getuid?.() === 0,
    hasProgram: (program) => findProgram(program) !== undefined,
    hasPackage: (name) => {
      const query = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
      return query.status === 0 && query.stdout.startsWith('installed');
    },
  };
}

/**
 * Makes sure that the system has what `purposes` need: installs it when it may (root on Debian or Ubuntu).
 * @param {readonly Purpose[]} purposes
 * @param {System} [system]
 * @returns {Promise<string | undefined>} the command that the user has to run, if something is still missing
 */
export async function ensureSystemPackages(purposes, system = thisSystem()) {
  const missing = missingNeeds(purposes, system);
  if (missing.length === 0) return undefined;
  if (system.manager === 'apt' && system.root) await aptInstall(packageNames(missing, 'apt'));
  const left = missingNeeds(purposes, system);
  return left.length > 0 ? installCommand(left, system, process.platform) : undefined;
}

/**
 * Failures are said, not thrown: what could not be installed shows in what is still missing.
 * @param {readonly string[]} names
 */
async function aptInstall(names) {
  say(`Installing system packages: ${names.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const lock = ['-o', `DPkg::Lock::Timeout=${APT_LOCK_SECONDS}`, '-q', '-y'];
  try {
    await withRetries(() => run('apt-get', [...lock, 'update'], { env, quiet: true }));
    await withRetries(() =>
      run('apt-get', [...lock, 'install', '--no-install-recommends', ...names], { env, quiet: true }),
    );
  } catch (error) {
    say(`apt-get failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
