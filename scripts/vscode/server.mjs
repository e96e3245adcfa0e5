import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { SetupError } from '../setup/say.mjs';
import { prepareHome, serverEnv } from './server-home.mjs';

/** Only this machine may reach the server: it has no password. */
export const HOST = '127.0.0.1';

/** A cold start takes about a second; a loaded two-core machine gets all the time it may need. */
const READY_TIMEOUT_MS = 120_000;
const PROBE_INTERVAL_MS = 100;
/** The server gets this long to end its extension hosts before its processes are killed. */
const STOP_GRACE_MS = 5_000;

/**
 * @typedef {object} ServerOptions
 * @property {import('./cache.mjs').CachedVscode} vscode
 * @property {string} home private folder for the server's user data, extensions and log
 * @property {boolean} [ownHome] whether HOME is that folder as well (the default), or stays the user's
 * @property {number} [port] 0 (the default) for any free one
 * @property {Readonly<Record<string, unknown>>} [settings] user settings on top of the quiet ones
 * @property {Readonly<Record<string, unknown>>} [machineSettings] settings of the machine that it runs on, as the definition of a container may write them
 * @property {readonly object[]} [keybindings] keys of the user, as in `keybindings.json`
 * @property {Readonly<NodeJS.ProcessEnv>} [env] on top of this process's own; reaches the extension host
 * @property {boolean} [workspaceTrust] whether folders are untrusted until the user says otherwise; off by default
 * @property {readonly string[]} [args] further options of code-server
 * @property {Readonly<Record<string, string>>} [extensions] folder of each extension to install by link, by `publisher.name-version`
 */

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {number} port
 * @property {number} pid leads a process group of its own, which all that the server starts belongs to
 * @property {string} logFile
 * @property {Promise<void>} ended resolves when the server's process has ended, for whatever reason
 * @property {() => Promise<void>} stop ends the server and everything it started
 */

/**
 * Starts code-server on this machine's loopback address and waits until it answers.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(options) {
  const { vscode, home, args = [] } = options;
  const port = options.port || (await freePort());
  const folders = await prepareHome(options);
  const logFile = path.join(home, 'server.log');
  const log = await open(logFile, 'w');
  const child = spawn(
    vscode.node,
    [
      vscode.entry,
      ...['--bind-addr', `${HOST}:${port}`, '--auth', 'none', '--config', folders.config],
      ...['--user-data-dir', folders.userData, '--extensions-dir', folders.extensions],
      ...['--disable-telemetry', '--disable-update-check'],
      ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...['--disable-getting-started-override', '--disable-proxy', '-e', ...args],
    ],
    {
      cwd: home,
      env: serverEnv(home, options),
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    },
  );
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => child.once('exit', () => resolve()));
  const failed = new Promise((_resolve, reject) => child.once('error', reject));
  // It leads a group of its own, which nobody else would end.
  const endWithUs = () => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL');
  process.once('exit', endWithUs);
  void ended.then(() => process.off('exit', endWithUs));
  await log.close();
  const url = `http://${HOST}:${port}`;
  const stop = () => endGroup(child.pid, ended);
  try {
    await Promise.race([answering(`${url}/healthz`, child), failed]);
  } catch (error) {
    await stop();
    const output = await readFile(logFile, 'utf8');
    throw new SetupError(`VS Code's server did not start: ${String(error)}`, output.trim());
  }
  return { url, port, pid: child.pid ?? 0, logFile, ended, stop };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} child
 */
async function answering(url, child) {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    // Somebody else may have taken the port in the meantime: an answer counts only while our own process lives.
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended at once');
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`no answer within ${READY_TIMEOUT_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, PROBE_INTERVAL_MS));
  }
}

/**
 * Ends a process group: first asked, then, after a grace, for sure.
 * @param {number | undefined} leader
 * @param {Promise<void>} ended
 */
async function endGroup(leader, ended) {
  if (leader === undefined) return;
  signalGroup(leader, 'SIGTERM');
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const grace = new Promise((resolve) => (timer = setTimeout(resolve, STOP_GRACE_MS)));
  await Promise.race([ended, grace]);
  clearTimeout(timer);
  signalGroup(leader, 'SIGKILL');
  await ended;
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals} signal
 */
function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // Nobody is left in the group: that is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
