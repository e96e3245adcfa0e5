import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judged, summaryLine, total, vitestCounts } from '../../../scripts/test/results.mjs';
import { CHECKS } from '../../../scripts/test/steps.mjs';

const counts = (passed: number, failed: number, skipped: number) => ({ passed, failed, skipped });

describe('the summary of a test run', () => {
  it('adds the steps up and reads as one line', () => {
    const sum = total([counts(10, 0, 1), counts(3, 2, 0), counts(0, 1, 0)]);
    expect(summaryLine(sum)).toBe('13 passed, 3 failed, 1 skipped');
    expect(summaryLine(total([]))).toBe('0 passed, 0 failed, 0 skipped');
  });

  it('counts files that did not load as failures', () => {
    const report = {
      numPassedTests: 4,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'passed', assertionResults: [{}] },
      ],
    };
    expect(vitestCounts(report)).toEqual(counts(4, 2, 3));
  });

  it('takes a step that ended badly for failed, whatever it reported', () => {
    expect(judged(undefined, 0)).toEqual(counts(0, 1, 0));
    expect(judged(undefined, 1)).toEqual(counts(0, 1, 0));
    expect(judged(counts(5, 0, 0), 1)).toEqual(counts(5, 1, 0));
    expect(judged(counts(5, 2, 0), 1)).toEqual(counts(5, 2, 0));
    expect(judged(counts(5, 0, 3), 0)).toEqual(counts(5, 0, 3));
  });
});

it('what is checked at the same time is what `npm run check` checks', () => {
  const manifest = new URL('../../../package.json', import.meta.url);
  const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as { scripts: Record<string, string> };
  expect(CHECKS.map((name) => `npm run -s ${name}`).join(' && ')).toBe(scripts['check']);
});
