import { runInside } from './inside';
import { runOutside } from './outside';
import { print, summarise, type SuiteResult } from './results';

/** What to run; both parts and all tests by default. */
export interface HostRunOptions {
  readonly only?: 'inside' | 'e2e' | undefined;
  /** Picks tests by title. */
  readonly grep?: string | undefined;
}

/** Finding no test is a failure: it means that bundling or loading went wrong. */
const NOTHING_RAN = summarise([
  { title: 'tests are found', outcome: 'failed', milliseconds: 0, error: 'No test ran.' },
]);

/**
 * Runs the host tests in a real VS Code without a display: the suites inside its extension host, then the end-to-end
 * tests that operate its window. Returns the exit code.
 */
export async function runHostTests({ only, grep }: HostRunOptions): Promise<number> {
  const results: SuiteResult[] = [];
  const add = (result: SuiteResult) => {
    const checked = result.tests.length === 0 && !grep ? NOTHING_RAN : result;
    if (checked !== result) print(checked);
    results.push(checked);
  };
  if (only !== 'e2e') {
    console.log('Suites inside the extension host');
    const inside = await runInside(grep);
    print(inside);
    add(inside);
  }
  if (only !== 'inside') {
    console.log('End to end, in the window');
    // Minutes long: mocha itself prints each test as it ends.
    add(await runOutside(grep));
  }
  return results.some(({ failed }) => failed > 0) ? 1 : 0;
}
