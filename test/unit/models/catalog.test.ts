import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src/node/models/catalog';
import { languagesOf, loadCatalog, longestWindowMs } from '../../../src/node/models/catalog';

const ROOT = path.join(__dirname, '..', '..', '..');
const CATALOG = path.join(ROOT, 'models', 'catalog.json');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-catalog-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Writes the real catalogue after `change` and loads it. */
function loadChanged(change: (json: Record<string, unknown>) => void): Catalog {
  const json = JSON.parse(readFileSync(CATALOG, 'utf8')) as Record<string, unknown>;
  change(json);
  const file = path.join(scratch, 'catalog.json');
  writeFileSync(file, JSON.stringify(json));
  return loadCatalog(file);
}

describe('the shipped catalogue', () => {
  const catalog = loadCatalog(CATALOG);

  it('offers the four pairs, quantised, tiny.en and small.en first', () => {
    expect(catalog.pairs.map((pair) => [pair.fast, pair.heavy])).toEqual([
      ['tiny.en-q8_0', 'small.en-q8_0'],
      ['tiny-q8_0', 'small-q8_0'],
      ['base-q8_0', 'medium-q8_0'],
      ['base-q8_0', 'large-v3-turbo-q8_0'],
    ]);
  });

  it.each(catalog.models)(
    'pins $name: size and SHA-256 give the Git LFS pointer of the repository',
    (model) => {
      // A Git object id is SHA-1 over the object; the object here is the pointer file, whose format is fixed.
      const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${model.sha256}\nsize ${model.bytes}\n`;
      const id = createHash('sha1').update(`blob ${pointer.length}\0${pointer}`).digest('hex');
      expect(id).toBe(model.lfsPointer);
    },
  );

  it.each(catalog.models)('$name comes from the pinned revision under its own name', (model) => {
    expect(model.file).toBe(`ggml-${model.name}.bin`);
    const { repository, revision } = catalog.source;
    expect(model.url).toBe(`${repository}/resolve/${revision}/${model.file}`);
    expect(languagesOf(catalog, model)).toHaveLength(
      model.name.includes('.en') ? 1 : model.name.startsWith('large-v3') ? 100 : 99,
    );
  });

  it.each(catalog.embedded)('pins the embedded file $file as it is in the repository', (model) => {
    const content = readFileSync(path.join(ROOT, 'models', 'embedded', model.file));
    expect(content.length).toBe(model.bytes);
    expect(createHash('sha256').update(content).digest('hex')).toBe(model.sha256);
  });

  it('bounds a window by the role and by what the model understands', () => {
    const tiny = catalog.models.find((model) => model.name === 'tiny.en-q8_0');
    const [fast, heavy] = catalog.embedded;
    expect(longestWindowMs(catalog, 'fast', tiny)).toBe(10_000);
    expect(longestWindowMs(catalog, 'heavy', tiny)).toBe(28_000);
    expect(longestWindowMs(catalog, 'fast', fast)).toBe(5_000);
    expect(longestWindowMs(catalog, 'heavy', heavy)).toBe(9_000);
    expect(longestWindowMs(catalog, 'heavy')).toBe(28_000);
  });
});

describe('loading a catalogue', () => {
  const broken = (why: string) =>
    expect.objectContaining({ area: 'model', code: 'catalog-broken', message: expect.stringContaining(why) });

  it('tells a missing file and one that is not JSON', () => {
    expect(() => loadCatalog(path.join(scratch, 'none.json'))).toThrow(broken('ENOENT'));
    const file = path.join(scratch, 'text.json');
    writeFileSync(file, 'models:');
    expect(() => loadCatalog(file)).toThrow(broken('JSON'));
  });

  it('names the place of a wrong value', () => {
    const change = (json: Record<string, unknown>): void => {
      (json['models'] as { sha256: string }[])[2]!.sha256 = 'abc';
    };
    expect(() => loadChanged(change)).toThrow(broken('models.2.sha256: 64 hexadecimal digits'));
  });

  it.each<[string, (json: Record<string, unknown>) => void]>([
    [
      'every model name is unique',
      (json) => (json['models'] as unknown[]).push((json['models'] as unknown[])[0]),
    ],
    ['every pair consists', (json) => ((json['pairs'] as { heavy: string }[])[0]!.heavy = 'tiny.en-q8_0')],
    ['known language set', (json) => ((json['models'] as { languages: string }[])[0]!.languages = 'klingon')],
    [
      'embedded model for each role',
      (json) => ((json['embedded'] as { roles: string[] }[])[0]!.roles = ['heavy']),
    ],
    ['plain file name', (json) => ((json['models'] as { file: string }[])[0]!.file = '../../x.bin')],
    ['https://', (json) => ((json['models'] as { url: string }[])[0]!.url = 'http://example.org/x.bin')],
    ['Invalid key', (json) => ((json['models'] as Record<string, unknown>[])[0]!['md5'] = 'x')],
  ])('refuses one where not %s', (why, change) => {
    expect(() => loadChanged(change)).toThrow(broken(why));
  });
});
