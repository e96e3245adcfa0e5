import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { run, withRetries } from './run.mjs';
import { say } from './say.mjs';

/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> }} Lock */

/**
 * True if what npm wrote into `node_modules` is what the lock file asks for. Packages for other platforms are optional and
 * may be absent.
 * @param {Lock} wanted `package-lock.json`
 * @param {Lock} installed `node_modules/.package-lock.json`
 * @returns {boolean}
 */
export function isUpToDate(wanted, installed) {
  return Object.entries(wanted.packages ?? {}).every(([location, item]) => {
    if (location === '' || item.link) return true;
    const there = installed.packages?.[location];
    if (!there) return item.optional === true || item.devOptional === true;
    return there.version === item.version && there.integrity === item.integrity;
  });
}

/** Installs the packages of the lock file, if that is not done yet. */
export async function ensureNodeModules() {
  const [wanted, installed] = await Promise.all([
    readLock(path.join(ROOT, 'package-lock.json')),
    readLock(path.join(ROOT, 'node_modules', '.package-lock.json')),
  ]);
  if (wanted && installed && isUpToDate(wanted, installed)) return;
  say('Installing npm packages');
  // No install scripts: the one addon is built by the project itself, with the flags that make it fast.
  await withRetries(() =>
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { env: developmentEnv() }),
  );
}

/** `npm ci` leaves devDependencies out under NODE_ENV=production, and they are what builds the extension. */
function developmentEnv() {
  const env = { ...process.env };
  delete env.NODE_ENV;
  return env;
}

/**
 * @param {string} file
 * @returns {Promise<Lock | undefined>}
 */
async function readLock(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
