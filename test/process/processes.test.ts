import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { descendants, isAlive, parsePairs, survivors } from '../support/processes';

/** What the other tests rely on when they say that nothing is left running. */

const WAITING = 'setInterval(() => undefined, 1000)';
/** Starts a process that waits, tells its id, and waits too. */
const PARENT = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', ${JSON.stringify(WAITING)}], { stdio: 'ignore' });
  console.log(child.pid);
  ${WAITING}`;

it('a process is found below the one that started it, lives, survives its parent, and can be ended', async () => {
  const parent = spawn(process.execPath, ['-e', PARENT], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
  const child = Number(line);
  try {
    expect(descendants(parent.pid ?? 0)).toEqual([child]);
    expect(descendants(process.pid)).toEqual(expect.arrayContaining([parent.pid, child]));
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    expect(isAlive(parent.pid ?? 0)).toBe(false);
    expect(await survivors([parent.pid ?? 0, child], 0)).toEqual([child]);
  } finally {
    process.kill(child, 'SIGKILL');
  }
  expect(await survivors([child])).toEqual([]);
});

it('the tables of systems without /proc are read', () => {
  // `ps -A -o pid=,ppid=`, and PowerShell.
  expect(parsePairs('    1     0\n  312     1\n')).toEqual([
    [1, 0],
    [312, 1],
  ]);
  expect(parsePairs('4 0\r\n1044 4\r\n')).toEqual([
    [4, 0],
    [1044, 4],
  ]);
  expect(parsePairs('ps: illegal option\n')).toEqual([]);
});
