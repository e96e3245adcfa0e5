import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { OUT, ROOT } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { projectArguments } from './projects.mjs';
import { judged, resultFile, STEPS, vitestCounts } from './results.mjs';

/** @typedef {import('./results.mjs').Counts} Counts */

/** A hung step is ended: the rest shall still be run and reported. Others compute meanwhile. */
const STEP_TIMEOUT_MS = 20 * 60_000;
/** Windows have to be opened, and what is said takes its time; a first run fetches a VS Code. */
const HOST_TIMEOUT_MS = 30 * 60_000;

/** The package that the process tests make and look into, and a window installs: making another one would only take time. */
const PACKAGE = path.join(OUT, 'results', 'tandem.vsix');

/** npm scripts of which `npm run check` consists. */
export const CHECKS = ['check:types', 'check:lint', 'check:format'];

/**
 * Types, lint and format, at the same time: none of them uses more than one core. They have no tests to count: each that fails
 * is one failure. They give way to the tests that run meanwhile.
 * @returns {Promise<Counts>}
 */
export async function runCheck() {
  const runs = CHECKS.map((name) =>
    run('npm', ['run', '-s', name], { quiet: true, leisurely: true, timeoutMs: STEP_TIMEOUT_MS }),
  );
  const failures = (await Promise.allSettled(runs)).flatMap((result) =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  for (const failure of failures) console.error(failure instanceof Error ? failure.message : failure);
  return { passed: 0, failed: failures.length, skipped: 0 };
}

/**
 * One kind of vitest's tests. Unit tests know no real time, and give way to others.
 * @param {'unit' | 'process'} project
 * @param {Promise<unknown>} [after] nothing is printed until then
 * @returns {Promise<Counts>}
 */
export async function runVitest(project, after) {
  const file = await fresh(STEPS[project]);
  if (project === 'process') await rm(PACKAGE, { force: true });
  const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(process.execPath, [vitest, 'run', ...projectArguments(project), ...reporters], {
    ...(after && { after }),
    env: { ...process.env, TANDEM_KEEP_VSIX: PACKAGE },
    allowFailure: true,
    leisurely: project === 'unit',
    timeoutMs: STEP_TIMEOUT_MS,
  });
  const report = await readJson(file);
  return judged(report && vitestCounts(report), code);
}

/**
 * One part of the host tests.
 * @param {'inside' | 'e2e'} part
 * @param {Promise<unknown>} [after] nothing is printed until then
 * @returns {Promise<Counts>}
 */
export async function runHost(part, after) {
  const file = await fresh(STEPS[part]);
  const script = path.join(ROOT, 'scripts', 'test-host.mjs');
  const code = await run(process.execPath, [script, `--only=${part}`, '--built'], {
    ...(after && { after }),
    // Not there: the tests that make it have failed, and the window makes one of its own.
    ...(existsSync(PACKAGE) && { env: { TANDEM_VSIX: PACKAGE, ...process.env } }),
    allowFailure: true,
    timeoutMs: HOST_TIMEOUT_MS,
  });
  return judged(await readJson(file), code);
}

/**
 * The path for a step's result, with that of an earlier run removed.
 * @param {string} name
 */
async function fresh(name) {
  const file = resultFile(name);
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  return file;
}

/**
 * @param {string} file
 * @returns {Promise<any>} undefined if the step did not come to write it
 */
async function readJson(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}
