import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The shared libraries that an addon may need; everything else is linked into it. */
const ALWAYS_THERE = /^(lib(c|m|dl|pthread|rt)\.so\.\d+|ld-linux-[\w-]+\.so\.\d+)$/;

/** It lists every symbol that has a version; programs that export their own have tens of thousands. */
const MAX_DUMP_BYTES = 64 * 1024 * 1024;

/**
 * @typedef {object} SystemNeeds
 * @property {string} glibc newest version of the C library that a symbol asks for, such as `2.28`; empty if none does
 * @property {string[]} libraries shared libraries that not every Linux system has
 */

/**
 * What an ELF file needs from the system. Pure.
 * @param {string} dump what `readelf --dynamic --version-info` prints (binutils): lines
 *   `0x… (NEEDED) Shared library: [libc.so.6]`, and the version references, `0x… Name: GLIBC_2.28 …`
 * @returns {SystemNeeds}
 */
export function systemNeeds(dump) {
  const versions = [...dump.matchAll(/\bName: GLIBC_(\d+(?:\.\d+)+)\s/g)].map(([, version = '']) => version);
  const libraries = [...dump.matchAll(/\(NEEDED\)\s+Shared library: \[([^\]]+)\]/g)].map(
    ([, name = '']) => name,
  );
  return {
    glibc: versions.sort(compareVersions).at(-1) ?? '',
    libraries: libraries.filter((name) => !ALWAYS_THERE.test(name)),
  };
}

/**
 * Why an addon would not load on some system that VS Code runs on; `undefined` if there is none. Pure.
 * @param {SystemNeeds} needs
 * @param {string} newest the newest C library that it may ask for, such as `2.28`
 * @returns {string | undefined}
 */
export function unportable({ glibc, libraries }, newest) {
  if (libraries.length > 0) return `it needs ${libraries.join(', ')}`;
  return compareVersions(glibc, newest) > 0 ? `it needs glibc ${glibc}, and ${newest} must do` : undefined;
}

/**
 * Reads the needs of a file with `readelf`, which comes with every compiler on Linux, and reads files for every processor.
 * @param {string} file
 * @returns {Promise<SystemNeeds>}
 */
export async function readSystemNeeds(file) {
  // Its words are translated.
  const env = { ...process.env, LC_ALL: 'C' };
  const options = ['--wide', '--dynamic', '--version-info', file];
  const { stdout } = await promisify(execFile)('readelf', options, { env, maxBuffer: MAX_DUMP_BYTES });
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
