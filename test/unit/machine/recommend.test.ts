import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { adviseModels, type MachineFacts } from '../../../src/core/machine/recommend';
import type { StoredModel } from '../../../src/core/ports';
import { languagesOf, loadCatalog } from '../../../src/node/models/catalog';

const catalog = loadCatalog(path.join(__dirname, '../../../models/catalog.json'));
const models = catalog.models.map((entry): StoredModel => ({
  ...entry,
  languages: languagesOf(catalog, entry),
  state: 'absent',
  receivedBytes: 0,
  path: entry.file,
}));
const GIB = 1024 ** 3;
const machine = (cores: number, gib: number, measured?: MachineFacts['measured']): MachineFacts => ({
  cores,
  memoryBytes: gib * GIB,
  measured,
});
const advise = (language: string, facts: MachineFacts) =>
  adviseModels(catalog.pairs, models, language, facts);
const recommended = (language: string, facts: MachineFacts) =>
  advise(language, facts).find(({ verdict }) => verdict === 'recommended')?.heavy;
const verdicts = (language: string, facts: MachineFacts) => advise(language, facts).map((one) => one.verdict);

describe('adviseModels, for the catalogue as it is', () => {
  it.each([
    ['en', machine(2, 8), 'small.en-q8_0'],
    ['en', machine(4, 16), 'small.en-q8_0'],
    ['de', machine(4, 16), 'small-q8_0'],
    ['auto', machine(4, 16), 'small-q8_0'],
    ['en', machine(16, 64), 'large-v3-turbo-q8_0'],
    ['de', machine(16, 64), 'large-v3-turbo-q8_0'],
  ])('%s on %o: %s', (language, facts, heavy) => {
    expect(recommended(language, facts)).toBe(heavy);
  });

  it('says what is missing', () => {
    expect(verdicts('de', machine(2, 64))).toEqual(['language', 'recommended', 'cores', 'cores']);
    expect(verdicts('en', machine(16, 4)).slice(-2)).toEqual(['memory', 'memory']);
  });

  it('believes a measurement more than a count of cores', () => {
    const quick = machine(2, 64, { model: 'small.en-q8_0', msPerSecond: 40 });
    expect(recommended('en', quick)).toBe('large-v3-turbo-q8_0');
    const slow = machine(16, 64, { model: 'small.en-q8_0', msPerSecond: 400 });
    expect(recommended('en', slow)).toBe('small.en-q8_0');
    expect(advise('en', slow).at(-1)).toMatchObject({ verdict: 'slow' });
    expect(advise('en', slow)[0]?.expectedMsPerSecond).toBe(400);
  });

  it('does not conclude anything from a model it does not know', () => {
    const facts = machine(2, 8, { model: 'embedded-heavy', msPerSecond: 1 });
    expect(recommended('en', facts)).toBe('small.en-q8_0');
  });

  it('still names the smallest where none suits, and none where no model knows the language', () => {
    expect(recommended('en', machine(1, 1))).toBe('small.en-q8_0');
    expect(recommended('xx', machine(16, 64))).toBeUndefined();
  });
});
