import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '../../../src/core/model';
import type { ResolvedModel } from '../../../src/core/ports';
import { EnginePool, type EngineSettings } from '../../../src/node/engine-pool';
import type { EngineChoice } from '../../../src/node/engine/start';
import { languagesOf, loadCatalog } from '../../../src/node/models/catalog';
import { productPaths } from '../../../src/node/paths';

/** Which engines were asked for, and what became of them: no process starts. */
const kept = vi.hoisted(() => ({ asked: [] as EngineChoice[], started: [] as Role[], ended: 0 }));
vi.mock('../../../src/node/engine/start', () => ({
  KeptEngines: class {
    serve(choice: EngineChoice) {
      kept.asked.push(choice);
      const engine = (role: Role) => ({ role, start: () => kept.started.push(role) });
      const heavy = engine('heavy');
      return Promise.resolve({ fast: choice.fast === choice.heavy ? heavy : engine('fast'), heavy });
    }
    dispose() {
      kept.ended += 1;
      return Promise.resolve();
    }
  },
}));

const silent = () => undefined;
const paths = productPaths(path.join(__dirname, '../../..'));
const catalog = loadCatalog(paths.catalog);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-pool-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => Object.assign(kept, { asked: [], started: [], ended: 0 }));

/** A file of the size that the catalogue tells, without its content; it takes no room. */
function stored(role: Role, name: string): ResolvedModel {
  const entry = catalog.models.find((model) => model.name === name);
  if (!entry) throw new Error(`no model ${name}`);
  const file = path.join(folder, `${name}.bin`);
  writeFileSync(file, '');
  truncateSync(file, entry.bytes);
  const languages = languagesOf(catalog, entry);
  return { role, name, path: file, origin: 'downloaded', longestWindow: 480_000, languages };
}

function pool(wishes: Partial<EngineSettings>): EnginePool {
  return new EnginePool({
    store: {
      resolve: (role, wanted) => Promise.resolve(stored(role, wanted ?? 'tiny.en-q8_0')),
    },
    paths,
    log: { error: silent, warn: silent, info: silent, debug: silent },
    settings: () => ({
      fast: 'tiny.en-q8_0',
      heavy: 'small.en-q8_0',
      language: 'en',
      strategy: 'tandem',
      skipConfirmAbove: 1,
      threads: {},
      ...wishes,
    }),
  });
}

describe('what a dictation is told about a confirming model that is too slow', () => {
  it.each<[string, Partial<EngineSettings>, number, RegExp]>([
    ['the one to choose', {}, 1_100, /^Choose .*: base\.en-q8_0 would keep up\.$/],
    ['one that is not too slow itself', { heavy: 'medium.en-q8_0' }, 3_000, /: base\.en-q8_0 would/],
    ['the strongest of those', { heavy: 'medium.en-q8_0' }, 1_500, /: small\.en-q8_0 would/],
    [
      'one that knows the language',
      { fast: 'tiny-q8_0', heavy: 'small-q8_0', language: 'de' },
      1_100,
      /: base-q8_0 would/,
    ],
    [
      'none that is no stronger than the drafting one',
      { fast: 'base.en-q8_0' },
      1_100,
      /^No smaller confirming/,
    ],
    ['but with one model any', { strategy: 'single' }, 2_800, /: tiny\.en-q8_0 would/],
  ])('%s', async (_, wishes, msPerSecond, expected) => {
    const prepared = await pool(wishes).prepare();
    expect(prepared.slowAdvice(msPerSecond)).toMatch(expected);
  });
});

describe('the cores', () => {
  afterEach(() => void vi.restoreAllMocks());

  /** What the engines and the dictation are told on a machine with so many cores. */
  const on = async (cores: number, wishes: Partial<EngineSettings> = {}) => {
    vi.spyOn(os, 'availableParallelism').mockReturnValue(cores);
    const { policy } = await pool(wishes).prepare();
    return { threads: kept.asked.at(-1)?.threads, policy };
  };

  it('are shared by the engines, and the dictation knows how', async () => {
    expect(await on(2)).toEqual({
      threads: { fast: 1, heavy: 1, final: 2 },
      policy: { allCoresUpTo: 500, yieldToFinal: false, skipConfirmAbove: 1 },
    });
    expect(await on(8)).toMatchObject({
      threads: { fast: 2, heavy: 5, final: 5 },
      policy: { allCoresUpTo: 0, yieldToFinal: false },
    });
  });

  it('are all for each engine where engines take turns, or there is but one', async () => {
    for (const strategy of ['cascaded', 'single'] as const)
      expect(await on(2, { strategy })).toMatchObject({
        threads: { heavy: 2, final: 2 },
        policy: { allCoresUpTo: 0 },
      });
  });

  it('are given as somebody has chosen; drafts wait where that is too much', async () => {
    expect(await on(2, { threads: { fast: 2, heavy: 2 } })).toMatchObject({
      threads: { fast: 2, heavy: 2, final: 2 },
      policy: { allCoresUpTo: 0, yieldToFinal: true },
    });
  });

  it('are not what decides which drafts are trusted', async () => {
    expect((await on(2, { skipConfirmAbove: 0.9 })).policy.skipConfirmAbove).toBe(0.9);
  });
});

describe('the engines', () => {
  it('are started: two, or one in both roles', async () => {
    await pool({}).prepare();
    expect(kept.started).toEqual(['fast', 'heavy']);
    expect(kept.asked.map(({ fast, heavy }) => [fast.name, heavy.name])).toEqual([
      ['tiny.en-q8_0', 'small.en-q8_0'],
    ]);
    kept.started = [];
    const { strategy, engines } = await pool({ strategy: 'single' }).prepare();
    expect(kept.started).toEqual(['heavy']);
    expect(strategy).toBe('single');
    expect(engines.fast).toBe(engines.heavy);
  });

  it('end with the pool, which starts no other ones', async () => {
    const own = pool({});
    await own.prepare();
    await own.dispose();
    expect(kept.ended).toBe(1);
    await expect(own.prepare()).rejects.toMatchObject({ area: 'engine', code: 'shut-down' });
    expect(kept.started).toHaveLength(2);
  });
});
