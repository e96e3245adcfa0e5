import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelStore } from '../../../src/core/ports';
import { createModelStore } from '../../../src/node/models/store';

const ROOT = path.join(__dirname, '..', '..', '..');
const EMBEDDED = path.join(ROOT, 'models', 'embedded');

let scratch: string;
let modelsDir: string;
let warnings: string[];
let store: ModelStore;

/** Stand-ins for published models: the content is a text, the pins are true for it. */
const CONTENT = (name: string): string => `content of ${name}`;

beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-store-'));
  modelsDir = path.join(scratch, 'models');
  warnings = [];
  const catalog = JSON.parse(readFileSync(path.join(ROOT, 'models', 'catalog.json'), 'utf8')) as {
    models: { name: string; bytes: number; sha256: string }[];
  };
  for (const model of catalog.models) {
    model.bytes = CONTENT(model.name).length;
    model.sha256 = createHash('sha256').update(CONTENT(model.name)).digest('hex');
  }
  const catalogPath = path.join(scratch, 'catalog.json');
  writeFileSync(catalogPath, JSON.stringify(catalog));
  const quiet = (): void => undefined;
  const log = { error: quiet, warn: (text: string) => warnings.push(text), info: quiet, debug: quiet };
  store = createModelStore({ catalogPath, embeddedDir: EMBEDDED, modelsDir, log });
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

function install(...names: string[]): void {
  mkdirSync(modelsDir, { recursive: true });
  for (const name of names) writeFileSync(path.join(modelsDir, `ggml-${name}.bin`), CONTENT(name));
}
const nameOf = async (role: 'fast' | 'heavy', wanted?: string): Promise<string> =>
  (await store.resolve(role, wanted)).name;

describe('without a wish', () => {
  it('finds the embedded pair when nothing is downloaded', async () => {
    expect(await store.resolve('fast')).toEqual({
      role: 'fast',
      name: 'embedded-fast',
      path: path.join(EMBEDDED, 'fast.bin'),
      origin: 'embedded',
      longestWindow: 80_000,
      languages: ['en'],
    });
    expect(await store.resolve('heavy')).toMatchObject({ name: 'embedded-heavy', longestWindow: 144_000 });
  });

  it('prefers the first complete downloaded pair', async () => {
    install('base-q8_0', 'medium-q8_0');
    expect([await nameOf('fast'), await nameOf('heavy')]).toEqual(['base-q8_0', 'medium-q8_0']);
    install('tiny.en-q8_0');
    expect([await nameOf('fast'), await nameOf('heavy')]).toEqual(['base-q8_0', 'medium-q8_0']);
    install('small.en-q8_0');
    expect([await nameOf('fast'), await nameOf('heavy')]).toEqual(['tiny.en-q8_0', 'small.en-q8_0']);
    expect(await store.resolve('fast')).toMatchObject({ origin: 'downloaded', longestWindow: 160_000 });
    expect(await store.resolve('heavy')).toMatchObject({ longestWindow: 448_000, languages: ['en'] });
  });

  it('never pairs an embedded model with a downloaded one', async () => {
    install('tiny.en-q8_0');
    expect([await nameOf('fast'), await nameOf('heavy')]).toEqual(['tiny.en-q8_0', 'tiny.en-q8_0']);
    rmSync(modelsDir, { recursive: true });
    install('small-q8_0');
    expect([await nameOf('fast'), await nameOf('heavy')]).toEqual(['small-q8_0', 'small-q8_0']);
  });

  it('passes over a damaged download and says so', async () => {
    install('tiny.en-q8_0', 'small.en-q8_0');
    writeFileSync(path.join(modelsDir, 'ggml-small.en-q8_0.bin'), CONTENT('small.en-q8_1'));
    expect(await store.has('small.en-q8_0')).toBe(false);
    expect(await nameOf('heavy')).toBe('tiny.en-q8_0');
    expect(warnings.join()).toContain('SHA-256');
  });
});

describe('with a wish', () => {
  it('takes a catalogue name, for any role', async () => {
    install('base.en');
    expect(await store.resolve('fast', 'base.en')).toMatchObject({ name: 'base.en', origin: 'setting' });
    expect(await store.resolve('heavy', ' base.en ')).toMatchObject({ role: 'heavy' });
    expect(await nameOf('heavy', 'embedded')).toBe('embedded-heavy');
    expect(await nameOf('heavy', 'embedded-fast')).toBe('embedded-fast');
  });

  it('refuses a name that is not downloaded, damaged or unknown', async () => {
    await expect(store.resolve('fast', 'base.en')).rejects.toMatchObject({
      code: 'model-missing',
      hint: expect.stringContaining('Download Models'),
    });
    install('base.en');
    const file = path.join(modelsDir, 'ggml-base.en.bin');
    writeFileSync(file, CONTENT('base.en').slice(1));
    await expect(store.resolve('fast', 'base.en')).rejects.toMatchObject({ code: 'model-truncated' });
    writeFileSync(file, `${CONTENT('base.en')}!`);
    await expect(store.resolve('fast', 'base.en')).rejects.toMatchObject({ code: 'model-corrupt' });
    await expect(store.resolve('fast', 'enormous')).rejects.toMatchObject({
      code: 'model-unknown-name',
      hint: expect.stringContaining('small.en-q8_0'),
    });
  });

  it('takes a path; a known model under another name keeps its figures', async () => {
    const file = path.join(scratch, 'my model.bin');
    copyFileSync(path.join(EMBEDDED, 'fast.bin'), file);
    expect(await store.resolve('heavy', file)).toEqual({
      role: 'heavy',
      name: 'embedded-fast',
      path: file,
      origin: 'setting',
      longestWindow: 80_000,
      languages: ['en'],
    });
    expect((await store.resolve('fast', path.relative(process.cwd(), file))).path).toBe(file);
  });

  it('takes an unknown model by its header', async () => {
    const content = readFileSync(path.join(EMBEDDED, 'fast.bin'));
    content[content.length - 1]! ^= 1;
    const file = path.join(scratch, 'tuned.bin');
    writeFileSync(file, content);
    expect(await store.resolve('fast', file)).toMatchObject({
      name: 'tuned.bin',
      longestWindow: 160_000,
      languages: ['en'],
    });
    content.writeInt32LE(51_866, 4);
    writeFileSync(file, content);
    const { languages } = await store.resolve('heavy', file);
    expect(languages).toHaveLength(100);
    expect(languages.at(-1)).toBe('yue');
  });

  it('refuses a path that leads nowhere or to something else', async () => {
    await expect(store.resolve('fast', path.join(scratch, 'none.bin'))).rejects.toMatchObject({
      code: 'model-missing',
    });
    await expect(store.resolve('fast', __filename)).rejects.toMatchObject({ code: 'model-corrupt' });
    await expect(store.resolve('fast', scratch)).rejects.toMatchObject({ area: 'model' });
  });
});

it('names the default pair and refuses to download what it does not know', async () => {
  expect(store.defaultPair()).toEqual(['tiny.en-q8_0', 'small.en-q8_0']);
  await new Promise<void>((resolve, reject) =>
    store.download('enormous').subscribe({
      error: (error: unknown) => {
        try {
          expect(error).toMatchObject({ area: 'model', code: 'model-unknown-name' });
          resolve();
        } catch (failure) {
          reject(failure as Error);
        }
      },
      complete: () => reject(new Error('completed')),
    }),
  );
});

it('reports a broken installation: an embedded model that is not what it was', async () => {
  const embeddedDir = path.join(scratch, 'embedded');
  mkdirSync(embeddedDir);
  const quiet = (): void => undefined;
  const log = { error: quiet, warn: quiet, info: quiet, debug: quiet };
  const catalogPath = path.join(ROOT, 'models', 'catalog.json');
  const broken = createModelStore({ catalogPath, embeddedDir, modelsDir, log });
  await expect(broken.resolve('fast')).rejects.toMatchObject({ code: 'model-missing' });
  writeFileSync(
    path.join(embeddedDir, 'fast.bin'),
    readFileSync(path.join(EMBEDDED, 'fast.bin')).subarray(1),
  );
  await expect(broken.resolve('fast')).rejects.toMatchObject({ code: 'model-truncated' });
});
