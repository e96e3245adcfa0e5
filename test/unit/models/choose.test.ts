import { describe, expect, it } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import type { Role } from '../../../src/core/model';
import type { ModelOrigin, ResolvedModel } from '../../../src/core/ports';
import type { StrategyName } from '../../../src/core/session/strategies/names';
import { chooseModels } from '../../../src/node/models/choose';

/** A store where what is wished for is there; else what `best` says. */
const store = (best: Partial<Record<Role, { name: string; origin: ModelOrigin }>> = {}) => ({
  resolve: (role: Role, wanted?: string): Promise<ResolvedModel> => {
    if (wanted === 'missing') return Promise.reject(new DictationError('model', 'model-missing', 'missing'));
    const { name, origin } = wanted
      ? { name: wanted, origin: 'setting' as const }
      : (best[role] ?? { name: `embedded-${role}`, origin: 'embedded' as const });
    const languages = name.endsWith('.en') || origin === 'embedded' ? ['en'] : ['en', 'de'];
    return Promise.resolve({ role, name, path: `/${name}`, origin, longestWindow: 1, languages });
  },
});
const wishes = (strategy: StrategyName, rest: { fast?: string; heavy?: string; language?: string } = {}) => ({
  fast: undefined,
  heavy: undefined,
  language: 'en',
  strategy,
  ...rest,
});

describe('chooseModels', () => {
  it.each(['tandem', 'cascaded'] as const)('finds a pair for %s', async (strategy) => {
    const { fast, heavy } = await chooseModels(
      store(),
      wishes(strategy, { fast: 'tiny.en', heavy: 'small.en' }),
    );
    expect([fast.name, heavy.name]).toEqual(['tiny.en', 'small.en']);
  });

  it.each([
    ['the heavy one that was chosen', { fast: 'tiny.en', heavy: 'small.en' }, {}, 'small.en'],
    [
      'the heavy one that was downloaded',
      { fast: 'tiny.en' },
      { heavy: { name: 'small.en', origin: 'downloaded' } },
      'small.en',
    ],
    ['the fast one if no heavy one is installed', { fast: 'base.en' }, {}, 'base.en'],
    ['the demonstration if nothing is', {}, {}, 'embedded-heavy'],
  ] as const)('takes one model for single: %s', async (_, wanted, best, name) => {
    const { fast, heavy } = await chooseModels(store(best), wishes('single', wanted));
    expect(fast).toBe(heavy);
    expect(heavy).toMatchObject({ name, role: 'heavy' });
  });

  it('does not hide that a chosen model is missing, or does not know the language', async () => {
    const missing = chooseModels(store(), wishes('single', { fast: 'tiny.en', heavy: 'missing' }));
    await expect(missing).rejects.toMatchObject({ code: 'model-missing' });
    const german = chooseModels(store(), wishes('single', { heavy: 'small.en', language: 'de' }));
    await expect(german).rejects.toMatchObject({ code: 'language-unsupported' });
  });

  it('does not care about a fast model that one heavy model makes unnecessary', async () => {
    const { heavy } = await chooseModels(store(), wishes('single', { fast: 'missing', heavy: 'small.en' }));
    expect(heavy.name).toBe('small.en');
  });
});
