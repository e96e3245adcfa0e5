import { spawn } from 'node:child_process';
import os from 'node:os';
import { ROOT } from './paths.mjs';
import { SetupError } from './say.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] default: the repository
 * @property {NodeJS.ProcessEnv} [env] default: that of this process
 * @property {boolean} [quiet] keep the output and show it only if the program fails
 * @property {Promise<unknown>} [after] keep the output until then; from then on it comes on stdout as it is written
 * @property {boolean} [leisurely] give way to whatever else wants to compute
 * @property {boolean} [allowFailure] resolve with the exit code instead of rejecting
 * @property {number} [timeoutMs] end the program after this time
 */

/**
 * Runs a program to its end, without stdin: nothing that this project does asks questions.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} the exit code
 */
export function run(program, args, options = {}) {
  const { cwd = ROOT, env = process.env, quiet = false, allowFailure = false, timeoutMs, after } = options;
  return new Promise((resolve, reject) => {
    // npm is a script on Windows, and scripts need a shell there.
    const shell = process.platform === 'win32' && program === 'npm';
    const output = quiet || after ? 'pipe' : 'inherit';
    const child = spawn(program, args, {
      cwd,
      env,
      shell,
      stdio: ['ignore', output, output],
      ...(timeoutMs ? { timeout: timeoutMs } : {}),
    });
    if (options.leisurely && child.pid !== undefined) giveWay(child.pid);
    const kept = keepOutput(child);
    const passOn = () => kept.passOn(process.stdout);
    after?.then(passOn, passOn);
    child.on('error', (error) => reject(new SetupError(`Cannot run ${program}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0 || allowFailure) return resolve(code ?? 1);
      if (quiet) kept.passOn(process.stderr);
      reject(new SetupError(`\`${[program, ...args].join(' ')}\` ended with ${signal ?? `code ${code}`}.`));
    });
  });
}

/** @param {number} pid */
function giveWay(pid) {
  try {
    os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or this system does not allow it: then it computes like the rest.
  }
}

/**
 * Keeps what a program writes, in its order, until it is passed on; from then on all of it is.
 * @param {import('node:child_process').ChildProcess} child
 */
function keepOutput({ stdout, stderr }) {
  /** @type {Buffer[]} */
  const kept = [];
  /** @type {NodeJS.WritableStream | undefined} */
  let target;
  const take = (/** @type {Buffer} */ chunk) => void (target ? target.write(chunk) : kept.push(chunk));
  for (const stream of [stdout, stderr]) stream?.on('data', take);
  return {
    /** @param {NodeJS.WritableStream} stream */
    passOn(stream) {
      target = stream;
      for (const chunk of kept.splice(0)) stream.write(chunk);
    },
  };
}

/**
 * Tries again what depends on a network.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {{ tries?: number, pauseMs?: number }} [options] the pause doubles after each failure
 * @returns {Promise<T>}
 */
export async function withRetries(attempt, { tries = 3, pauseMs = 3_000 } = {}) {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (count >= tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (count - 1)));
    }
  }
}
