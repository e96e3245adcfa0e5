// Builds the native addon: smart-whisper's binding, linked through its own BYOL ("bring your own library") against a
// current whisper.cpp, for this machine's CPU level or for all of this platform's. See README.md beside this file.
//
//   node scripts/native/build.mjs [--all | --variant NAME] [--target linux-arm64] [--out DIR] [--force] [--verbose]
//
// --target builds for another processor, all variants if none is named; on Linux only.
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildProbe, buildVariant, BuildError } from './compile.mjs';
import { checkCrossCompilers, crossSettings, kindOf } from './cross.mjs';
import { installVariant, isCurrent, variantKey, withLock } from './cache.mjs';
import { loadTypeScript } from './load-typescript.mjs';
import { needsProbe, planVariant } from './variants.mjs';
import { findCmake, installHint, missingTools, readOsRelease } from './toolchain.mjs';
import { findProgram } from '../setup/programs.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PROBE = 'cpuid';

/** @typedef {import('./variants.mjs').Platform} Platform @typedef {import('./variants.mjs').Arch} Arch */

/**
 * What to build, as level names; `cpuid` is the probe that tells the levels apart on Windows.
 * @param {import('./cross.mjs').Kind} target
 * @param {{ all: boolean, variant: string | undefined }} options
 */
async function chooseLevels({ platform, arch }, { all, variant }) {
  const { levelsFor, usableVariants, variantName } = await loadTypeScript(root, 'src/engine/cpu-levels.ts');
  const { detectMachine, systemFeatureSources } = await loadTypeScript(root, 'src/engine/cpu-features.ts');
  const levels = levelsFor(platform, arch).map((/** @type {{ name: string }} */ level) => level.name);
  if (levels.length === 0) throw new BuildError(`There is no build for ${platform} on ${arch}.`);
  const everything = needsProbe(platform, arch) ? [PROBE, ...levels] : levels;
  if (all) return everything;
  if (variant !== undefined) {
    const level = [...levels, PROBE].find(
      (name) => variant === name || variant === variantName(platform, arch, name),
    );
    if (level === undefined) {
      const known = levels.map((/** @type {string} */ name) => variantName(platform, arch, name));
      throw new BuildError(`Unknown variant "${variant}". Known here: ${known.join(', ')}.`);
    }
    return [level];
  }
  // Windows tells its CPU's features only to the probe, so all levels are built there and the loader chooses.
  if (needsProbe(platform, arch)) return everything;
  const sources = systemFeatureSources(() => []);
  const [best] = usableVariants(detectMachine(platform, arch, sources));
  return [levels.find((/** @type {string} */ name) => variantName(platform, arch, name) === best)];
}

/** @param {import('./cross.mjs').CrossSettings | undefined} cross */
function checkTools(cross) {
  if (cross) checkCrossCompilers(cross);
  const cmake = findCmake();
  const missing = missingTools(findProgram, { platform: process.platform, env: process.env, cmake });
  if (cmake === undefined || missing.length > 0) {
    throw new BuildError(
      `The speech engine is compiled on this machine, and for that ${missing.join(', ')} ` +
        `${missing.length === 1 ? 'is' : 'are'} missing. Install it with:\n\n` +
        `${installHint(process.platform, readOsRelease()).replace(/^/gm, '  ')}\n\nand run the command again.`,
    );
  }
  return cmake;
}

async function main() {
  const { values } = parseArgs({
    options: {
      all: { type: 'boolean', default: false },
      variant: { type: 'string' },
      target: { type: 'string', default: `${process.platform}-${process.arch}` },
      out: { type: 'string', default: path.join(root, 'dist', 'native') },
      force: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const target = kindOf(values.target);
  const cross = crossSettings(target, process);
  // CMake and node-gyp take it from there, and it is part of the build's key.
  Object.assign(process.env, cross?.env);
  const platform = /** @type {Platform} */ (target.platform);
  const arch = /** @type {Arch} */ (target.arch);
  const all = values.all || (cross !== undefined && values.variant === undefined);
  for (const level of await chooseLevels(target, { all, variant: values.variant })) {
    const plan = level === PROBE ? undefined : planVariant(platform, arch, level, cross?.cmake);
    const variant = plan?.variant ?? `${platform}-${arch}-${PROBE}`;
    const key = variantKey(root, variant, plan);
    const started = Date.now();
    if (!values.force && isCurrent(values.out, variant, key)) {
      console.log(`native ${variant}: up to date`);
      continue;
    }
    const isMissing = () =>
      values.force || !existsSync(path.join(root, '.cache', 'native', key, 'addon.node'));
    // Before waiting for another build: what is missing is said at once.
    const found = isMissing() ? checkTools(cross) : undefined;
    await withLock(root, async () => {
      if (isMissing()) {
        const cmake = found ?? checkTools(cross);
        console.log(
          `native ${variant}: compiling on ${os.availableParallelism()} cores, this takes a few minutes …`,
        );
        const context = { root, key, variant, cmake, verbose: values.verbose };
        if (plan === undefined) await buildProbe(context);
        else await buildVariant(context, plan);
      }
      const bytes = installVariant(root, values.out, variant, key);
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      console.log(`native ${variant}: ${(bytes / 2 ** 20).toFixed(1)} MiB in ${seconds} s`);
    });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
