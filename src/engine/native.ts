import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DictationError, messageOf } from '../core/errors';
import type { Addon } from './addon';
import { detectMachine, systemFeatureSources } from './cpu-features';
import { type Machine, pickVariant } from './cpu-levels';

export type { Addon, ModelHandle, TranscribeParams, TranscribeSegment, WhisperModel } from './addon';

/** File name of the addon in the folder of each variant. */
const ADDON_FILE = 'smart-whisper.node';

/** A loaded addon and the folder it came from, e.g. `linux-x64-avx2`. */
export interface LoadedAddon {
  readonly addon: Addon;
  readonly variant: string;
}

/** Names of the variants that were built into `nativeDir`; empty if the folder is not there. */
export function builtVariants(nativeDir: string): readonly string[] {
  if (!existsSync(nativeDir)) return [];
  return readdirSync(nativeDir)
    .filter((name) => existsSync(path.join(nativeDir, name, ADDON_FILE)))
    .sort();
}

/** This machine and its instruction sets. `nativeDir` holds the probe that reads them on Windows. */
export function thisMachine(nativeDir: string): Machine {
  const { platform, arch } = process;
  const cpuid = () => {
    const probe = path.join(nativeDir, `${platform}-${arch}-cpuid`, 'cpuid.node');
    const loaded = requireNative(probe) as { features(): string[] };
    return loaded.features();
  };
  return detectMachine(platform, arch, systemFeatureSources(cpuid));
}

/**
 * Loads the best variant in `nativeDir` that this processor can run. One that does not load (built for a newer C library,
 * damaged) is passed over for the next lower one. Only the binding is loaded, not smart-whisper's own JavaScript, which
 * would create folders in the user's home.
 * @throws DictationError `addon-missing` if none is there, `addon-broken` if none loads
 */
export function loadAddon(nativeDir: string, machine: Machine = thisMachine(nativeDir)): LoadedAddon {
  let available = builtVariants(nativeDir);
  let failure: unknown;
  for (;;) {
    const variant = pickOrExplain(machine, available, failure);
    try {
      return { addon: requireNative(path.join(nativeDir, variant, ADDON_FILE)) as Addon, variant };
    } catch (error) {
      failure ??= error;
      available = available.filter((name) => name !== variant);
    }
  }
}

function pickOrExplain(machine: Machine, available: readonly string[], failure: unknown): string {
  try {
    return pickVariant(machine, available);
  } catch (error) {
    if (failure === undefined) throw error;
    const reason = messageOf(failure);
    throw new DictationError(
      'engine',
      'addon-broken',
      `The speech engine is there but does not load: ${reason}`,
      'Run "npm run build:native -- --force" in the folder of the extension.',
      { cause: failure },
    );
  }
}

/** `require` that works in the bundle and in tests alike. */
function requireNative(file: string): unknown {
  return createRequire(file)(file);
}
