import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lastValueFrom } from 'rxjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Runtime } from '../../src/node/runtime';
import { REPOSITORY, survivors } from '../support/cli';

const silent = () => undefined;
let modelsDir: string;

beforeAll(() => {
  modelsDir = mkdtempSync(path.join(os.tmpdir(), 'tandem-runtime-'));
});
afterAll(() => rmSync(modelsDir, { recursive: true, force: true }));

/** With the built-in models; the engines are released after a second without use. */
function newRuntime(): Runtime {
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
      idleReleaseMs: 1_000,
    }),
  });
}

it('releases engines that were prepared for a dictation that never began', async () => {
  const runtime = newRuntime();
  const { engines } = await runtime.prepare();
  const pids = [engines.fast, engines.heavy].map((engine) => (engine as { pid?: number }).pid ?? 0);
  expect(pids).not.toContain(0);
  // Completes when the engine is disposed, which only the idle time can have done here.
  await Promise.all([lastValueFrom(engines.fast.state$), lastValueFrom(engines.heavy.state$)]);
  expect(await survivors(pids)).toEqual([]);
  await runtime.dispose();
});

it('measures both models on the bundled recording, whose words they hear', async () => {
  const runtime = newRuntime();
  try {
    const reports = await runtime.machine.measure();
    expect(reports.map(({ role }) => role)).toEqual(['fast', 'heavy']);
    for (const { role, heard, msPerSecond, loadMs } of reports) {
      expect(heard.words).toBe(15);
      // Half is what the check of the set-up demands of any model.
      expect(heard.right).toBeGreaterThanOrEqual(role === 'heavy' ? 14 : 8);
      expect(msPerSecond).toBeGreaterThan(0);
      expect(loadMs).toBeGreaterThan(0);
    }
  } finally {
    await runtime.dispose();
  }
});
