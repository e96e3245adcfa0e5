import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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

/** Processes below `pid` in the process table (Linux), found while it lives so that they can be looked for afterwards. */
export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // The command in parentheses may hold spaces; state and parent follow the last one.
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // Ended meanwhile.
    }
  }
  const below = (id: number): number[] =>
    (children.get(id) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** True while `pid` is alive (a zombie is not). */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

/** Waits until none of the processes lives any more; returns those still alive after `timeoutMs`. */
export async function survivors(pids: readonly number[], timeoutMs = 10_000): Promise<number[]> {
  const deadline = Date.now() + timeoutMs;
  let alive = pids.filter(isAlive);
  while (alive.length > 0 && Date.now() < deadline) {
    await sleep(50);
    alive = alive.filter(isAlive);
  }
  return alive;
}
