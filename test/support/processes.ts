import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the tests ask about the processes of this machine, whatever its system. */

/** Between two looks at processes that are expected to end, ms: the end of another process is not an event here. */
const LOOK_AGAIN_MS = 50;
/** Lists process and parent, a pair a line, where there is no `ps`. */
const POWERSHELL_SCRIPT =
  'Get-CimInstance Win32_Process|ForEach-Object{"$($_.ProcessId) $($_.ParentProcessId)"}';
const MAX_TABLE_BYTES = 4_000_000;

/** Processes below `pid`, found while it lives so that they can be looked for afterwards. */
export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const [child, parent] of processTable()) {
    // The processes of Windows and of Linux that have no parent name themselves or nobody.
    if (child !== parent) children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const below = (id: number): number[] =>
    (children.get(id) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** True while `pid` is alive; on Linux a zombie is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process, which must not be touched, lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return process.platform !== 'linux' || statOf(pid)?.state !== 'Z';
}

/** Waits until none of the processes lives any more; returns those still alive after `timeoutMs`. */
export async function survivors(pids: readonly number[], timeoutMs = 10_000): Promise<number[]> {
  const deadline = Date.now() + timeoutMs;
  let alive = pids.filter(isAlive);
  while (alive.length > 0 && Date.now() < deadline) {
    await sleep(LOOK_AGAIN_MS);
    alive = alive.filter(isAlive);
  }
  return alive;
}

/** Pairs of numbers, one a line, as the programs print them that list processes with their parents. */
export function parsePairs(output: string): [pid: number, parent: number][] {
  return [...output.matchAll(/^[ \t]*(\d+)[ \t]+(\d+)[ \t\r]*$/gm)].map(([, pid, parent]) => [
    Number(pid),
    Number(parent),
  ]);
}

function processTable(): [pid: number, parent: number][] {
  const options = { encoding: 'utf8', maxBuffer: MAX_TABLE_BYTES } as const;
  switch (process.platform) {
    case 'linux': // small systems have no `ps`
      return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((name) => {
          const stat = statOf(Number(name));
          return stat ? [[Number(name), stat.parent]] : [];
        });
    case 'win32':
      return parsePairs(
        execFileSync(
          'powershell.exe',
          ['-NoProfile', '-NonInteractive', '-Command', POWERSHELL_SCRIPT],
          options,
        ),
      );
    default:
      return parsePairs(execFileSync('ps', ['-A', '-o', 'pid=,ppid='], options));
  }
}

/** State and parent of a process of Linux; undefined if it is gone. */
function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    // The command in parentheses may hold blanks; state and parent follow the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
