import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';
import { SetupError } from './say.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] default: the repository
 * @property {NodeJS.ProcessEnv} [env] default: that of this process
 * @property {boolean} [quiet] keep the output and show it only if the program fails
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
  const { cwd = ROOT, env = process.env, quiet = false, allowFailure = false, timeoutMs } = options;
  return new Promise((resolve, reject) => {
    // npm is a script on Windows, and scripts need a shell there.
    const shell = process.platform === 'win32' && program === 'npm';
    const output = quiet ? 'pipe' : 'inherit';
    const child = spawn(program, args, {
      cwd,
      env,
      shell,
      stdio: ['ignore', output, output],
      ...(timeoutMs ? { timeout: timeoutMs } : {}),
    });
    /** @type {Buffer[]} */
    const kept = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => kept.push(chunk));
    child.on('error', (error) => reject(new SetupError(`Cannot run ${program}: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0 || allowFailure) return resolve(code ?? 1);
      process.stderr.write(Buffer.concat(kept).toString());
      reject(new SetupError(`\`${[program, ...args].join(' ')}\` ended with ${signal ?? `code ${code}`}.`));
    });
  });
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
