import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The shared libraries that an addon may need; everything else is linked into it. */
const ALWAYS_THERE = /^(lib(c|m|dl|pthread|rt)\.so\.\d+|ld-linux-[\w-]+\.so\.\d+)$/;

/**
 * @typedef {object} SystemNeeds
 * @property {string} glibc newest version of the C library that a symbol asks for, such as `2.28`; empty if none does
 * @property {string[]} libraries shared libraries that not every Linux system has
 */

/**
 * What an ELF file needs from the system. Pure.
 * @param {string} dump what `objdump -p` prints (binutils): lines `NEEDED libc.so.6`, and the version references,
 *   `0x… 0x00 05 GLIBC_2.28`
 * @returns {SystemNeeds}
 */
export function systemNeeds(dump) {
  const versions = [...dump.matchAll(/\bGLIBC_(\d+(?:\.\d+)+)\s*$/gm)].map(([, version = '']) => version);
  const libraries = [...dump.matchAll(/^\s*NEEDED\s+(\S+)/gm)].map(([, name = '']) => name);
  return {
    glibc: versions.sort(compareVersions).at(-1) ?? '',
    libraries: libraries.filter((name) => !ALWAYS_THERE.test(name)),
  };
}

/**
 * Reads the needs of a file with `objdump`, which comes with every compiler on Linux.
 * @param {string} file
 * @returns {Promise<SystemNeeds>}
 */
export async function readSystemNeeds(file) {
  const { stdout } = await promisify(execFile)('objdump', ['-p', file]);
  return systemNeeds(stdout);
}

/**
 * Negative if `a` is older than `b`, positive if it is newer.
 * @param {string} a such as `2.9`
 * @param {string} b such as `2.28`
 * @returns {number}
 */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
