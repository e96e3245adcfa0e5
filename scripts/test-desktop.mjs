// `npm run test:desktop`: the suites of test/host/suite in VS Code for the desktop, downloaded into `.vscode-test/`.
// `--code=stable|insiders|minimum|1.100.0` chooses its version (`minimum`: the oldest that the manifest allows),
// `--grep=TEXT` picks tests by title.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from './setup/build.mjs';
import { ROOT } from './setup/paths.mjs';
import { runEntry, SetupError } from './setup/say.mjs';
import { bundleHostTests, HOST_OUT } from './test/bundle.mjs';

await runEntry(async () => {
  const { values } = parseArgs({
    options: { code: { type: 'string', default: 'stable' }, grep: { type: 'string' } },
  });
  const vscodeExecutablePath = await download(values.code === 'minimum' ? await oldest() : values.code);
  await build();
  await bundleHostTests();
  try {
    return await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: path.join(HOST_OUT, 'index.js'),
      extensionTestsEnv: { TANDEM_HOST_GREP: values.grep },
      launchArgs: ['--disable-extensions', '--disable-workspace-trust'],
    });
  } catch (error) {
    // The failed tests have been printed; anything else is a surprise.
    if (error instanceof TestRunFailedError) return 1;
    throw error;
  }
});

/** The oldest version that the manifest allows. */
async function oldest() {
  const { engines } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  return engines.vscode.replace(/^\^/, '');
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
