import { DictationError } from '../core/errors';

/** An instruction-set extension, by the name Linux gives it in `/proc/cpuinfo`. */
export type CpuFeature =
  | 'sse4_2'
  | 'avx2'
  | 'fma'
  | 'f16c'
  | 'bmi2'
  | 'avx512f'
  | 'avx512cd'
  | 'avx512vl'
  | 'avx512dq'
  | 'avx512bw'
  | 'avx512_vnni'
  | 'asimddp'
  | 'asimdhp';

/** The machine an addon has to run on. `features` is `undefined` where they cannot be found out. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly features: ReadonlySet<CpuFeature> | undefined;
}

/** One build of the addon per level; `name` is empty where a platform has only one. */
export interface Level {
  readonly name: string;
  readonly needs: readonly CpuFeature[];
}

const AVX2: readonly CpuFeature[] = ['sse4_2', 'avx2', 'fma', 'f16c', 'bmi2'];
const X64_BASELINE: Level = { name: 'baseline', needs: ['sse4_2'] };
const X64_AVX2: Level = { name: 'avx2', needs: AVX2 };
const X64_AVX512: Level = {
  name: 'avx512',
  needs: [...AVX2, 'avx512f', 'avx512cd', 'avx512vl', 'avx512dq', 'avx512bw', 'avx512_vnni'],
};

/**
 * Levels of each platform, best first. macOS has no AVX-512 level: three Intel Macs ever had it. Apple's and
 * Windows 11's arm64 processors all have dot products and half precision, so one level is enough there.
 */
const LEVELS: Readonly<Record<string, readonly Level[]>> = {
  'linux-x64': [X64_AVX512, X64_AVX2, X64_BASELINE],
  'win32-x64': [X64_AVX512, X64_AVX2, X64_BASELINE],
  'darwin-x64': [X64_AVX2, X64_BASELINE],
  'linux-arm64': [
    { name: 'dotprod', needs: ['asimddp', 'asimdhp'] },
    { name: 'baseline', needs: [] },
  ],
  'darwin-arm64': [{ name: '', needs: [] }],
  'win32-arm64': [{ name: '', needs: [] }],
};

/** Levels that are built for a platform, best first; empty for one that is not supported. */
export function levelsFor(platform: string, arch: string): readonly Level[] {
  return LEVELS[`${platform}-${arch}`] ?? [];
}

/** Name of the folder that holds a level's addon, e.g. `linux-x64-avx2`. */
export function variantName(platform: string, arch: string, level: string): string {
  return level === '' ? `${platform}-${arch}` : `${platform}-${arch}-${level}`;
}

/**
 * Variants that run on `machine`, best first. Where the features are unknown only the lowest level is safe: a wrong
 * guess upwards ends the process with an illegal instruction.
 * @throws DictationError if the platform or the processor is not supported at all
 */
export function usableVariants(machine: Machine): readonly string[] {
  const { platform, arch, features } = machine;
  const levels = levelsFor(platform, arch);
  if (levels.length === 0) {
    throw new DictationError(
      'engine',
      'platform-unsupported',
      `There is no speech engine for ${platform} on ${arch}.`,
      'Supported are Linux, macOS and Windows on x64 and arm64.',
    );
  }
  const usable =
    features === undefined
      ? levels.slice(-1)
      : levels.filter((level) => level.needs.every((feature) => features.has(feature)));
  if (usable.length === 0) {
    throw new DictationError(
      'engine',
      'cpu-unsupported',
      'This processor is too old for the speech engine: it lacks SSE 4.2.',
      'Processors made since 2011 have it; in a virtual machine, let the guest see the host processor.',
    );
  }
  return usable.map((level) => variantName(platform, arch, level.name));
}

/**
 * The best of the `available` variants that runs on `machine`.
 * @throws DictationError `addon-missing` if none of them does
 */
export function pickVariant(machine: Machine, available: readonly string[]): string {
  const usable = usableVariants(machine);
  const best = usable.find((variant) => available.includes(variant));
  if (best !== undefined) return best;
  throw new DictationError(
    'engine',
    'addon-missing',
    `The speech engine is not built for this machine (wanted ${usable.join(' or ')}, found ${
      available.join(', ') || 'nothing'
    }).`,
    'Run "npm run build:native" in the folder of the extension.',
  );
}
