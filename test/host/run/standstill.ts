import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { enginesOf } from './processes';

const PATIENCE_MS = 120_000;
const LOOK_AGAIN_MS = 10;

/**
 * Runs `action` while the heavy model in the process group of `leader` stands still, so that drafts stay drafts, however fast the
 * machine. For some seconds only: a call past its deadline ends its process.
 */
export async function withoutConfirmation(leader: number, action: () => Promise<void>): Promise<void> {
  const heavy = (await enginesOf(leader)).at(-1);
  assert.ok(heavy, 'an engine runs');
  process.kill(heavy.pid, 'SIGSTOP');
  try {
    await action();
  } finally {
    // On a very slow machine its call is past its deadline, and another process is in its place already.
    if ((await enginesOf(leader)).some(({ pid }) => pid === heavy.pid)) process.kill(heavy.pid, 'SIGCONT');
  }
}

/** Runs `action` while models load, however fast the machine: the first engine that begins in the group of `leader` stands still. */
export async function whileLoading(leader: number, action: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  let [engine] = await enginesOf(leader);
  while (!engine) {
    assert.ok(Date.now() < deadline, 'an engine begins');
    await sleep(LOOK_AGAIN_MS);
    [engine] = await enginesOf(leader);
  }
  const { pid } = engine;
  process.kill(pid, 'SIGSTOP');
  try {
    await action();
  } finally {
    // What does not answer is ended in the long run.
    if ((await enginesOf(leader)).some((one) => one.pid === pid)) process.kill(pid, 'SIGCONT');
  }
}
