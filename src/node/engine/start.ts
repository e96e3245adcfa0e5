import { soleEngine } from '../../core/session/engines';
import type { Engines, ResolvedModel } from '../../core/ports';
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

/** Makes the engines of a dictation; their processes start with `start()`. */
export function makeEngines(
  { fast, heavy, threads }: EngineChoice,
  { engineEntry: entry, nativeDir, vadDir }: ProductPaths,
  log: EngineLog,
): Engines {
  const common = { entry, nativeDir, log };
  const confirming = { ...common, role: 'heavy', model: heavy, threads: threads.heavy } as const;
  // Drafts come from a sole process, too: it must not stand back.
  if (fast === heavy) return soleEngine(superviseListeningEngine({ ...confirming, vadDir, priority: 0 }));
  return {
    fast: superviseListeningEngine({ ...common, role: 'fast', model: fast, threads: threads.fast, vadDir }),
    heavy: superviseEngine(confirming),
  };
}
