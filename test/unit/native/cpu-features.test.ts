import { describe, expect, it } from 'vitest';
import {
  type FeatureSources,
  detectMachine,
  featuresFromCpuInfo,
  featuresFromSysctl,
} from '../../../src/engine/cpu-features';

const fail = (): never => {
  throw new Error('not available');
};
const NONE: FeatureSources = { cpuInfo: fail, sysctl: fail, cpuid: fail };

describe('featuresFromCpuInfo', () => {
  it('reads the flags of an x64 processor', () => {
    const text =
      'processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu sse4_2 avx2 fma f16c\nbugs\t\t: spectre_v1\n';
    const features = featuresFromCpuInfo(text);
    expect(features).toContain('avx2');
    expect(features).not.toContain('avx512f');
  });

  it('reads the features of an arm64 processor and takes what all cores share', () => {
    const text =
      'processor\t: 0\nFeatures\t: fp asimd asimdhp asimddp\n\nprocessor\t: 1\nFeatures\t: fp asimd asimdhp\n';
    const features = featuresFromCpuInfo(text);
    expect(features).toContain('asimdhp');
    expect(features).not.toContain('asimddp');
  });

  it('knows nothing without such a line', () => {
    expect(featuresFromCpuInfo('processor : 0\n')).toBeUndefined();
  });
});

describe('featuresFromSysctl', () => {
  it('reads macOS, where a feature may be listed as absent', () => {
    const text =
      'hw.optional.sse4_2: 1\nhw.optional.avx2_0: 1\nhw.optional.fma: 1\nhw.optional.bmi2: 0\nhw.optional.x86_64: 1\n';
    expect([...featuresFromSysctl(text)].sort()).toEqual(['avx2', 'fma', 'sse4_2']);
  });
});

describe('detectMachine', () => {
  it('asks the source of the platform', () => {
    const sources: FeatureSources = {
      cpuInfo: () => 'flags : sse4_2\n',
      sysctl: () => 'hw.optional.avx2_0: 1\n',
      cpuid: () => ['bmi2'],
    };
    expect(detectMachine('linux', 'x64', sources).features).toEqual(new Set(['sse4_2']));
    expect(detectMachine('darwin', 'x64', sources).features).toEqual(new Set(['avx2']));
    expect(detectMachine('win32', 'x64', sources).features).toEqual(new Set(['bmi2']));
  });

  it.each(['linux', 'darwin', 'win32'])(
    'leaves the features of %s unknown if its source fails',
    (platform) => {
      expect(detectMachine(platform, 'x64', NONE)).toEqual({ platform, arch: 'x64', features: undefined });
    },
  );
});
