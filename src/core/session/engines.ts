import type { Role } from '../model';
import type { Engine, Engines, ListeningEngine } from '../ports';

const ROLES: readonly Role[] = ['fast', 'heavy'];

/** One engine in both roles. */
export function soleEngine(engine: ListeningEngine): Engines {
  return { fast: engine, heavy: engine };
}

/** An engine and the roles it plays. */
export interface EngineInRoles {
  readonly engine: Engine;
  readonly roles: readonly Role[];
}

/** The engines, each once. */
export function distinctEngines(engines: Engines): readonly EngineInRoles[] {
  const { fast, heavy } = engines;
  return fast === heavy
    ? [{ engine: heavy, roles: ROLES }]
    : ROLES.map((role) => ({ engine: engines[role], roles: [role] }));
}
