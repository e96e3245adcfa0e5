// Finished builds are kept in .cache/native/<key>, where the key covers everything that goes into one: an unchanged
// build costs a hash.
import { createHash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PATCHES } from './patches.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Packages whose sources are compiled. */
const SOURCES = ['smart-whisper', 'nodejs-whisper', 'node-addon-api'];
const LOCK_POLL_MS = 500;

/**
 * Name of the cached build: variant, and a hash of packages, flags, compiler settings and these scripts.
 * @param {string} root
 * @param {string} variant
 * @param {import('./variants.mjs').Plan | undefined} plan `undefined` for the probe
 */
export function variantKey(root, variant, plan) {
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify([
      variant,
      plan,
      process.env.CC,
      process.env.CXX,
      process.env.CFLAGS,
      process.env.CXXFLAGS,
    ]),
  );
  for (const name of SOURCES) {
    const manifest = readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8');
    hash.update(`${name}@${JSON.parse(manifest).version}\n`);
  }
  // What is compiled, not why.
  hash.update(
    JSON.stringify(PATCHES.map(({ source, file, find, replace }) => [source, file, find, replace])),
  );
  for (const name of ['compile.mjs', 'probe/cpuid.c', 'probe/binding.gyp']) {
    hash.update(readFileSync(path.join(here, name)));
  }
  return `${variant}-${hash.digest('hex').slice(0, 16)}`;
}

/** @param {string} variant */
const addonName = (variant) => (variant.endsWith('-cpuid') ? 'cpuid.node' : 'smart-whisper.node');

/**
 * True if this build lies in the folder `out` already.
 * @param {string} out
 * @param {string} variant
 * @param {string} key
 */
export function isCurrent(out, variant, key) {
  const stamp = path.join(out, variant, 'build.json');
  if (!existsSync(stamp) || !existsSync(path.join(out, variant, addonName(variant)))) return false;
  return JSON.parse(readFileSync(stamp, 'utf8')).key === key;
}

/**
 * Puts a cached build into the folder `out` and returns its size in bytes. The addon is renamed into place, never
 * overwritten: a process may have it mapped.
 * @param {string} root
 * @param {string} out
 * @param {string} variant
 * @param {string} key
 */
export function installVariant(root, out, variant, key) {
  const folder = path.join(out, variant);
  const target = path.join(folder, addonName(variant));
  mkdirSync(folder, { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  copyFileSync(path.join(root, '.cache', 'native', key, 'addon.node'), temporary);
  renameSync(temporary, target);
  writeFileSync(path.join(folder, 'build.json'), `${JSON.stringify({ key })}\n`);
  removeOlder(root, variant, key);
  return statSync(target).size;
}

/** @param {string} root @param {string} variant @param {string} key */
function removeOlder(root, variant, key) {
  const cache = path.join(root, '.cache', 'native');
  for (const name of readdirSync(cache)) {
    if (name !== key && name.startsWith(`${variant}-`) && name.length === key.length) {
      rmSync(path.join(cache, name), { recursive: true, force: true });
    }
  }
}

/**
 * Runs `action` while no other build of this repository runs.
 * @param {string} root
 * @param {() => Promise<void>} action
 */
export async function withLock(root, action) {
  const file = path.join(root, '.cache', 'native', 'lock');
  mkdirSync(path.dirname(file), { recursive: true });
  let waiting = false;
  while (!tryLock(file)) {
    if (!waiting) console.log('native: waiting for another build to end …');
    waiting = true;
    await sleep(LOCK_POLL_MS);
  }
  try {
    await action();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    const handle = openSync(file, 'wx');
    writeFileSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch {
    if (!ownerLives(file)) dropLock(file);
    return false;
  }
}

/**
 * Removes the lock of a dead owner. Renaming first: of several waiters only one gets it, and none removes a new lock.
 * @param {string} file
 */
function dropLock(file) {
  const taken = `${file}.${process.pid}`;
  try {
    renameSync(file, taken);
    // Between look and rename another waiter may have taken over and locked anew: then it gets its lock back.
    if (ownerLives(taken)) renameSync(taken, file);
    else rmSync(taken, { force: true });
  } catch {
    // Another waiter was first.
  }
}

/** @param {string} file */
function ownerLives(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Empty for the moment between creating and writing it.
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
