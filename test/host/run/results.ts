import type { Runner } from 'mocha';

/** What a run of mocha came to. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly tests: readonly TestResult[];
}

export interface TestResult {
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly milliseconds: number;
  /** Message and stack of a failure. */
  readonly error?: string;
}

/** Collects what `runner` reports; call the returned function when it has ended. */
export function collect(runner: Pick<Runner, 'on'>): () => SuiteResult {
  const tests: TestResult[] = [];
  runner.on('pass', (test) => tests.push(entry(test.fullTitle(), 'passed', test.duration)));
  runner.on('pending', (test) => tests.push(entry(test.fullTitle(), 'skipped', 0)));
  runner.on('fail', (test, error: unknown) =>
    tests.push({ ...entry(test.fullTitle(), 'failed', test.duration), error: describe(error) }),
  );
  return () => summarise(tests);
}

function entry(title: string, outcome: TestResult['outcome'], milliseconds = 0): TestResult {
  return { title, outcome, milliseconds };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Counts `tests` by outcome. */
export function summarise(tests: readonly TestResult[]): SuiteResult {
  const count = (outcome: TestResult['outcome']) => tests.filter((test) => test.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), tests };
}

/** One line a test, failures with their stack. Returns what it has printed. */
export function print(result: SuiteResult): SuiteResult {
  const marks = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' };
  for (const test of result.tests) {
    console.log(`  ${marks[test.outcome]} ${test.title} (${Math.round(test.milliseconds)} ms)`);
    if (test.error) console.log(test.error.replace(/^/gm, '       '));
  }
  console.log(`  ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped\n`);
  return result;
}
