import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Programs that the extension records with. */
const RECORDERS = new Set(['arecord', 'sox', 'rec']);

/** Between two looks at the processes, ms. */
const LOOK_AGAIN_MS = 100;

/** One process of Linux. */
export interface ProcessInfo {
  readonly pid: number;
  readonly name: string;
  /** Leader of its process group. */
  readonly group: number;
  /** As for `os.setPriority`: higher is less important. */
  readonly niceness: number;
  readonly commandLine: string;
}

/** All processes of this machine that can be read. */
export async function processes(): Promise<ProcessInfo[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // It may have ended in the meantime.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // "pid (name) state parent group …", see proc(5); the name may contain anything but its last bracket.
      const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(stat) ?? [];
      const fields = rest.split(' ');
      const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return {
        pid: Number(pid),
        name,
        state: fields[0],
        group: Number(fields[2]),
        niceness: Number(fields[16]),
        commandLine: commandLine.replaceAll('\0', ' ').trim(),
      };
    }),
  );
  return found.filter(({ name, state }) => name !== '' && state !== 'Z');
}

/** The engine processes in the process group of `leader`, that of the heavy model last: it has the lowest priority. */
export async function enginesOf(leader: number): Promise<ProcessInfo[]> {
  return (await processes())
    .filter(({ group, commandLine }) => group === leader && commandLine.includes('engine.js'))
    .sort((a, b) => a.niceness - b.niceness);
}

/** The recorder programs that run in the process group of `leader`. */
export async function recordersOf(leader: number): Promise<ProcessInfo[]> {
  return (await processes()).filter(({ group, name }) => group === leader && RECORDERS.has(name));
}

/** A variable of the environment of a process; `undefined` if it is not set, or the process has ended. */
export async function variableOf(pid: number, name: string): Promise<string | undefined> {
  const all = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
  const set = all.split('\0').find((one) => one.startsWith(`${name}=`));
  return set?.slice(name.length + 1);
}

/** The extension hosts in the process group of `leader`, newest last. */
export async function extensionHostsOf(leader: number): Promise<ProcessInfo[]> {
  return (await processes())
    .filter(({ group, commandLine }) => group === leader && commandLine.includes('--type=extensionHost'))
    .sort((a, b) => a.pid - b.pid);
}

/** Resolves once the product has left nothing in the process group of `leader`: no engine, no recorder. */
export async function nothingLeft(leader: number, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const left = [...(await enginesOf(leader)), ...(await recordersOf(leader))];
    if (left.length === 0) return;
    if (Date.now() > deadline)
      throw new Error(
        `Still running: ${left.map(({ pid, commandLine }) => `${pid} ${commandLine}`).join('; ')}`,
      );
    await sleep(LOOK_AGAIN_MS);
  }
}
