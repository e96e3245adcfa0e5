import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { featuresFromCpuInfo } from '../../../src/engine/cpu-features';
import { levelsFor } from '../../../src/engine/cpu-levels';

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, '..', '..', '..');
const out = mkdtempSync(path.join(os.tmpdir(), 'native-build-'));
const { platform, arch } = process;
/** Enough for a compilation, which happens where sources or flags have changed since the last build. */
const COMPILE_TIMEOUT_MS = 900_000;

const build = (args: string[], env: NodeJS.ProcessEnv = process.env) =>
  run(process.execPath, ['scripts/native/build.mjs', '--out', out, ...args], { cwd: ROOT, env });

afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('build:native', () => {
  it(
    'takes a finished build from the cache, and does nothing the second time',
    async () => {
      await build([]);
      const { stdout } = await build([]);
      expect(stdout).toContain('up to date');
    },
    COMPILE_TIMEOUT_MS,
  );

  it('names the variants of this platform if asked for another', async () => {
    await expect(build(['--variant', 'amiga'])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${platform}-${arch}`),
    });
  });

  const other = arch === 'x64' ? 'arm64' : 'x64';
  it.runIf(platform === 'linux')('says what to install to build for another processor', async () => {
    const failure = build(['--force', '--target', `linux-${other}`], {
      PATH: path.join(out, 'no-programs'),
      HOME: out,
    });
    await expect(failure).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/-linux-gnu-gcc and \S+-linux-gnu-g\+\+ are needed[^]*apt-get install/),
    });
  });

  it('does not pretend to build for another system', async () => {
    const foreign = platform === 'win32' ? 'linux-x64' : 'win32-x64';
    await expect(build(['--target', foreign])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        `The speech engine for ${foreign} cannot be built on ${platform}-${arch}`,
      ),
    });
  });

  it.skipIf(platform === 'win32')('says what to install where there is no compiler', async () => {
    const failure = build(['--force'], { PATH: path.join(out, 'no-programs'), HOME: out });
    await expect(failure).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/CMake, Python 3, a C\+\+ compiler, make are missing[^]*install/),
    });
  });
});

describe('the CPUID probe', () => {
  it.runIf(platform === 'linux' && arch === 'x64' && existsSync('/proc/cpuinfo'))(
    'sees what the kernel sees',
    async () => {
      await build(['--variant', 'cpuid']);
      const file = path.join(out, 'linux-x64-cpuid', 'cpuid.node');
      const probe = createRequire(file)(file) as { features(): string[] };
      const kernel = featuresFromCpuInfo(readFileSync('/proc/cpuinfo', 'utf8'));
      const known = levelsFor(platform, arch).flatMap((level) => level.needs);
      expect(probe.features().sort()).toEqual([...new Set(known)].filter((name) => kernel?.has(name)).sort());
    },
  );
});
