import { describe, expect, it } from 'vitest';
import { Rounds } from '../../../src/core/rounds';

describe('work in rounds', () => {
  const open = () => {
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const rounds = new Rounds(() => {
      log.push(`round ${ends.length + 1}`);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
    const end = async () => {
      ends.at(-1)?.();
      await new Promise(setImmediate);
    };
    return { log, rounds, end };
  };

  it('does one at a time, and once more if it was asked for meanwhile, however often', async () => {
    const { log, rounds, end } = open();
    const done: string[] = [];
    void rounds.run().then(() => done.push('first'));
    void rounds.run().then(() => done.push('second'));
    void rounds.run().then(() => done.push('third'));
    expect(log).toEqual(['round 1']);
    await end();
    expect(log).toEqual(['round 1', 'round 2']);
    expect(done).toEqual([]);
    await end();
    expect(log).toHaveLength(2);
    expect(done.sort()).toEqual(['first', 'second', 'third']);
  });

  it('sees to what comes while the last round is just done', async () => {
    let todo = 0;
    let seen = 0;
    const rounds: Rounds = new Rounds(async () => {
      seen = todo;
      await Promise.resolve();
    });
    todo = 1;
    await rounds.run().then(() => {
      // The callback of a waiter comes after the last look.
      todo = 2;
      return rounds.run();
    });
    expect(seen).toBe(2);
  });

  it('waits for the end of what is under way without starting anything', async () => {
    const { log, rounds, end } = open();
    await rounds.idle();
    expect(log).toEqual([]);
    void rounds.run();
    let idle = false;
    void rounds.idle().then(() => (idle = true));
    await new Promise(setImmediate);
    expect(idle).toBe(false);
    await end();
    expect(idle).toBe(true);
  });

  it('goes on after a round that failed', async () => {
    let rounds = 0;
    const failing = new Rounds(async () => {
      await Promise.resolve();
      if (++rounds === 1) throw new Error('once');
    });
    await expect(failing.run()).rejects.toThrow('once');
    await failing.run();
    expect(rounds).toBe(2);
  });
});
