import path from 'node:path';
import Mocha from 'mocha';
import { HOST_OUT } from '../../../scripts/test/bundle.mjs';
import { collect, type SuiteResult } from './results';
import { clearResult, writeResult } from './result-files';

/** A test starts a server, a browser and models, and speaks several sentences in real time. */
const TEST_TIMEOUT_MS = 5 * 60_000;

/**
 * Runs bundled `*.e2e.mjs` in this process; each starts the VS Code that it needs.
 * @param files in the folder of the bundles
 * @param result name under which the result is filed
 * @param grep picks tests by title
 */
export async function runOutside(
  files: readonly string[],
  result: string,
  grep?: string,
): Promise<SuiteResult> {
  await clearResult(result);
  const mocha = new Mocha({ ui: 'bdd', timeout: TEST_TIMEOUT_MS, ...(grep ? { grep } : {}) });
  for (const file of files) mocha.addFile(path.join(HOST_OUT, file));
  await mocha.loadFilesAsync();
  const done = await new Promise<SuiteResult>((resolve) => {
    const runner = mocha.run(() => resolve(collected()));
    const collected = collect(runner);
  });
  await writeResult(result, done);
  return done;
}
