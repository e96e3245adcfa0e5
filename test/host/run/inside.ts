import { createWriteStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../../scripts/setup/paths.mjs';
import { HOST_OUT, MODELS_EXTENSION } from '../../../scripts/test/bundle.mjs';
import { STEPS } from '../../../scripts/test/results.mjs';
import { startHost, type Host } from './host';
import type { Page } from './playwright';
import { clearResult, readResult, writeResult } from './result-files';
import { summarise, type SuiteResult } from './results';
import { VIRTUAL_FOLDER } from './virtual-folder';
import { remoteUri, windowUrl } from './workbench';

/** All suites of a window together; a hung extension host must not hang the run. */
const TIMEOUT_MS = 10 * 60_000;

/**
 * Runs the mocha suites inside the extension host of a real VS Code and returns what they reported: those for a virtual
 * workspace in a window of their own. A run that ends without a report counts as one failure.
 *
 * The server option `enable-smoke-test-driver` makes the workbench call `codeAutomationExit` when the suites are done,
 * and `extensionTestsPath` names them, as `--extensionTestsPath` does on the desktop.
 */
export async function runInside(grep?: string): Promise<SuiteResult> {
  const file = await clearResult(STEPS.inside);
  const host = await startHost({
    args: ['--vscode-option', 'enable-smoke-test-driver'],
    env: { TANDEM_HOST_RESULTS: file, ...(grep ? { TANDEM_HOST_GREP: grep } : {}) },
    extensions: { 'tandem-tests.models': MODELS_EXTENSION },
    files: { 'notes.txt': 'first line\n' },
  });
  try {
    const results = [
      await suitesIn(host, host.page, host.folder, file),
      await suitesIn(host, await host.newPage(), VIRTUAL_FOLDER, file),
    ];
    const all = summarise(results.flatMap(({ tests }) => tests));
    await writeResult(STEPS.inside, all);
    return all;
  } finally {
    await host.dispose();
  }
}

/** The suites of a window with this folder; each leaves its report in the same file. */
async function suitesIn(host: Host, page: Page, folder: string, file: string): Promise<SuiteResult> {
  await clearResult(STEPS.inside);
  const kind = folder === VIRTUAL_FOLDER ? 'virtual.' : '';
  const windowLog = file.replace(/json$/, `${kind}window.log`);
  const serverLog = file.replace(/json$/, `${kind}server.log`);
  const ended = await suitesEnd(host, page, folder, windowLog);
  const result = await readResult(STEPS.inside);
  if (result && (ended === 0 || result.failed > 0)) return result;
  await host.keepEvidence('inside');
  await copyFile(host.server.logFile, serverLog);
  return noReport(ended, [windowLog, serverLog], result);
}

/** Opens the window that runs the suites; resolves to the exit code they asked for, or to words if none came. */
async function suitesEnd(
  { server }: Host,
  page: Page,
  folder: string,
  windowLog: string,
): Promise<number | string> {
  // The workbench's whole console: hundreds of lines, wanted only when something went wrong.
  const log = createWriteStream(windowLog);
  const overtime = new AbortController();
  try {
    const exit = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
      log.write(`[${type}] ${args.map(String).join(' ')}\n`),
    );
    const payload = [
      ['extensionDevelopmentPath', remoteUri(server, ROOT)],
      ['extensionTestsPath', remoteUri(server, path.join(HOST_OUT, 'index.js'))],
    ] as const;
    await page.goto(windowUrl(server, { folder, payload }));
    const timeout = sleep(TIMEOUT_MS, `no end within ${TIMEOUT_MS / 60_000} minutes`, {
      signal: overtime.signal,
    });
    timeout.catch(() => undefined); // aborted when the suites have ended in time
    return await Promise.race([exit, timeout]);
  } finally {
    overtime.abort();
    log.end();
  }
}

/** The extension host ended in an unexpected way: one failure beside what was reported. */
function noReport(ended: number | string, logs: string[], partial: SuiteResult | undefined): SuiteResult {
  return summarise([
    ...(partial?.tests ?? []),
    {
      title: 'the suites report their result',
      outcome: 'failed',
      milliseconds: 0,
      error: `The extension host ended with: ${ended}\nSee ${logs.join(' and ')}`,
    },
  ]);
}
