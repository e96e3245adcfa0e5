import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';
import { HOST_OUT } from '../../../scripts/test/bundle.mjs';
import { STEPS } from '../../../scripts/test/results.mjs';
import { collect, type SuiteResult } from './results';
import { clearResult, writeResult } from './result-files';

/** A test starts a server, a browser and models, and speaks several sentences in real time. */
const TEST_TIMEOUT_MS = 5 * 60_000;

/** Runs the bundled `*.e2e.mjs` in this process; each starts the VS Code that it needs. */
export async function runOutside(grep: string | undefined): Promise<SuiteResult> {
  await clearResult(STEPS.e2e);
  const mocha = new Mocha({ ui: 'bdd', timeout: TEST_TIMEOUT_MS, ...(grep ? { grep } : {}) });
  for (const name of (await readdir(HOST_OUT)).sort())
    if (name.endsWith('.e2e.mjs')) mocha.addFile(path.join(HOST_OUT, name));
  await mocha.loadFilesAsync();
  const result = await new Promise<SuiteResult>((resolve) => {
    const runner = mocha.run(() => resolve(collected()));
    const collected = collect(runner);
  });
  await writeResult(STEPS.e2e, result);
  return result;
}
