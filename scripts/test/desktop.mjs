import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OUT, ROOT } from '../setup/paths.mjs';
import { prepareHome } from '../vscode/server-home.mjs';
import { HOST_OUT, MODELS_EXTENSION } from './bundle.mjs';
import { HOST_SETTINGS } from './host-settings.mjs';

/** What the launch configuration "Extension Tests" opens. */
export const DEBUG_HOME = path.join(OUT, 'desktop');

/**
 * The oldest VS Code that a manifest allows. Pure.
 * @param {string} range its `engines.vscode`, such as `^1.100.0`
 * @returns {string} such as `1.100.0`
 * @throws Error for a range that is written in another way
 */
export function oldestVscode(range) {
  const version = /^\^(\d+\.\d+\.\d+)$/.exec(range)?.[1];
  if (version === undefined) throw new Error(`engines.vscode is "${range}", not a range like "^1.100.0".`);
  return version;
}

/**
 * @typedef {object} DesktopHome a VS Code apart from the user's own
 * @property {string} folder an empty one, for the workspace: the suites write files into it
 * @property {string} userData
 * @property {string} extensions
 */

/**
 * Makes the folders for a desktop VS Code that runs the suites, with the settings that every VS Code has that the tests
 * drive.
 * @param {string} home private folder; what is left there of an earlier run is removed
 * @returns {Promise<DesktopHome>}
 */
export async function prepareDesktop(home) {
  await rm(home, { recursive: true, force: true });
  const folder = path.join(home, 'workspace');
  await mkdir(folder, { recursive: true });
  const { userData, extensions } = await prepareHome({ home, settings: HOST_SETTINGS });
  return { folder, userData, extensions };
}

/**
 * The same for a window that VS Code itself opens to debug the suites: it shares the process of the user's windows, and so
 * their user data; the settings come with the folder.
 * @returns {Promise<void>}
 */
export async function prepareDebugging() {
  const { folder } = await prepareDesktop(DEBUG_HOME);
  await mkdir(path.join(folder, '.vscode'));
  await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(HOST_SETTINGS, null, 2));
}

/**
 * How `@vscode/test-electron` starts VS Code and the suites.
 * @param {DesktopHome} home
 * @param {{ executable: string, grep?: string | undefined }} what
 * @param {NodeJS.Platform} [platform]
 * @returns {import('@vscode/test-electron').TestOptions & { launchArgs: string[] }}
 */
export function desktopTestOptions({ folder, userData, extensions }, { executable, grep }, platform) {
  // On Windows test-electron starts it through a shell, and puts no quotes around what it passes on.
  const quote = (platform ?? process.platform) === 'win32' ? '"' : '';
  const whole = (/** @type {string} */ text) => `${quote}${text}${quote}`;
  return {
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: [ROOT, MODELS_EXTENSION].map(whole),
    extensionTestsPath: whole(path.join(HOST_OUT, 'index.js')),
    extensionTestsEnv: { TANDEM_HOST_GREP: grep },
    // Not that of the user: test-electron adds no folders of its own where they are named below.
    reuseMachineInstall: true,
    launchArgs: [
      whole(folder),
      `--user-data-dir=${whole(userData)}`,
      `--extensions-dir=${whole(extensions)}`,
      '--disable-workspace-trust',
      // Consent to a language model is asked for only where its extension may want it so.
      '--enable-proposed-api=tandem-tests.models',
    ],
  };
}
