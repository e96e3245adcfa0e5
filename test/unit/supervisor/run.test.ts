import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineProcessOptions } from '../../../src/node/engine/process';
import { EngineRun } from '../../../src/node/engine/run';
import { DEFAULT_TIMES } from '../../../src/node/engine/times';
import { PROTOCOL_VERSION } from '../../../src/protocol/messages';

/** The process, which does what the test says: it answers pings, and ends when it is killed. */
const fake = vi.hoisted(() => ({ options: undefined as unknown as EngineProcessOptions }));
vi.mock('../../../src/node/engine/process', () => ({
  EngineProcess: class {
    constructor(options: EngineProcessOptions) {
      fake.options = options;
    }
    send(message: { type: string; id?: number }) {
      if (message.type === 'ping')
        fake.options.onMessage({ type: 'pong', id: message.id ?? 0, cpuSeconds: 0, peakRssBytes: 0 });
    }
    kill() {
      fake.options.onExit('signal SIGKILL');
    }
    end() {
      return Promise.resolve();
    }
  },
}));

const silent = () => undefined;
const { load } = DEFAULT_TIMES;
let run: EngineRun;
let told: string[];

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  run = new EngineRun(
    {
      role: 'heavy',
      entry: 'nowhere',
      nativeDir: 'nowhere',
      model: {
        role: 'heavy',
        name: 'own',
        path: 'own.bin',
        origin: 'setting',
        longestWindow: 480_000,
        languages: ['en'],
      },
      threads: 1,
      log: { error: silent, warn: silent, info: silent, debug: silent },
    },
    DEFAULT_TIMES,
    {
      ready: () => told.push('ready'),
      loading: (share) => told.push(`${share}`),
      loaded: () => told.push('loaded'),
      answer: silent,
      ended: (error) => told.push(error.message),
    },
    0,
  );
  fake.options.onMessage({ type: 'ready', version: PROTOCOL_VERSION });
});
afterEach(async () => {
  await run.end();
  vi.useRealTimers();
});

const loading = (share: number) => fake.options.onMessage({ type: 'loading', share });
const STALLED = 'The process of the confirming model did not load its model and was ended.';

describe('the time that a model may take to load', () => {
  it('begins anew while it comes forward', () => {
    for (const share of [0.1, 0.2, 0.3, 0.9]) {
      vi.advanceTimersByTime(load - 1);
      loading(share);
    }
    vi.advanceTimersByTime(load - 1);
    fake.options.onMessage({ type: 'loaded', variant: 'fake', loadMs: 1, warmupMs: 1, warmupAudioMs: 1 });
    vi.advanceTimersByTime(10 * load);
    expect(told).toEqual(['ready', '0.1', '0.2', '0.3', '0.9', 'loaded']);
  });

  it('does not for a process that tells the same again and again', () => {
    loading(0.5);
    for (let ms = 0; ms < load; ms += 1_000) {
      expect(told).not.toContain(STALLED);
      vi.advanceTimersByTime(1_000);
      if (ms % 10_000 === 0) loading(ms % 20_000 === 0 ? 0.5 : 0.4);
    }
    expect(told.at(-1)).toBe(STALLED);
  });

  it('is over for a process that tells nothing', () => {
    vi.advanceTimersByTime(load - 1);
    expect(told).toEqual(['ready']);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['ready', STALLED]);
  });
});
