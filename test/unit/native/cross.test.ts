import { describe, expect, it } from 'vitest';
import { canBuildFor, checkCrossCompilers, crossSettings, kindOf } from '../../../scripts/native/cross.mjs';
import { TARGETS } from '../../../scripts/package/targets.mjs';

const machine = (platform: string, arch: string, env: Record<string, string> = {}) => ({
  platform,
  arch,
  env,
});

describe('building for another processor', () => {
  it.each([
    ['linux-x64', ['linux-x64', 'linux-arm64']],
    ['linux-arm64', ['linux-x64', 'linux-arm64']],
    ['darwin-arm64', ['darwin-arm64']],
    ['win32-x64', ['win32-x64']],
  ])('on %s there can be packages for %j', (here, there) => {
    expect(TARGETS.filter((target) => canBuildFor(kindOf(target), kindOf(here)))).toEqual(there);
  });

  it('asks nothing more of a build for this machine', () => {
    const { platform, arch } = process;
    expect(crossSettings({ platform, arch }, process)).toBeUndefined();
  });

  it('takes the compilers as Debian names them', () => {
    expect(crossSettings(kindOf('linux-arm64'), machine('linux', 'x64'))).toEqual({
      env: {
        CC: 'aarch64-linux-gnu-gcc',
        CXX: 'aarch64-linux-gnu-g++',
        npm_package_config_node_gyp_arch: 'arm64',
      },
      cmake: { CMAKE_SYSTEM_NAME: 'Linux', CMAKE_SYSTEM_PROCESSOR: 'aarch64' },
    });
    expect(crossSettings(kindOf('linux-x64'), machine('linux', 'arm64'))?.env.CXX).toBe(
      'x86_64-linux-gnu-g++',
    );
  });

  it('takes the compilers that the user names', () => {
    const named = { CC: 'clang --target=aarch64-linux-gnu', CXX: 'clang++ --target=aarch64-linux-gnu' };
    expect(crossSettings(kindOf('linux-arm64'), machine('linux', 'x64', named))?.env).toMatchObject(named);
  });

  it.each([
    ['darwin-arm64', 'linux-x64'],
    ['darwin-x64', 'darwin-arm64'],
    ['linux-arm64', 'win32-x64'],
    ['linux-riscv64', 'linux-x64'],
    ['linux', 'linux-x64'],
  ])('refuses %s on %s', (there, here) => {
    expect(() => crossSettings(kindOf(there), { ...kindOf(here), env: {} })).toThrow(
      `cannot be built on ${here}`,
    );
  });

  it('says what to install where a compiler is missing', () => {
    const arm = crossSettings(kindOf('linux-arm64'), machine('linux', 'x64'));
    const x64 = crossSettings(kindOf('linux-x64'), machine('linux', 'arm64', { CXX: 'g++-x -m64' }));
    if (!arm || !x64) throw new Error('other processors');
    expect(() => checkCrossCompilers(arm, () => undefined)).toThrow(
      /aarch64-linux-gnu-gcc and aarch64-linux-gnu-g\+\+ are needed[^]*apt-get install g\+\+-aarch64-linux-gnu\n/,
    );
    const some = (name: string) => (name === 'g++-x' ? '/bin/g++-x' : undefined);
    expect(() => checkCrossCompilers(x64, some)).toThrow(
      /x86_64-linux-gnu-gcc is needed[^]*apt-get install g\+\+-x86-64-linux-gnu\n/,
    );
    expect(() => checkCrossCompilers(arm, (name) => `/bin/${name}`)).not.toThrow();
  });
});
