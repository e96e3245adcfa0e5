import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { CpuFeature, Machine } from './cpu-levels';

/** What macOS calls the features in `sysctl hw.optional`; the others do not matter there. */
const SYSCTL_NAMES: Readonly<Record<string, CpuFeature>> = {
  'hw.optional.sse4_2': 'sse4_2',
  'hw.optional.avx2_0': 'avx2',
  'hw.optional.fma': 'fma',
  'hw.optional.f16c': 'f16c',
  'hw.optional.bmi2': 'bmi2',
};

/**
 * Features from Linux's `/proc/cpuinfo`: the `flags` line on x64, `Features` on arm64. A flag is listed only if the
 * kernel saves the registers it needs. On machines with different cores the features common to all count.
 */
export function featuresFromCpuInfo(text: string): ReadonlySet<CpuFeature> | undefined {
  const lines = [...text.matchAll(/^(?:flags|Features)\s*:\s*(.*)$/gm)].map(
    (match) => new Set((match[1] ?? '').trim().split(/\s+/)),
  );
  const [first, ...others] = lines;
  if (first === undefined) return undefined;
  const common = [...first].filter((flag) => others.every((flags) => flags.has(flag)));
  return new Set(common as CpuFeature[]);
}

/** Features from the output of macOS's `sysctl hw.optional` (`name: 0|1` a line). */
export function featuresFromSysctl(text: string): ReadonlySet<CpuFeature> {
  const found = new Set<CpuFeature>();
  for (const [, name, value] of text.matchAll(/^([\w.]+):\s*(\d+)$/gm)) {
    const feature = SYSCTL_NAMES[name ?? ''];
    if (feature !== undefined && value === '1') found.add(feature);
  }
  return found;
}

/** How the features of a machine are found out; replaced in tests. */
export interface FeatureSources {
  /** Content of `/proc/cpuinfo`. */
  readonly cpuInfo: () => string;
  /** Output of `sysctl hw.optional`. */
  readonly sysctl: () => string;
  /** Feature names from the small `cpuid` addon; Windows has no file or command that lists them. */
  readonly cpuid: () => readonly string[];
}

/** The sources of this machine; `loadCpuid` loads the `cpuid` addon or throws. */
export function systemFeatureSources(loadCpuid: () => readonly string[]): FeatureSources {
  return {
    cpuInfo: () => readFileSync('/proc/cpuinfo', 'utf8'),
    sysctl: () => execFileSync('/usr/sbin/sysctl', ['hw.optional'], { encoding: 'utf8', timeout: 5_000 }),
    cpuid: loadCpuid,
  };
}

/**
 * What is known of the machine. A source that fails leaves the features unknown, which means the lowest level: slower,
 * but it never crashes.
 */
export function detectMachine(platform: string, arch: string, sources: FeatureSources): Machine {
  return { platform, arch, features: detectFeatures(platform, sources) };
}

function detectFeatures(platform: string, sources: FeatureSources): ReadonlySet<CpuFeature> | undefined {
  try {
    if (platform === 'linux') return featuresFromCpuInfo(sources.cpuInfo());
    if (platform === 'darwin') return featuresFromSysctl(sources.sysctl());
    return new Set(sources.cpuid() as CpuFeature[]);
  } catch {
    return undefined;
  }
}
