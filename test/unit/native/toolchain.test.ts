import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findNodeDir, installHint, missingTools } from '../../../scripts/native/toolchain.mjs';

const has =
  (...tools: string[]) =>
  (name: string) =>
    tools.includes(name) ? `/bin/${name}` : undefined;
const linux = (cmake: string | undefined = '/bin/cmake', env = {}) => ({ platform: 'linux', env, cmake });

describe('missingTools', () => {
  it('is content with any of the usual compilers', () => {
    expect(missingTools(has('make', 'python3', 'g++'), linux())).toEqual([]);
    expect(missingTools(has('make', 'python', 'clang++'), linux())).toEqual([]);
  });

  it('names each missing tool', () => {
    expect(missingTools(has(), linux(''))).toEqual(['Python 3', 'a C++ compiler', 'make']);
    expect(
      missingTools(has('make', 'python3', 'c++'), { platform: 'linux', env: {}, cmake: undefined }),
    ).toEqual(['CMake']);
  });

  it('looks for the compiler of CXX', () => {
    expect(missingTools(has('make', 'python3', 'c++'), linux('cmake', { CXX: 'g++-13 -m64' }))).toEqual([
      'a C++ compiler',
    ]);
    expect(missingTools(has('make', 'python3', 'g++-13'), linux('cmake', { CXX: 'g++-13 -m64' }))).toEqual(
      [],
    );
  });

  it('leaves the compiler on Windows to node-gyp', () => {
    expect(missingTools(has('py'), { platform: 'win32', env: {}, cmake: 'cmake.exe' })).toEqual([]);
  });
});

describe('installHint', () => {
  it.each([
    ['linux', 'ID=debian\n', 'apt-get install build-essential cmake python3'],
    ['linux', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'apt-get install'],
    ['linux', 'ID=fedora\n', 'dnf install gcc-c++ make cmake python3 libstdc++-static'],
    ['linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'dnf install'],
    ['linux', 'ID=arch\n', 'pacman -S'],
    ['linux', 'ID=opensuse-leap\nID_LIKE="suse opensuse"\n', 'zypper install'],
    ['linux', 'ID=alpine\n', 'apk add build-base'],
    ['linux', '', 'C++ compiler (GCC or Clang), make, CMake and Python 3'],
    ['darwin', '', 'xcode-select --install'],
    ['win32', '', 'Microsoft.VisualStudio.2022.BuildTools'],
  ])('%s %j', (platform, osRelease, expected) => {
    expect(installHint(platform, osRelease)).toContain(expected);
  });
});

describe('with files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'toolchain-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('takes the headers npm was configured with, else those beside Node, else leaves them to node-gyp', () => {
    const node = path.join(folder, 'bin', 'node');
    expect(findNodeDir({ npm_config_nodedir: '/opt/node' }, node)).toBe('/opt/node');
    expect(findNodeDir({}, node)).toBeUndefined();
    const include = path.join(folder, 'include', 'node');
    mkdirSync(include, { recursive: true });
    for (const name of ['node_api.h', 'common.gypi', 'config.gypi'])
      writeFileSync(path.join(include, name), '');
    expect(findNodeDir({}, node)).toBe(folder);
  });
});
