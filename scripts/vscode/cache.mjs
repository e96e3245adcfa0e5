import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CACHE } from '../setup/paths.mjs';
import { run, withRetries } from '../setup/run.mjs';
import { say, SetupError } from '../setup/say.mjs';

/**
 * A VS Code that runs without a display: code-server is VS Code's own workbench and extension host behind a local web
 * server. It is fetched when first needed, the way `@vscode/test-electron` fetches the desktop application, because a
 * checkout that only builds and unit-tests should not pay for its 800 MB.
 */

/** Versions, in one place. code-server 4.139 is VS Code 1.139, whose extension host runs on Node 24. */
const PINNED = { node: '24.21.0', 'code-server': '4.139.1', 'playwright-core': '1.65.1' };

const FOLDER = path.join(CACHE, 'vscode');
const MARKER = 'installed.json';

/**
 * @typedef {object} CachedVscode
 * @property {string} node the Node that code-server was made for
 * @property {string} entry code-server's entry point
 * @property {string} playwright folder of the package that drives a browser
 */

/**
 * Installs the pinned code-server, unless that is done. A broken or interrupted installation has no marker and is redone.
 * @returns {Promise<CachedVscode>}
 */
export async function ensureCachedVscode() {
  const wanted = JSON.stringify({ ...PINNED, arch: process.arch });
  if ((await readMarker()) !== wanted) {
    if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))
      throw new SetupError(
        'VS Code without a display is set up for Linux on x64 and arm64 only.',
        'With a display, `npm start` and `npm run test:desktop` use VS Code itself.',
      );
    await install(wanted);
  }
  return {
    node: path.join(FOLDER, 'node', 'node_modules', nodePackage(), 'bin', 'node'),
    entry: path.join(FOLDER, 'workbench', 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
    playwright: path.join(FOLDER, 'drive', 'node_modules', 'playwright-core'),
  };
}

/** The npm package that carries Node's binary for this machine; it needs no install script. */
function nodePackage() {
  return `node-linux-${process.arch}`;
}

async function readMarker() {
  try {
    return (await readFile(path.join(FOLDER, MARKER), 'utf8')).trim();
  } catch {
    return undefined;
  }
}

/** @param {string} marker */
async function install(marker) {
  say('Fetching a VS Code that runs without a display (code-server, once, about 800 MB on disk)');
  const partial = `${FOLDER}.${process.pid}.partial`;
  try {
    await installPackage(path.join(partial, 'node'), nodePackage(), PINNED.node);
    const env = { ...process.env };
    env.PATH = [path.join(partial, 'node', 'node_modules', nodePackage(), 'bin'), env.PATH].join(
      path.delimiter,
    );
    const workbench = path.join(partial, 'workbench');
    await installPackage(workbench, 'code-server', PINNED['code-server'], env);
    // Its own install script would do these two, and compile what the workbench does not need.
    const inner = path.join(workbench, 'node_modules', 'code-server', 'lib', 'vscode');
    await npmInstall(inner, ['--omit=dev'], env);
    await npmInstall(path.join(inner, 'extensions'), ['--omit=dev'], env);
    await installPackage(path.join(partial, 'drive'), 'playwright-core', PINNED['playwright-core'], env);
    await writeFile(path.join(partial, MARKER), marker);
    await rm(FOLDER, { recursive: true, force: true });
    await rename(partial, FOLDER);
  } finally {
    if (existsSync(partial)) await rm(partial, { recursive: true, force: true });
  }
}

/**
 * Each package gets a folder of its own, so that no later installation prunes an earlier one.
 * @param {string} folder
 * @param {string} name
 * @param {string} version
 * @param {NodeJS.ProcessEnv} [env]
 */
async function installPackage(folder, name, version, env) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: {} }));
  await npmInstall(folder, ['--no-save', `${name}@${version}`], env);
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function npmInstall(cwd, args, env = process.env) {
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await withRetries(() => run('npm', ['install', ...quietly, ...args], { cwd, env, quiet: true }));
}
