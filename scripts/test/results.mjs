import path from 'node:path';
import { OUT } from '../setup/paths.mjs';

/** Names under which the steps of a test run file their results. */
export const STEPS = /** @type {const} */ ({
  unit: 'unit',
  process: 'process',
  inside: 'host-inside',
  e2e: 'host-e2e',
});

/**
 * The file in which a step leaves its result as JSON, for others to count.
 * @param {string} name
 */
export function resultFile(name) {
  return path.join(OUT, 'results', `${name}.json`);
}

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {readonly Counts[]} counts
 * @returns {Counts}
 */
export function total(counts) {
  return counts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * The last line of a test run.
 * @param {Counts} counts
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * What vitest's JSON report came to. Files that could not be loaded have no tests but count as failures.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: readonly { status: string, assertionResults: readonly unknown[] }[] }} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Corrects a step's counts by how its program ended: a step that failed has at least one failure, also when it did not
 * come to report it.
 * @param {Counts | undefined} reported
 * @param {number} exitCode
 * @returns {Counts}
 */
export function judged(reported, exitCode) {
  const counts = reported ?? { passed: 0, failed: 1, skipped: 0 };
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
