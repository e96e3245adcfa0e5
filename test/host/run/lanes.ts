import { fork } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { HOST_OUT } from '../../../scripts/test/bundle.mjs';
import { STEPS } from '../../../scripts/test/results.mjs';
import { resultOf, type Job } from './jobs';
import { clearResult, readResult, writeResult } from './result-files';
import { summarise, type SuiteResult } from './results';

/** A hung job is ended: the rest shall still be run and reported. */
const JOB_TIMEOUT_MS = 12 * 60_000;

/** How jobs are run. */
export interface LaneOptions {
  /** So many beside each other. */
  readonly lanes: number;
  /** Picks tests by title. */
  readonly grep?: string | undefined;
}

/**
 * Runs jobs in processes of their own, several at a time: most of their time they wait for what is said, at the pace of speech.
 * What a job prints comes when it has ended; until then it is in its log beside its result.
 * @returns what each part came to, as if it had been run at once
 */
export async function runInLanes(
  jobs: readonly Job[],
  { lanes, grep }: LaneOptions,
): Promise<readonly SuiteResult[]> {
  await clearResult(STEPS.e2e);
  const waiting = [...jobs];
  const done: { readonly job: Job; readonly result: SuiteResult }[] = [];
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift())
      done.push({ job, result: await runApart(job, grep) });
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const inside = done.filter(({ job }) => job.part === 'inside').map(({ result }) => result);
  if (inside.length === jobs.length) return inside;
  // One file may have no test for this machine.
  const files = done.filter(({ job }) => job.part === 'e2e');
  const endToEnd = summarise(files.flatMap(({ result }) => result.tests));
  await writeResult(STEPS.e2e, endToEnd);
  return [...inside, endToEnd];
}

async function runApart(job: Job, grep: string | undefined): Promise<SuiteResult> {
  const name = resultOf(job);
  const log = (await clearResult(name)).replace(/json$/, 'log');
  const output = await open(log, 'w');
  const child = fork(path.join(HOST_OUT, 'job.mjs'), [job.name, ...(grep ? [grep] : [])], {
    stdio: ['ignore', output.fd, output.fd, 'ipc'],
    timeout: JOB_TIMEOUT_MS,
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  await output.close();
  process.stdout.write(`\n--- ${job.name} ---\n${await readFile(log, 'utf8')}`);
  const result = await readResult(name);
  if (result && (code === 0 || result.failed > 0)) return result;
  return summarise([
    ...(result?.tests ?? []),
    {
      title: `${job.name} comes to its end`,
      outcome: 'failed',
      milliseconds: 0,
      error: `Its process ended with: ${signal ?? code}`,
    },
  ]);
}
