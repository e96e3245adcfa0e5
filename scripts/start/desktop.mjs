import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { findProgram } from '../setup/programs.mjs';
import { ROOT } from '../setup/paths.mjs';
import { say } from '../setup/say.mjs';
import { prepareHome } from '../vscode/server-home.mjs';
import { PLAY_SETTINGS, START_HOME } from './playground.mjs';

/**
 * The VS Code of this desktop: the installed one, else one downloaded into `.vscode-test/`.
 * @returns {Promise<string | undefined>} undefined if there is none and none could be downloaded; that has been said
 */
export async function findDesktopVscode() {
  const installed = findProgram('code');
  if (installed) return installed;
  say('`code` is not installed: downloading VS Code into .vscode-test/ (once)');
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  try {
    return await downloadAndUnzipVSCode({ cachePath: path.join(ROOT, '.vscode-test') });
  } catch (error) {
    say(`That failed: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/**
 * Options that open a VS Code of its own, apart from the user's windows and settings, with the extension in development.
 * @param {{ userData: string, extensions: string, folder: string, notes: string, root: boolean }} options
 * @returns {string[]}
 */
export function desktopArguments({ userData, extensions, folder, notes, root }) {
  return [
    `--extensionDevelopmentPath=${ROOT}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${extensions}`,
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
    '--new-window',
    // `code` hands over to the application and would return at once.
    '--wait',
    // Electron refuses its sandbox to root.
    ...(root ? ['--no-sandbox'] : []),
    folder,
    notes,
  ];
}

/**
 * Opens a window of VS Code.
 * @param {string} program
 * @param {{ folder: string, notes: string }} playground
 * @returns {Promise<import('./web.mjs').Opened>}
 */
export async function openDesktop(program, playground) {
  const home = path.join(START_HOME, 'desktop');
  const { userData, extensions } = await prepareHome({ home, settings: PLAY_SETTINGS });
  const args = desktopArguments({
    userData,
    extensions,
    ...playground,
    root: process.getuid?.() === 0,
  });
  const shell = program.endsWith('.cmd');
  const startedAt = Date.now();
  const child = spawn(shell ? `"${program}"` : program, shell ? args.map((arg) => `"${arg}"`) : args, {
    cwd: playground.folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell,
  });
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    const application = await lockHolder(userData, startedAt);
    if (application !== undefined) endProcess(application);
    if (child.exitCode === null && child.signalCode === null) child.kill();
    await ended;
  };
  return { ended, stop };
}

/**
 * The process of the application, which need not be a child of `code`: it writes its id into its user data folder.
 * @param {string} userData
 * @param {number} startedAt ms since the epoch; an older file was left by a process that may be long gone, or belongs to
 * another `npm start`
 * @returns {Promise<number | undefined>}
 */
async function lockHolder(userData, startedAt) {
  const file = path.join(userData, 'code.lock');
  const written = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (written < startedAt) return undefined;
  const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
  return pid > 0 ? pid : undefined;
}

/** @param {number} pid */
function endProcess(pid) {
  try {
    process.kill(pid);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
