import { STEPS } from '../../../scripts/test/results.mjs';
import { runInside } from './inside';
import { allJobs, type Job, type Part } from './jobs';
import { runInLanes } from './lanes';
import { runOutside } from './outside';
import { print, summarise, type SuiteResult } from './results';

/** What to run; both parts and all tests by default. */
export interface HostRunOptions {
  readonly only?: Part | undefined;
  /** Picks tests by title. */
  readonly grep?: string | undefined;
  /** So many parts are run beside each other, in processes of their own; 1 by default. */
  readonly lanes?: number;
}

/** Finding no test is a failure: it means that bundling or loading went wrong. */
const NOTHING_RAN = summarise([
  { title: 'tests are found', outcome: 'failed', milliseconds: 0, error: 'No test ran.' },
]);

/**
 * Runs the host tests in a real VS Code without a display: the suites inside its extension host, and the end-to-end tests that
 * operate its window. Returns the exit code.
 */
export async function runHostTests({ only, grep, lanes = 1 }: HostRunOptions): Promise<number> {
  const jobs = await allJobs(only);
  const ran = lanes === 1 ? await runInTurn(jobs, grep) : await runInLanes(jobs, { lanes, grep });
  const results = ran.map((result) => (result.tests.length === 0 && !grep ? print(NOTHING_RAN) : result));
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}

/** Runs jobs in this process, end-to-end files together. */
async function runInTurn(jobs: readonly Job[], grep: string | undefined): Promise<readonly SuiteResult[]> {
  const files = jobs.flatMap(({ file }) => file ?? []);
  const results: SuiteResult[] = [];
  if (jobs.some(({ part }) => part === 'inside')) results.push(print(await runInside(grep)));
  if (files.length > 0) results.push(await runOutside(files, STEPS.e2e, grep));
  return results;
}
