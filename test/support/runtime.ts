import { Runtime, type RuntimeSettings } from '../../src/node/runtime';
import { REPOSITORY } from './cli';

const silent = () => undefined;

/** With the built-in models, and English; the engines are never released unless `changes`, asked for each time, says so. */
export function runtimeOf(modelsDir: string, changes: () => Partial<RuntimeSettings> = () => ({})): Runtime {
  return new Runtime({
    root: REPOSITORY,
    modelsDir,
    log: { error: silent, warn: silent, info: silent, debug: silent },
    logLevel: () => 'off',
    settings: () => ({
      fast: undefined,
      heavy: undefined,
      language: 'en',
      recorder: 'auto',
      device: undefined,
      strategy: 'tandem',
      skipConfirmAbove: 1,
      threads: {},
      idleReleaseMs: Infinity,
      ...changes(),
    }),
  });
}
