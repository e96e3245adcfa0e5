import { stat } from 'node:fs/promises';
import os from 'node:os';
import { DictationError } from '../core/errors';
import type { Disposable } from '../core/lifetime';
import { type CatalogModel, slowAdvice as adviseSlow } from '../core/machine/slow-advice';
import type { Role } from '../core/model';
import type { Engines, ModelStore, ResolvedModel } from '../core/ports';
import { distinctEngines } from '../core/session/engines';
import type { StrategyName } from '../core/session/strategies/names';
import type { PipelinePolicy } from '../core/session-types';
import { chosenThreads, roomForFinals, threadBudget, type ThreadBudget } from '../core/threads';
import type { EngineLog } from './engine/options';
import type { KeptEngines } from './engine/start';
import { languagesOf, loadCatalog } from './models/catalog';
import { chooseModels, type ChosenModels, type ModelWishes } from './models/choose';
import type { ProductPaths } from './paths';

/** What the engines depend on. */
export interface EngineSettings extends ModelWishes {
  /** See `PipelinePolicy`; 1 for never. */
  readonly skipConfirmAbove: number;
  /** Threads per model; the cores are shared automatically by those that are not named. */
  readonly threads: Partial<Pick<ThreadBudget, Role>>;
}

/** Models found and engines running (or about to: they buffer audio until their model is loaded). */
export interface Prepared extends ChosenModels {
  /** With the strategy `single` one engine in both roles. */
  readonly engines: Engines;
  /** What a session with these engines has to know. */
  readonly strategy: StrategyName;
  readonly policy: Pick<PipelinePolicy, 'allCoresUpTo' | 'yieldToFinal' | 'skipConfirmAbove'>;
  readonly slowAdvice: (msPerSecond: number) => string;
}

/** What an {@link EnginePool} is made with. */
export interface EnginePoolOptions {
  readonly store: Pick<ModelStore, 'resolve'>;
  readonly paths: ProductPaths;
  readonly log: EngineLog;
  /** Asked at every preparation. */
  readonly settings: () => EngineSettings;
}

/** The engines of all dictations: at most one pair runs, and each is replaced when another model or number of threads is wanted. */
export class EnginePool implements Disposable {
  private kept: KeptEngines | undefined;
  /** Preparations run one after the other, so that two quick starts cannot fork two pairs of engines. */
  private queue: Promise<unknown> = Promise.resolve();
  private disposed = false;

  constructor(private readonly options: EnginePoolOptions) {}

  /**
   * Finds the models and starts the engines, or returns those that run if they are still what the settings ask for.
   * Does not wait for models to load.
   * @throws DictationError area `model`: missing, corrupt, or not for the language
   */
  prepare(): Promise<Prepared> {
    return this.next(() => this.prepareNow());
  }

  /** Ends the engines; the next {@link prepare} starts them again. */
  release(): Promise<void> {
    return this.next(() => this.endEngines());
  }

  dispose(): Promise<void> {
    this.disposed = true;
    return this.release();
  }

  private next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }

  private async prepareNow(): Promise<Prepared> {
    if (this.disposed) throw new DictationError('engine', 'shut-down', 'Dictation has been shut down.');
    const { store, paths, log } = this.options;
    const settings = this.options.settings();
    const { strategy, skipConfirmAbove } = settings;
    const { fast, heavy } = await chooseModels(store, settings);
    const cores = os.availableParallelism();
    const threads = chosenThreads(threadBudget(cores, strategy), settings.threads);
    const { KeptEngines } = await import('./engine/start');
    this.kept ??= new KeptEngines(paths, log);
    const engines = await this.kept.serve({ fast, heavy, threads });
    // Also an engine that had given up gets another chance; a running one is left alone.
    for (const { engine } of distinctEngines(engines)) engine.start();
    const policy = {
      ...roomForFinals(threads, cores),
      skipConfirmAbove,
    };
    const slowAdvice = await this.slowAdvice({ fast, heavy }, settings);
    return { engines, fast, heavy, strategy, policy, slowAdvice };
  }

  private async slowAdvice(
    { fast, heavy }: ChosenModels,
    { strategy, language }: EngineSettings,
  ): Promise<Prepared['slowAdvice']> {
    const slow = { fast: await sized(fast), heavy: await sized(heavy), strategy, language };
    return (msPerSecond) => adviseSlow({ ...slow, models: this.catalogue() }, msPerSecond);
  }

  private catalogue(): readonly CatalogModel[] {
    const catalog = loadCatalog(this.options.paths.catalog);
    return catalog.models.map((entry) => ({ ...entry, languages: languagesOf(catalog, entry) }));
  }

  private async endEngines(): Promise<void> {
    await this.kept?.dispose();
  }
}

/** A model and the size of its file, bytes. */
async function sized({
  name,
  path,
}: ResolvedModel): Promise<{ readonly name: string; readonly bytes: number }> {
  return { name, bytes: (await stat(path)).size };
}
