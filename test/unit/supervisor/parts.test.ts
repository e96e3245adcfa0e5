import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineEnvironment } from '../../../src/node/engine/environment';
import { DEFAULT_TIMES, backOffMs } from '../../../src/node/engine/times';
import { Watchdog } from '../../../src/node/engine/watchdog';

describe('Watchdog', () => {
  let pings: number;
  let stalls: number;

  beforeEach(() => {
    vi.useFakeTimers();
    pings = 0;
    stalls = 0;
  });
  afterEach(() => vi.useRealTimers());

  const watch = () =>
    new Watchdog(
      { intervalMs: 100, most: 3 },
      () => {
        pings += 1;
      },
      () => {
        stalls += 1;
      },
    );

  it('is content while pongs come, and reports a silent process once', () => {
    const dog = watch();
    for (let i = 0; i < 20; i += 1) {
      vi.advanceTimersByTime(100);
      dog.pong();
    }
    expect([pings, stalls]).toEqual([20, 0]);
    vi.advanceTimersByTime(399);
    expect(stalls).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect([pings, stalls]).toEqual([23, 1]);
  });

  it('says nothing after it was stopped', () => {
    watch().dispose();
    vi.advanceTimersByTime(10_000);
    expect([pings, stalls]).toEqual([0, 0]);
  });
});

describe('backOffMs', () => {
  it('doubles up to a limit', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7].map((failure) => backOffMs(DEFAULT_TIMES, failure));
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000]);
  });
});

describe('engineEnvironment', () => {
  it('strips what belongs to the editor and makes Electron act as Node', () => {
    const env = engineEnvironment({
      PATH: '/bin',
      HOME: '/home/u',
      VSCODE_IPC_HOOK: 'x',
      NODE_OPTIONS: '--inspect',
      ELECTRON_NO_ASAR: '1',
      NODE_CHANNEL_FD: '3',
    });
    expect(env).toMatchObject({ PATH: '/bin', HOME: '/home/u', ELECTRON_RUN_AS_NODE: '1' });
    expect(Object.keys(env).filter((name) => /VSCODE|NO_ASAR|NODE_(OPTIONS|CHANNEL)/.test(name))).toEqual([]);
  });
});
