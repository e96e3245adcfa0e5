/** Every platform that a VSIX is made for, as VS Code's Marketplace names it: `process.platform`-`process.arch`. */
export const TARGETS = /** @type {const} */ ([
  'win32-x64',
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
]);

/** The newest C library that a published addon may ask for: VS Code itself runs on none older than this. */
export const MAX_GLIBC = '2.28';

/** This machine as a target; not every one is in {@link TARGETS}. */
export const THIS_TARGET = `${process.platform}-${process.arch}`;

/**
 * Name of the package for a target.
 * @param {string} target
 * @returns {string}
 */
export function vsixName(target) {
  return `tandem-dictation-${target}.vsix`;
}
