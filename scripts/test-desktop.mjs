// `npm run test:desktop`: the suites of test/host/suite in VS Code for the desktop, downloaded into `.vscode-test/`.
// `--code=stable|insiders|minimum|1.100.0` chooses its version (`minimum`: the oldest that the manifest allows),
// `--grep=TEXT` picks tests by title, `--prepare` only makes what the launch configuration "Extension Tests" opens.
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from './setup/build.mjs';
import { ROOT } from './setup/paths.mjs';
import { runEntry, SetupError } from './setup/say.mjs';
import { bundleHostTests } from './test/bundle.mjs';
import { desktopTestOptions, oldestVscode, prepareDebugging, prepareDesktop } from './test/desktop.mjs';

await runEntry(async () => {
  const { values } = parseArgs({
    options: {
      code: { type: 'string', default: 'stable' },
      grep: { type: 'string' },
      prepare: { type: 'boolean' },
    },
  });
  const { code, grep, prepare } = values;
  if (prepare) {
    await bundleHostTests();
    await prepareDebugging();
    return 0;
  }
  const executable = await download(code === 'minimum' ? await oldest() : code);
  await build();
  await bundleHostTests();
  // Short, since a socket lies in it, and without links, since VS Code compares paths.
  const home = await realpath(await mkdtemp(path.join(os.tmpdir(), 'tandem-')));
  try {
    return await runTests(desktopTestOptions(await prepareDesktop(home), { executable, grep }));
  } catch (error) {
    // The failed tests have been printed; anything else is a surprise.
    if (error instanceof TestRunFailedError) return 1;
    throw error;
  } finally {
    // VS Code may still be writing when it ends: removal is tried again.
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function oldest() {
  const { engines } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  return oldestVscode(engines.vscode);
}

/** @param {string} version */
async function download(version) {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: path.join(ROOT, '.vscode-test') });
  } catch (error) {
    throw new SetupError(
      `VS Code ${version} could not be downloaded: ${error instanceof Error ? error.message : String(error)}`,
      'Without a way to its servers, `npm run test:host` runs the same suites in code-server (on Linux).',
    );
  }
}
