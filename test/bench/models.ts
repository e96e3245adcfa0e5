import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { concat, filter, firstValueFrom, NEVER, of, throwError } from 'rxjs';
import { DictationError } from '../../src/core/errors';
import type { DisposalList } from '../../src/core/lifetime';
import type { Role } from '../../src/core/model';
import type { Engine, Engines, EngineState, ListeningEngine, ResolvedModel } from '../../src/core/ports';
import { soleEngine } from '../../src/core/session/engines';
import { msToSamples } from '../../src/core/units';
import type { EngineLog } from '../../src/node/engine/options';
import { superviseEngine, superviseListeningEngine, type Supervised } from '../../src/node/engine/supervisor';
import { loadCatalog, longestWindowMs } from '../../src/node/models/catalog';
import { productPaths } from '../../src/node/paths';
import { type ModelShape, randomModel } from '../support/random-model';
import { type CostedModel, WORDS_LINE, type WordsCost } from './costed-model';

/** Where the benchmarks find and put things; their bundle lies in out/bench. */
const ROOT = path.resolve(__dirname, '..', '..');
const PRODUCT = productPaths(ROOT);
const OUT = path.join(ROOT, 'out', 'bench');
/** Models with random weights are made once. */
const RANDOM_MODELS = path.join(ROOT, '.cache', 'bench-models');

const CATALOG = loadCatalog(PRODUCT.catalog);
/** A benchmark never gives a slow call up: it measures it. */
const PATIENCE_MS = 120_000;

/** One model to run: which file by which entry, how many threads. */
export interface BenchModel {
  readonly model: ResolvedModel;
  readonly entry: string;
  readonly threads: number;
  /** Threads of final passes; default: `threads`. */
  readonly finalThreads?: number;
}

/** The embedded model of a role, as the product runs it. */
export function embedded(role: Role, threads: number): BenchModel {
  const { file, windowMs } = embeddedFile(role);
  return { model: resolved(role, file, windowMs), entry: PRODUCT.engineEntry, threads };
}

function embeddedFile(role: Role): { file: string; windowMs: number } {
  const entry = CATALOG.embedded.find(({ roles }) => roles.includes(role));
  if (!entry) throw new Error(`the catalogue embeds no ${role} model`);
  return {
    file: path.join(PRODUCT.embeddedModels, entry.file),
    windowMs: longestWindowMs(CATALOG, role, entry),
  };
}

/** Differences from how the product runs a model. */
export type CostedOptions = Partial<Pick<CostedModel, 'fullContext' | 'costNativeDir'>>;

/** A model that costs what `shape` costs and says what the embedded model of its role says. */
export function costed(
  role: Role,
  shape: ModelShape,
  threads: number,
  options: CostedOptions = {},
): BenchModel {
  const { file: words, windowMs } = embeddedFile(role);
  const description: CostedModel = {
    cost: randomModel(RANDOM_MODELS, { shape, kind: 'q8_0', headerFrom: words }),
    words,
    wordsWindow: msToSamples(windowMs),
    fullContext: options.fullContext ?? false,
    ...(options.costNativeDir !== undefined && { costNativeDir: options.costNativeDir }),
  };
  mkdirSync(OUT, { recursive: true });
  const variant = `${options.fullContext ? '-full' : ''}${options.costNativeDir ? '-plain' : ''}`;
  const file = path.join(OUT, `${role}-${shape}${variant}.json`);
  writeFileSync(file, JSON.stringify(description));
  return {
    // The window that the product gives to a real model.
    model: resolved(role, file, longestWindowMs(CATALOG, role)),
    entry: path.join(OUT, 'costed-engine.child.js'),
    threads,
  };
}

/** Running engines, and their processes. */
export interface BenchEngines extends Engines {
  readonly pids: () => Readonly<Record<Role, number | undefined>>;
  /** What the models of words took so far: what costed engines cost beyond the real ones. */
  readonly wordsCost: () => WordsTotal;
}

/** CPU seconds of all calls together, and milliseconds of the mean call of each model; NaN for one that was never called. */
export interface WordsTotal {
  readonly cpuSeconds: number;
  readonly callMs: Readonly<Record<Role, number>>;
}

/** Starts a pair and waits until both models are loaded; without `heavy` the heavy model is absent. */
export async function startPair(
  started: DisposalList,
  fast: BenchModel,
  heavy: BenchModel | undefined,
): Promise<BenchEngines> {
  const log = new BenchLog();
  const draft = started.add(listening(fast, log));
  const confirm = heavy && started.add(superviseEngine({ ...options(heavy, log), role: 'heavy' }));
  draft.start();
  confirm?.start();
  await Promise.all([ready(draft), confirm && ready(confirm)]);
  return {
    fast: draft,
    heavy: confirm ?? absent(),
    pids: () => ({ fast: draft.pid, heavy: confirm?.pid }),
    wordsCost: () => log.wordsCost(),
  };
}

/** Starts one engine for both roles, as the product does with the strategy `single`, and waits until its model is loaded. */
export async function startSole(started: DisposalList, heavy: BenchModel): Promise<BenchEngines> {
  const log = new BenchLog();
  const one = started.add(
    superviseListeningEngine({
      ...options(heavy, log),
      role: 'heavy',
      priority: 0,
      vadDir: PRODUCT.vadDir,
    }),
  );
  one.start();
  await ready(one);
  return {
    ...soleEngine(one),
    pids: () => ({ fast: one.pid, heavy: one.pid }),
    wordsCost: () => log.wordsCost(),
  };
}

function listening(model: BenchModel, log: EngineLog): ListeningEngine & Supervised {
  return superviseListeningEngine({ ...options(model, log), role: 'fast', vadDir: PRODUCT.vadDir });
}

function options({ model, entry, threads, finalThreads = threads }: BenchModel, log: EngineLog) {
  const { nativeDir } = PRODUCT;
  const times = { load: PATIENCE_MS };
  return { entry, nativeDir, model, threads, finalThreads, log, times, deadlineMs: () => PATIENCE_MS };
}

function resolved(role: Role, file: string, windowMs: number): ResolvedModel {
  return {
    role,
    name: path.basename(file),
    path: file,
    // The words are the embedded model's, whatever the call costs.
    origin: 'embedded',
    longestWindow: msToSamples(windowMs),
    languages: ['en'],
  };
}

/** Tells errors (the rest would disturb what is measured), and adds up what the words cost. */
class BenchLog implements EngineLog {
  private readonly words: Record<Role, WordsCost[]> = { fast: [], heavy: [] };
  error(message: string): void {
    process.stderr.write(`${message}\n`);
  }
  warn(message: string): void {
    process.stderr.write(`${message}\n`);
  }
  info(): void {}
  debug(): void {}
  native(source: string, line: string): void {
    if (line.startsWith(WORDS_LINE))
      this.words[source as Role].push(JSON.parse(line.slice(WORDS_LINE.length)) as WordsCost);
  }

  wordsCost(): WordsTotal {
    const { fast, heavy } = this.words;
    const sum = (costs: readonly WordsCost[], of: keyof WordsCost) =>
      costs.reduce((total, cost) => total + cost[of], 0);
    const mean = (costs: readonly WordsCost[]) => sum(costs, 'ms') / costs.length;
    return {
      cpuSeconds: sum([...fast, ...heavy], 'cpuMs') / 1_000,
      callMs: { fast: mean(fast), heavy: mean(heavy) },
    };
  }
}

async function ready(engine: Engine): Promise<void> {
  const decided = (state: EngineState) => state.phase === 'ready' || state.phase === 'failed';
  const state = await firstValueFrom(engine.state$.pipe(filter(decided)));
  if (state.phase === 'failed') throw state.error;
}

/** A heavy model that is not there: the session drafts, and commits the drafts unverified. */
function absent(): Engine {
  const error = new DictationError('engine', 'engine-unavailable', 'There is no heavy model.');
  const nothing = () => undefined;
  return {
    role: 'heavy',
    longestWindow: msToSamples(longestWindowMs(CATALOG, 'heavy')),
    state$: concat(of({ phase: 'failed', error } as const), NEVER),
    start: nothing,
    reset: nothing,
    push: nothing,
    release: nothing,
    usage: () => Promise.resolve(undefined),
    dispose: nothing,
    transcribe: () => throwError(() => error),
  };
}
