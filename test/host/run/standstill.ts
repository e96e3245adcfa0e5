import assert from 'node:assert/strict';
import { enginesOf } from './processes';

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
