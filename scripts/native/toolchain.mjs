// Finds the tools a native build needs and says what to install where one is missing.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../setup/programs.mjs';

export { findProgram as which };

/** CMake on the PATH, or the one Visual Studio brings along. */
export function findCmake(env = process.env, platform = process.platform) {
  const found = findProgram('cmake', env, platform);
  if (found !== undefined || platform !== 'win32') return found;
  const vswhere = path.join(
    env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)',
    'Microsoft Visual Studio',
    'Installer',
    'vswhere.exe',
  );
  if (!existsSync(vswhere)) return undefined;
  const pattern = 'Common7\\IDE\\CommonExtensions\\Microsoft\\CMake\\CMake\\bin\\cmake.exe';
  const output = execFileSync(vswhere, ['-latest', '-products', '*', '-find', pattern], { encoding: 'utf8' });
  return output.split(/\r?\n/).find((line) => line !== '');
}

/**
 * Names of what is missing; empty if all is there. Windows' compiler is looked for by node-gyp itself.
 * @param {(name: string) => string | undefined} find
 * @param {{ platform: string, env: Record<string, string | undefined>, cmake: string | undefined }} machine
 */
export function missingTools(find, { platform, env, cmake }) {
  const missing = [];
  if (cmake === undefined) missing.push('CMake');
  const python = ['python3', 'python', ...(platform === 'win32' ? ['py'] : [])];
  if (env.PYTHON === undefined && !python.some((name) => find(name))) missing.push('Python 3');
  if (platform !== 'win32') {
    const compiler = (env.CXX ?? '').split(' ')[0];
    const compilers = compiler === '' ? ['c++', 'g++', 'clang++'] : [compiler];
    if (!compilers.some((name) => name !== undefined && find(name))) missing.push('a C++ compiler');
    if (!find('make')) missing.push('make');
  }
  return missing;
}

/**
 * What to install on this system, one command or sentence.
 * @param {string} platform
 * @param {string} osRelease content of Linux's `/etc/os-release`, empty elsewhere
 */
export function installHint(platform, osRelease) {
  if (platform === 'darwin') return 'xcode-select --install && brew install cmake python3';
  if (platform === 'win32') {
    return [
      'winget install Microsoft.VisualStudio.2022.BuildTools --override ' +
        '"--passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"',
      'winget install Kitware.CMake Python.Python.3.12',
    ].join('\n');
  }
  const ids = [...osRelease.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)"?$/gm)].flatMap((match) =>
    (match[1] ?? '').split(' '),
  );
  /** @param {string[]} names */
  const is = (...names) => names.some((name) => ids.includes(name));
  if (is('debian', 'ubuntu')) return 'sudo apt-get install build-essential cmake python3';
  if (is('fedora', 'rhel', 'centos')) return 'sudo dnf install gcc-c++ make cmake python3 libstdc++-static';
  if (is('arch')) return 'sudo pacman -S --needed base-devel cmake python';
  if (is('suse', 'opensuse')) return 'sudo zypper install gcc-c++ make cmake python3';
  if (is('alpine')) return 'sudo apk add build-base cmake python3 linux-headers';
  return 'Install a C++ compiler (GCC or Clang), make, CMake and Python 3 with the package manager of your system.';
}

/** Content of `/etc/os-release`, empty where there is none. */
export function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/** True if the compiler brings a static C++ runtime; Fedora packs it separately. */
export function hasStaticRuntime(env = process.env) {
  const compiler = env.CXX ?? (findProgram('c++') ? 'c++' : 'g++');
  try {
    const [program = compiler, ...args] = compiler.split(' ');
    const file = execFileSync(program, [...args, '-print-file-name=libstdc++.a'], {
      encoding: 'utf8',
    }).trim();
    return path.isAbsolute(file);
  } catch {
    return false;
  }
}

/**
 * Folder with Node's headers for node-gyp, or `undefined` if node-gyp has to download them: what npm was configured
 * with, else the headers that were installed beside this Node (every archive and version manager brings them).
 */
export function findNodeDir(env = process.env, execPath = process.execPath) {
  if (env.npm_config_nodedir) return env.npm_config_nodedir;
  const prefix = path.resolve(execPath, '..', '..');
  const headers = ['node_api.h', 'common.gypi', 'config.gypi'].map((name) =>
    path.join(prefix, 'include', 'node', name),
  );
  return headers.every((file) => existsSync(file)) ? prefix : undefined;
}
