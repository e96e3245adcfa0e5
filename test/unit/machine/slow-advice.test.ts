import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEEPS_UP_MS } from '../../../src/core/machine/recommend';
import { slowAdvice, smallerModel, type SlowDictation } from '../../../src/core/machine/slow-advice';
import { languagesOf, loadCatalog } from '../../../src/node/models/catalog';

const catalog = loadCatalog(path.join(__dirname, '../../../models/catalog.json'));
const models = catalog.models.map((entry) => ({ ...entry, languages: languagesOf(catalog, entry) }));
const named = (name: string) => {
  const model = models.find((entry) => entry.name === name);
  if (!model) throw new Error(`no model ${name}`);
  return model;
};
const dictation = (heavy: string, more: Partial<SlowDictation> = {}): SlowDictation => ({
  fast: named('tiny.en-q8_0'),
  heavy: named(heavy),
  strategy: 'tandem',
  language: 'en',
  models,
  ...more,
});

describe('a smaller confirming model, from the catalogue as it is', () => {
  it.each([
    ['small.en-q8_0', 'en', 1_100, 'base.en-q8_0'],
    ['small.en', 'en', 1_100, 'base.en-q8_0'],
    ['small-q8_0', 'de', 1_100, 'base-q8_0'],
    ['small-q8_0', 'en', 1_100, 'base.en-q8_0'],
    ['small-q8_0', 'auto', 1_100, 'base-q8_0'],
    ['medium-q8_0', 'de', 1_500, 'small-q8_0'],
    ['medium-q8_0', 'de', 3_000, 'base-q8_0'],
    ['large-v3-turbo-q8_0', 'en', 1_200, 'small.en-q8_0'],
    ['large-v3-turbo-q5_0', 'yue', 1_200, undefined],
    ['small.en-q8_0', 'en', 9_000, undefined],
    ['base.en-q8_0', 'en', 1_100, undefined],
  ])('%s, speaking %s, at %i ms a second: %s', (heavy, language, ms, expected) => {
    expect(smallerModel(dictation(heavy, { language }), ms)?.name).toBe(expected);
  });

  it('is never one that is bigger, or does not know the language, or would not keep up', () => {
    for (const heavy of models)
      for (const language of ['en', 'de', 'yue', 'auto', 'xx'])
        for (const ms of [600, 900, 1_500, 4_000, 20_000]) {
          const found = smallerModel(dictation(heavy.name, { language }), ms);
          if (!found) continue;
          // Compared in the same format: a file in q8_0 is about half of one in f16.
          const [a, b] = [found, heavy].map(({ name }) => named(name.replace(/-q\d_\d$/, '')).bytes);
          expect(a).toBeLessThan(b as number);
          expect((ms * (a as number)) / (b as number)).toBeLessThanOrEqual(KEEPS_UP_MS * 1.1);
          expect(found.languages.length > 1 || language === 'en').toBe(true);
          if (language !== 'auto') expect(found.languages).toContain(language);
        }
  });

  it('is stronger than the one that drafts, unless one does both', () => {
    const fast = named('base.en-q8_0');
    expect(smallerModel(dictation('small.en-q8_0', { fast }), 1_100)).toBeUndefined();
    const alone = dictation('small.en-q8_0', { fast: named('small.en-q8_0'), strategy: 'single' });
    expect(smallerModel(alone, 1_100)?.name).toBe('base.en-q8_0');
    expect(smallerModel(alone, 2_800)?.name).toBe('tiny.en-q8_0');
  });

  it('is careful with a file that it does not know', () => {
    const own = { name: 'my-model.bin', bytes: named('small.en-q8_0').bytes };
    const found = smallerModel(dictation('small.en-q8_0', { heavy: own }), 600);
    expect(found?.name).toBe('base.en-q8_0');
  });
});

describe('the advice', () => {
  it('names the model', () => {
    expect(slowAdvice(dictation('small.en-q8_0'), 1_100)).toBe(
      'Choose a smaller confirming model: base.en-q8_0 would keep up.',
    );
  });

  it('says what else helps where there is none', () => {
    expect(slowAdvice(dictation('base.en-q8_0'), 1_100)).toMatch(/No smaller confirming model.*"single"/);
    expect(slowAdvice(dictation('tiny.en-q8_0', { strategy: 'single' }), 1_100)).toMatch(/^No smaller model/);
  });
});
