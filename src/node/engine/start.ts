import { soleEngine } from '../../core/session/engines';
import type { Disposable } from '../../core/lifetime';
import type { Engine, Engines, ListeningEngine, ResolvedModel } from '../../core/ports';
import type { ThreadBudget } from '../../core/threads';
import type { ProductPaths } from '../paths';
import type { EngineLog } from './options';
import { superviseEngine, superviseListeningEngine } from './supervisor';

/** Models and threads that engines are made for; the same model in both roles becomes one engine. */
export interface EngineChoice {
  readonly fast: ResolvedModel;
  readonly heavy: ResolvedModel;
  readonly threads: ThreadBudget;
}

/** What one engine depends on. */
interface Plan<E> {
  readonly model: ResolvedModel;
  readonly threads: number;
  readonly finalThreads?: number;
  readonly make: () => E;
}

/** An engine that is kept as long as the same is asked for. */
class Kept<E extends Engine> {
  private current: { readonly key: string; readonly engine: E } | undefined;

  /** Ends the engine, unless it is what `plan` asks for. */
  async keepFor(plan: Plan<E> | undefined): Promise<void> {
    if (plan && this.current?.key === keyOf(plan)) return;
    const { current } = this;
    this.current = undefined;
    await current?.engine.dispose();
  }

  /** The engine, which is made if none was kept. */
  get(plan: Plan<E>): E {
    this.current ??= { key: keyOf(plan), engine: plan.make() };
    return this.current.engine;
  }
}

function keyOf({ model, threads, finalThreads }: Plan<unknown>): string {
  return JSON.stringify([model.path, threads, finalThreads]);
}

/** The engines of all dictations. Each is replaced only if what it depends on itself has changed. */
export class KeptEngines implements Disposable {
  private readonly fast = new Kept<ListeningEngine>();
  private readonly heavy = new Kept<Engine>();
  /** One that plays both roles: it listens, and does not stand back. */
  private readonly sole = new Kept<ListeningEngine>();

  constructor(
    private readonly paths: ProductPaths,
    private readonly log: EngineLog,
  ) {}

  /** The engines for a choice: running ones if they fit, else new ones, whose processes start with `start()`. */
  async serve(choice: EngineChoice): Promise<Engines> {
    if (choice.fast === choice.heavy) {
      const plan = this.solePlan(choice);
      await this.endAllBut({ sole: plan });
      return soleEngine(this.sole.get(plan));
    }
    const plans = this.pairPlans(choice);
    await this.endAllBut(plans);
    return { fast: this.fast.get(plans.fast), heavy: this.heavy.get(plans.heavy) };
  }

  async dispose(): Promise<void> {
    await this.endAllBut({});
  }

  /** Memory first: what is not needed any more is gone before another model is loaded. */
  private async endAllBut(plans: {
    readonly fast?: Plan<ListeningEngine>;
    readonly heavy?: Plan<Engine>;
    readonly sole?: Plan<ListeningEngine>;
  }): Promise<void> {
    const { fast, heavy, sole } = this;
    await Promise.all([fast.keepFor(plans.fast), heavy.keepFor(plans.heavy), sole.keepFor(plans.sole)]);
  }

  private pairPlans({ fast, heavy, threads }: EngineChoice) {
    const { vadDir } = this.paths;
    const drafts = { role: 'fast', model: fast, threads: threads.fast, ...this.common } as const;
    const confirms = { ...this.heavyOptions(threads), model: heavy } as const;
    return {
      fast: { ...drafts, make: () => superviseListeningEngine({ ...drafts, vadDir }) },
      heavy: { ...confirms, make: () => superviseEngine(confirms) },
    };
  }

  private solePlan({ heavy, threads }: EngineChoice): Plan<ListeningEngine> {
    const options = { ...this.heavyOptions(threads), model: heavy } as const;
    const { vadDir } = this.paths;
    // Drafts come from this process, too: it must not stand back.
    return { ...options, make: () => superviseListeningEngine({ ...options, vadDir, priority: 0 }) };
  }

  private heavyOptions({ heavy, final }: ThreadBudget) {
    return { role: 'heavy', threads: heavy, finalThreads: final, ...this.common } as const;
  }

  private get common() {
    const { engineEntry: entry, nativeDir } = this.paths;
    return { entry, nativeDir, log: this.log };
  }
}
