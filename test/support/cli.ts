import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** The folder of the repository; tests run from it. */
export const REPOSITORY = path.resolve(__dirname, '../..');
const CLI = path.join(REPOSITORY, 'dist', 'cli.js');

/** A finished run of the command line. */
export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the command line that can be watched and interrupted. */
export interface CliRun {
  readonly child: ChildProcess;
  readonly result: Promise<CliResult>;
  /** Resolves once `pattern` was printed on stdout; rejects if the run ends before. */
  seen(pattern: RegExp): Promise<void>;
}

/** Starts `dictate` with these arguments. */
export function startCli(
  args: readonly string[],
  /** `node` and `cli` replace the program and its first argument, e.g. to run it under another one. */
  options: { env?: NodeJS.ProcessEnv; cli?: string; node?: string } = {},
): CliRun {
  const child = spawn(options.node ?? process.execPath, [options.cli ?? CLI, ...args], {
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const result = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return {
    child,
    result,
    seen: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => pattern.test(stdout) && resolve();
        child.stdout.on('data', check);
        child.on('close', () => reject(new Error(`ended without ${pattern}: ${stdout}\n${stderr}`)));
        check();
      }),
  };
}

/** Runs `dictate` to its end. */
export function runCli(...parameters: Parameters<typeof startCli>): Promise<CliResult> {
  return startCli(...parameters).result;
}

/** The environment of this process with an empty home in `folder`: no model or setting of the machine's user takes part. */
export function privateEnv(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, HOME: folder, USERPROFILE: folder, XDG_DATA_HOME: folder, LOCALAPPDATA: folder };
}
