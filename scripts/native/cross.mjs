// Building on Linux for another kind of processor than this machine's.
import { BuildError } from './compile.mjs';
import { findProgram } from '../setup/programs.mjs';

/** What CMake and the names of GNU's compilers call each architecture. */
const PROCESSORS = { x64: 'x86_64', arm64: 'aarch64' };

/**
 * @typedef {{ readonly platform: string, readonly arch: string }} Kind of a machine, as Node.js names it
 * @typedef {object} CrossSettings
 * @property {{ CC: string, CXX: string, npm_package_config_node_gyp_arch: string }} env for CMake and node-gyp
 * @property {Record<string, string>} cmake definitions on top of the plan's
 */

/**
 * Takes a target such as `linux-arm64` apart.
 * @param {string} target
 * @returns {Kind}
 */
export function kindOf(target) {
  const [platform = '', arch = ''] = target.split('-');
  return { platform, arch };
}

/**
 * True if `machine` can build for `target`: its own kind, and on Linux both of that.
 * @param {Kind} target
 * @param {Kind} [machine]
 * @returns {boolean}
 */
export function canBuildFor(target, machine = process) {
  if (target.platform !== machine.platform) return false;
  return (
    target.arch === machine.arch || (target.platform === 'linux' && Object.hasOwn(PROCESSORS, target.arch))
  );
}

/**
 * What a build for another architecture needs on top of an ordinary one.
 * @param {Kind} target
 * @param {Kind & { readonly env: Readonly<NodeJS.ProcessEnv> }} machine the compilers that its environment names are used
 * @returns {CrossSettings | undefined} `undefined` if it is this machine's own
 * @throws BuildError if this machine cannot build for it
 */
export function crossSettings(target, machine) {
  if (!canBuildFor(target, machine))
    throw new BuildError(
      `The speech engine for ${target.platform}-${target.arch} cannot be built on ${machine.platform}-${machine.arch}: ` +
        'only on Linux it can be built for another processor.',
    );
  if (target.arch === machine.arch) return undefined;
  const processor = PROCESSORS[/** @type {keyof typeof PROCESSORS} */ (target.arch)];
  const { CC = `${processor}-linux-gnu-gcc`, CXX = `${processor}-linux-gnu-g++` } = machine.env;
  return {
    env: { CC, CXX, npm_package_config_node_gyp_arch: target.arch },
    cmake: { CMAKE_SYSTEM_NAME: 'Linux', CMAKE_SYSTEM_PROCESSOR: processor },
  };
}

/**
 * @param {CrossSettings} settings
 * @param {(name: string) => string | undefined} [find]
 * @throws BuildError if the compilers are not there; says what to install
 */
export function checkCrossCompilers({ env, cmake }, find = findProgram) {
  const missing = [env.CC, env.CXX].filter((compiler) => !find(compiler.split(' ')[0] ?? ''));
  if (missing.length === 0) return;
  const processor = cmake.CMAKE_SYSTEM_PROCESSOR ?? '';
  throw new BuildError(
    `To build for ${processor}, ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} needed. ` +
      `On Debian and Ubuntu:\n\n  sudo apt-get install g++-${processor.replace('_', '-')}-linux-gnu\n\n` +
      'Elsewhere name the compilers for it in the variables CC and CXX.',
  );
}
