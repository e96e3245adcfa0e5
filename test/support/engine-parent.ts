import type { ResolvedModel } from '../../src/core/ports';
import { superviseEngine } from '../../src/node/engine/supervisor';

/**
 * A product in miniature, to be killed: starts an engine, tells its process id once the model is loaded, and in mode `in-call` keeps it
 * busy with one long call after the other. Runs from the root of the repository.
 */
const [mode, model] = process.argv.slice(2);
const silent = () => undefined;
const engine = superviseEngine({
  role: 'heavy',
  entry: `${process.cwd()}/dist/engine.js`,
  nativeDir: `${process.cwd()}/dist/native`,
  model: JSON.parse(model ?? '') as ResolvedModel,
  threads: 1,
  log: { error: silent, warn: silent, info: silent, debug: silent },
});

const SAMPLES = 29 * 16_000;

function keepBusy(): void {
  engine
    .transcribe({
      role: 'heavy',
      windowId: 1,
      utteranceId: 1,
      range: { start: 0, end: SAMPLES },
      final: true,
      language: 'en',
      prompt: '',
      timestamps: true,
    })
    .subscribe({ complete: keepBusy });
}

engine.push({ start: 0, samples: new Float32Array(SAMPLES) });
engine.state$.subscribe((state) => {
  if (state.phase !== 'ready') return;
  if (mode === 'in-call') keepBusy();
  process.send?.(engine.pid);
});
engine.start();
