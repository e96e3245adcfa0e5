import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { SetupError } from './say.mjs';

/**
 * True if `version` satisfies `range`, for ranges of the form `^20.19.0 || >=24.0.0`.
 * @param {string} version such as `22.12.0`
 * @param {string} range
 */
export function satisfies(version, range) {
  const have = numbers(version);
  return range.split('||').some((part) => {
    const [, operator, wanted = ''] = /^\s*(\^|>=)\s*([\d.]+)\s*$/.exec(part) ?? [];
    const least = numbers(wanted);
    const sameMajor = have[0] === least[0];
    return operator !== undefined && (operator !== '^' || sameMajor) && atLeast(have, least);
  });
}

/**
 * @param {readonly number[]} have
 * @param {readonly number[]} least
 */
function atLeast(have, least) {
  for (const [index, number] of least.entries()) {
    const difference = (have[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** @param {string} version */
function numbers(version) {
  return version.split('.').map(Number);
}

/** Says plainly that this Node is too old, instead of failing somewhere inside a package. */
export async function checkNodeVersion() {
  const { engines } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  if (!satisfies(process.versions.node, engines.node))
    throw new SetupError(
      `Node ${process.versions.node} is too old or unsupported: this project needs ${engines.node}.`,
      'Install a current Node from https://nodejs.org or with your version manager.',
    );
}
