import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ComputingTime } from '../../../src/node/engine/computing-time';

const DEADLINE_MS = 8_000;

describe('the computing time of a call', () => {
  /** CPU seconds that the process has computed; undefined: it does not answer. */
  let cpuSeconds: number | undefined;
  const usage = () =>
    cpuSeconds === undefined
      ? new Promise<undefined>(() => undefined)
      : Promise.resolve({ cpuSeconds, peakRssBytes: 0 });
  const begun = (threads = 1) => {
    const computing = new ComputingTime(usage);
    computing.begin(threads);
    return computing;
  };
  /** Asks after the process has computed for so many seconds more. */
  const after = (computing: ComputingTime, seconds: number) => {
    if (cpuSeconds !== undefined) cpuSeconds += seconds;
    return computing.isStarved(DEADLINE_MS);
  };

  beforeEach(() => {
    cpuSeconds = 100;
  });

  it('that is a small part of the deadline: the process is starved', async () => {
    expect(await after(begun(), 0.2)).toBe(true);
  });

  it('that is next to nothing: the call waits for something that will not come', async () => {
    expect(await after(begun(), 0.02)).toBe(false);
  });

  it('that fills the deadline: the call has had the cores', async () => {
    expect(await after(begun(), 8)).toBe(false);
    expect(await after(begun(2), 5)).toBe(true);
    expect(await after(begun(2), 16)).toBe(false);
  });

  it('adds up over several deadlines, and must go on in each', async () => {
    const slow = begun();
    expect(await after(slow, 1.5)).toBe(true);
    expect(await after(slow, 1.5)).toBe(true);
    expect(await after(slow, 1.5)).toBe(false);
    const stuck = begun();
    expect(await after(stuck, 1.5)).toBe(true);
    expect(await after(stuck, 0.01)).toBe(false);
  });

  it('is not waited for without end', async () => {
    const computing = begun();
    const answers: boolean[] = [];
    for (let deadline = 1; deadline <= 8; deadline++) answers.push(await after(computing, 0.1));
    expect(answers).toEqual([true, true, true, true, true, true, true, false]);
  });

  it('counts from the beginning of each call', async () => {
    const computing = begun();
    expect(await after(computing, 3.9)).toBe(true);
    computing.begin(1);
    expect(await after(computing, 3.9)).toBe(true);
  });

  describe('of a process that does not answer', () => {
    beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => vi.useRealTimers());

    it.each([true, false])('(from the beginning: %s) is none', async (fromTheBeginning) => {
      if (fromTheBeginning) cpuSeconds = undefined;
      const computing = begun();
      cpuSeconds = undefined;
      const asked = after(computing, 1);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await asked).toBe(false);
    });
  });
});
