import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '../../../src/core/model';
import type { ResolvedModel } from '../../../src/core/ports';
import { threadBudget } from '../../../src/core/threads';
import type { EngineOptions } from '../../../src/node/engine/options';
import { KeptEngines } from '../../../src/node/engine/start';
import { productPaths } from '../../../src/node/paths';

/** What engines were made of, and whose ended: no process starts. */
const made = vi.hoisted(() => ({ engines: [] as EngineOptions[], ended: [] as Role[] }));
vi.mock('../../../src/node/engine/supervisor', () => {
  const supervise = (options: EngineOptions) => {
    made.engines.push(options);
    return { role: options.role, dispose: () => Promise.resolve(void made.ended.push(options.role)) };
  };
  return { superviseEngine: supervise, superviseListeningEngine: supervise };
});

const silent = () => undefined;
const paths = productPaths(path.join(__dirname, '../../..'));
const kept = () => new KeptEngines(paths, { error: silent, warn: silent, info: silent, debug: silent });
const model = (role: Role): ResolvedModel => ({
  role,
  name: role,
  path: `${role}.bin`,
  origin: 'setting',
  longestWindow: 480_000,
  languages: ['en'],
});
const [fast, heavy] = [model('fast'), model('heavy')];

beforeEach(() => Object.assign(made, { engines: [], ended: [] }));

describe('the engines of a pair', () => {
  it('have their share of the cores each, and final passes what is theirs', async () => {
    await kept().serve({ fast, heavy, threads: { fast: 3, heavy: 4, final: 5 } });
    expect(made.engines).toMatchObject([
      { role: 'fast', model: fast, threads: 3 },
      { role: 'heavy', model: heavy, threads: 4, finalThreads: 5 },
    ]);
  });

  it('listen in the fast one, and the heavy one stands back as the supervisor has it', async () => {
    await kept().serve({ fast, heavy, threads: threadBudget(2) });
    expect(made.engines.map(({ vadDir, priority }) => ({ vadDir, priority }))).toEqual([
      { vadDir: paths.vadDir, priority: undefined },
      { vadDir: undefined, priority: undefined },
    ]);
  });

  it('are replaced when other threads are wanted, those of final passes, too', async () => {
    const engines = kept();
    const threads = { fast: 1, heavy: 1, final: 2 };
    const first = await engines.serve({ fast, heavy, threads });
    expect(await engines.serve({ fast, heavy, threads })).toEqual(first);
    const second = await engines.serve({ fast, heavy, threads: { ...threads, final: 1 } });
    expect(made.ended).toEqual(['heavy']);
    expect(second.fast).toBe(first.fast);
    expect(second.heavy).not.toBe(first.heavy);
    await engines.serve({ fast, heavy, threads: { ...threads, fast: 2, final: 1 } });
    expect(made.ended).toEqual(['heavy', 'fast']);
  });
});

describe('one engine for both', () => {
  it('listens, has all threads, and does not stand back: drafts come from it, too', async () => {
    const { fast: drafts, heavy: confirms } = await kept().serve({
      fast: heavy,
      heavy,
      threads: { fast: 2, heavy: 3, final: 4 },
    });
    expect(drafts).toBe(confirms);
    expect(made.engines).toMatchObject([
      { role: 'heavy', model: heavy, threads: 3, finalThreads: 4, vadDir: paths.vadDir, priority: 0 },
    ]);
  });

  it('takes the place of a pair, whose memory is free before', async () => {
    const engines = kept();
    await engines.serve({ fast, heavy, threads: threadBudget(2) });
    await engines.serve({ fast: heavy, heavy, threads: threadBudget(2, 'single') });
    expect([...made.ended].sort()).toEqual(['fast', 'heavy']);
    await engines.dispose();
    expect(made.ended).toHaveLength(3);
  });
});
