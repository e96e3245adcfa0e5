import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelLibrary, StoredModel } from '../../../src/core/ports';
import { createModelStore } from '../../../src/node/models/store';

const ROOT = path.join(__dirname, '..', '..', '..');
const EMBEDDED = path.join(ROOT, 'models', 'embedded');

let scratch: string;
let modelsDir: string;
let store: ModelLibrary;

/** Stand-in for a published model: the content is a text, the pin is true for it. */
const CONTENT = 'the content of a published model';
const NAME = 'tiny.en-q8_0';

beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-library-'));
  modelsDir = path.join(scratch, 'models');
  const catalog = JSON.parse(readFileSync(path.join(ROOT, 'models', 'catalog.json'), 'utf8')) as {
    models: { name: string; bytes: number; sha256: string }[];
  };
  for (const model of catalog.models) {
    if (model.name !== NAME) continue;
    model.bytes = CONTENT.length;
    model.sha256 = createHash('sha256').update(CONTENT).digest('hex');
  }
  const catalogPath = path.join(scratch, 'catalog.json');
  writeFileSync(catalogPath, JSON.stringify(catalog));
  const quiet = (): void => undefined;
  const log = { error: quiet, warn: quiet, info: quiet, debug: quiet };
  store = createModelStore({ catalogPath, embeddedDir: EMBEDDED, modelsDir, log });
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

async function find(name: string): Promise<StoredModel> {
  const model = (await store.list()).find((one) => one.name === name);
  if (!model) throw new Error(`${name} is not listed`);
  return model;
}
function put(name: string, content: string | Buffer): string {
  const file = path.join(scratch, name);
  writeFileSync(file, content);
  return file;
}
const heavyFile = readFileSync(path.join(EMBEDDED, 'heavy.bin'));

describe('list', () => {
  it('shows what is there, what is half there, what is broken and what ships', async () => {
    expect(await find(NAME)).toMatchObject({ state: 'absent', roles: ['fast'], languages: ['en'] });
    mkdirSync(modelsDir);
    writeFileSync(path.join(modelsDir, `ggml-${NAME}.bin.part`), CONTENT.slice(0, 10));
    expect(await find(NAME)).toMatchObject({ state: 'partial', receivedBytes: 10, bytes: CONTENT.length });
    writeFileSync(path.join(modelsDir, `ggml-${NAME}.bin`), 'x'.repeat(CONTENT.length));
    expect(await find(NAME)).toMatchObject({ state: 'broken' });
    writeFileSync(path.join(modelsDir, `ggml-${NAME}.bin`), CONTENT);
    expect(await find(NAME)).toMatchObject({ state: 'installed' });
    expect((await store.list()).filter(({ state }) => state === 'embedded')).toHaveLength(2);
  });

  it('names pairs of models that it lists', async () => {
    const names = (await store.list()).map(({ name }) => name);
    for (const { fast, heavy } of store.pairs()) expect(names).toEqual(expect.arrayContaining([fast, heavy]));
  });
});

describe('installFromFile', () => {
  it('recognises a published model under any name by its hash', async () => {
    const model = await store.installFromFile(put('from-a-friend.bin', CONTENT));
    expect(model).toMatchObject({ name: NAME, state: 'installed' });
    expect(await store.has(NAME)).toBe(true);
  });

  it('takes a sound model of somebody’s own, which can then be chosen by its path', async () => {
    const model = await store.installFromFile(put('my own.bin', heavyFile));
    expect(model).toMatchObject({ name: 'my own.bin', state: 'custom', bytes: heavyFile.length });
    expect(await find('my own.bin')).toEqual(model);
    expect(await store.resolve('heavy', model.path)).toMatchObject({ path: model.path });
  });

  it.each([
    ['a text', 'notes.bin', Buffer.from('no model at all'), 'model-corrupt'],
    ['a cut model', 'cut.bin', heavyFile.subarray(0, heavyFile.length / 2), 'model-truncated'],
  ])('refuses %s and leaves nothing behind', async (_, name, content, code) => {
    await expect(store.installFromFile(put(name, content))).rejects.toMatchObject({ area: 'model', code });
    expect(existsSync(modelsDir) ? readdirSync(modelsDir) : []).toEqual([]);
  });

  it('says that a file is not there', async () => {
    const missing = path.join(scratch, 'none.bin');
    await expect(store.installFromFile(missing)).rejects.toMatchObject({ code: 'model-missing' });
    await expect(store.installFromFile(scratch)).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('says that the folder cannot be written', async () => {
    writeFileSync(modelsDir, 'a file where the folder should be');
    await expect(store.installFromFile(put('a.bin', CONTENT))).rejects.toMatchObject({
      code: 'models-directory',
    });
  });
});

describe('delete', () => {
  it('removes the file and what there is of its download', async () => {
    mkdirSync(modelsDir);
    for (const end of ['', '.part', '.part.json'])
      writeFileSync(path.join(modelsDir, `ggml-${NAME}.bin${end}`), CONTENT);
    await store.delete(await find(NAME));
    expect(readdirSync(modelsDir).filter((name) => name.startsWith('ggml'))).toEqual([]);
    expect(await find(NAME)).toMatchObject({ state: 'absent' });
  });

  it('leaves what ships with the product', async () => {
    const embedded = await find('embedded-heavy');
    await store.delete(embedded);
    expect(existsSync(embedded.path)).toBe(true);
  });
});
