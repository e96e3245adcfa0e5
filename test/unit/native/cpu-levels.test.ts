import { describe, expect, it } from 'vitest';
import {
  type CpuFeature,
  type Machine,
  levelsFor,
  pickVariant,
  usableVariants,
} from '../../../src/engine/cpu-levels';

const HASWELL: CpuFeature[] = ['sse4_2', 'avx2', 'fma', 'f16c', 'bmi2'];
const SKYLAKE_X: CpuFeature[] = [...HASWELL, 'avx512f', 'avx512cd', 'avx512vl', 'avx512dq', 'avx512bw'];
const ZEN_4: CpuFeature[] = [...SKYLAKE_X, 'avx512_vnni'];
const LINUX = ['linux-x64-avx2', 'linux-x64-avx512', 'linux-x64-baseline'];

const machine = (features: CpuFeature[] | undefined, platform = 'linux', arch = 'x64'): Machine => ({
  platform,
  arch,
  features: features && new Set(features),
});

describe('pickVariant', () => {
  it.each([
    ['AVX-512 with VNNI', ZEN_4, 'linux-x64-avx512'],
    ['AVX-512 without VNNI', SKYLAKE_X, 'linux-x64-avx2'],
    ['AVX2', HASWELL, 'linux-x64-avx2'],
    ['AVX2 hidden by the hypervisor', HASWELL.filter((name) => name !== 'avx2'), 'linux-x64-baseline'],
    ['AVX2 without FMA', HASWELL.filter((name) => name !== 'fma'), 'linux-x64-baseline'],
    ['SSE 4.2 only', ['sse4_2'] as CpuFeature[], 'linux-x64-baseline'],
  ])('takes the best level for %s', (_, features, expected) => {
    expect(pickVariant(machine(features), LINUX)).toBe(expected);
  });

  it('takes the next lower level if the best was not built', () => {
    expect(pickVariant(machine(ZEN_4), ['linux-x64-avx2', 'linux-x64-baseline'])).toBe('linux-x64-avx2');
    expect(pickVariant(machine(ZEN_4), ['linux-x64-baseline'])).toBe('linux-x64-baseline');
  });

  it('takes the lowest level if the features are unknown', () => {
    expect(pickVariant(machine(undefined), LINUX)).toBe('linux-x64-baseline');
    expect(pickVariant(machine(undefined, 'win32'), ['win32-x64-avx2', 'win32-x64-baseline'])).toBe(
      'win32-x64-baseline',
    );
  });

  it('never takes a higher level, nor one of another platform', () => {
    expect(() => pickVariant(machine(HASWELL), ['linux-x64-avx512', 'win32-x64-avx2'])).toThrow(
      expect.objectContaining({
        area: 'engine',
        code: 'addon-missing',
        message: expect.stringContaining('wanted linux-x64-avx2 or linux-x64-baseline'),
        hint: expect.stringContaining('npm run build:native'),
      }),
    );
  });

  it('knows arm64', () => {
    const pi5: CpuFeature[] = ['asimddp', 'asimdhp'];
    const built = ['linux-arm64-baseline', 'linux-arm64-dotprod'];
    expect(pickVariant(machine(pi5, 'linux', 'arm64'), built)).toBe('linux-arm64-dotprod');
    expect(pickVariant(machine([], 'linux', 'arm64'), built)).toBe('linux-arm64-baseline');
    expect(pickVariant(machine([], 'darwin', 'arm64'), ['darwin-arm64'])).toBe('darwin-arm64');
    expect(pickVariant(machine(undefined, 'win32', 'arm64'), ['win32-arm64'])).toBe('win32-arm64');
  });

  it('says that nothing is built', () => {
    expect(() => pickVariant(machine(HASWELL), [])).toThrow('found nothing');
  });
});

describe('usableVariants', () => {
  it('refuses a processor below the baseline', () => {
    expect(() => usableVariants(machine([]))).toThrow(expect.objectContaining({ code: 'cpu-unsupported' }));
  });

  it('refuses a platform without builds', () => {
    expect(() => usableVariants(machine(HASWELL, 'freebsd'))).toThrow(
      expect.objectContaining({ code: 'platform-unsupported' }),
    );
  });

  it('orders every platform from most to least demanding', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      for (const arch of ['x64', 'arm64']) {
        const levels = levelsFor(platform, arch);
        expect(levels.length).toBeGreaterThan(0);
        levels.slice(1).forEach((lower, index) => {
          expect(levels[index]?.needs).toEqual(expect.arrayContaining([...lower.needs]));
        });
      }
    }
  });
});
