import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import esbuild from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TranscribeSegment } from '../../../src/engine/addon';
import { type Machine, levelsFor, pickVariant, usableVariants } from '../../../src/engine/cpu-levels';
import { builtVariants, loadAddon, thisMachine } from '../../../src/engine/native';
import { embeddedModel, NATIVE_DIR, recording } from '../../support/engines';

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, '..', '..', '..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'native-addon-'));
// Below the repository, so that the bundle finds it by the same relative path.
const child = path.join(ROOT, 'out', 'test', 'native-child.js');
const built = builtVariants(NATIVE_DIR);
const machine = thisMachine(NATIVE_DIR);
const runnable = built.filter((variant) => usableVariants(machine).includes(variant));

interface Answer {
  readonly variant: string;
  readonly freed?: boolean;
  readonly rejected?: string;
  readonly error?: string;
  readonly segments?: TranscribeSegment[];
}

async function ask(nativeDir: string, model: string, name: string, params: object = {}): Promise<Answer> {
  const args = [child, nativeDir, model, name, JSON.stringify(params)];
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, HOME: folder } });
  return JSON.parse(stdout) as Answer;
}

/** A folder that holds one variant only, under its own name. */
function only(variant: string): string {
  const target = path.join(folder, `only-${variant}`);
  cpSync(path.join(NATIVE_DIR, variant), path.join(target, variant), { recursive: true });
  return target;
}

beforeAll(() =>
  esbuild.build({
    entryPoints: [path.join(ROOT, 'test', 'support', 'native-child.ts')],
    outfile: child,
    bundle: true,
    platform: 'node',
    target: 'node20',
  }),
);
// Windows keeps the file of an addon that was loaded here until this process ends.
afterAll(() => process.platform === 'win32' || rmSync(folder, { recursive: true, force: true }));

describe('the addon', () => {
  it('is the best that was built for this processor', () => {
    expect(runnable).not.toEqual([]);
    expect(loadAddon(NATIVE_DIR).variant).toBe(pickVariant(machine, built));
  });

  it.each(runnable)('%s transcribes what was said, token by token', async (variant) => {
    const answer = await ask(only(variant), '', 't01');
    expect(answer.variant).toBe(variant);
    expect(answer.segments).toHaveLength(1);
    const [segment] = answer.segments ?? [];
    expect(segment?.text.trim()).toBe(recording('t01').text);
    expect(segment).toMatchObject({ from: 0, lang: 'en' });
    expect(segment?.to).toBeGreaterThan(3_000);
    expect(segment?.confidence).toBeGreaterThan(0.8);
    const words = (segment?.tokens ?? []).filter((token) => !/^(\[_|<\|)/.test(token.text));
    expect(words.map((token) => token.text).join('')).toBe(segment?.text);
    for (const token of words) {
      expect(token.p).toBeGreaterThan(0);
      expect(token.p).toBeLessThanOrEqual(1);
      expect(token.to).toBeGreaterThanOrEqual(token.from ?? Infinity);
    }
    expect(answer.freed).toBe(true);
  });

  it('hands the same result to several threads', async () => {
    const [one, two] = [
      await ask(NATIVE_DIR, '', 't02', { n_threads: 1 }),
      await ask(NATIVE_DIR, '', 't02', { n_threads: 2 }),
    ];
    expect(one.segments?.[0]?.text.trim()).toBe(recording('t02').text);
    expect(two.segments?.[0]?.text).toBe(one.segments?.[0]?.text);
  });

  it('answers with an error if a call fails', async () => {
    expect((await ask(NATIVE_DIR, '', 't01', { audio_ctx: 9_999 })).error).toContain('whisper_full');
  });

  it('leaves no folder in the home of the user', async () => {
    const home = path.join(folder, 'home');
    mkdirSync(home);
    await run(process.execPath, [child, NATIVE_DIR, '', 't01'], {
      env: { ...process.env, HOME: home, USERPROFILE: home },
    });
    expect(builtVariants(home)).toEqual([]);
    expect(() => readFileSync(path.join(home, '.smart-whisper'))).toThrow('ENOENT');
  });
});

describe('a model that cannot be loaded is refused, and the process lives', () => {
  it('missing', async () => {
    const answer = await ask(NATIVE_DIR, path.join(folder, 'nothing.bin'), 't01');
    expect(answer.rejected).toContain('Failed to initialize');
  });

  it('something else', async () => {
    const file = path.join(folder, 'text.bin');
    writeFileSync(file, 'This is no model. '.repeat(1_000));
    expect((await ask(NATIVE_DIR, file, 't01')).rejected).toContain('Failed to initialize');
  });

  it('cut off', async () => {
    const file = path.join(folder, 'half.bin');
    cpSync(embeddedModel('heavy'), file);
    truncateSync(file, 6_000_000);
    expect((await ask(NATIVE_DIR, file, 't01')).rejected).toContain('Failed to initialize');
  });
});

describe('an addon that does not load', () => {
  it('is passed over for the next lower level', () => {
    const needs = levelsFor('linux', 'x64').flatMap((level) => level.needs);
    const able: Machine = { platform: 'linux', arch: 'x64', features: new Set(needs) };
    const target = path.join(folder, 'damaged');
    // A build for this machine under the name of the lower level: what counts is that the damaged one is not the end.
    cpSync(path.join(NATIVE_DIR, runnable[0] ?? ''), path.join(target, 'linux-x64-avx2'), {
      recursive: true,
    });
    mkdirSync(path.join(target, 'linux-x64-avx512'));
    writeFileSync(path.join(target, 'linux-x64-avx512', 'smart-whisper.node'), 'not an addon');
    expect(loadAddon(target, able).variant).toBe('linux-x64-avx2');
  });

  it('is reported with its reason if there is no other', () => {
    const [best = ''] = usableVariants(machine);
    const target = path.join(folder, 'all-damaged');
    mkdirSync(path.join(target, best), { recursive: true });
    writeFileSync(path.join(target, best, 'smart-whisper.node'), 'not an addon');
    expect(() => loadAddon(target)).toThrow(
      expect.objectContaining({ code: 'addon-broken', hint: expect.stringContaining('build:native') }),
    );
  });

  it('is reported if nothing was built', () => {
    expect(() => loadAddon(path.join(folder, 'empty'))).toThrow(
      expect.objectContaining({ area: 'engine', code: 'addon-missing' }),
    );
  });
});
