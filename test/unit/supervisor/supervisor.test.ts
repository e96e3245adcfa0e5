import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import type { TranscribeRequest } from '../../../src/core/model';
import type { Engine, EngineUsage, ModelOrigin } from '../../../src/core/ports';
import type { EngineOptions } from '../../../src/node/engine/options';
import type { RunEvents } from '../../../src/node/engine/run';
import { superviseEngine } from '../../../src/node/engine/supervisor';
import type { ToEngine } from '../../../src/protocol/messages';

/** The process of the engine: what it was sent, what it has computed, and why it was ended. */
const fake = vi.hoisted(() => ({
  events: undefined as RunEvents | undefined,
  sent: [] as ToEngine[],
  usage: { cpuSeconds: 0, peakRssBytes: 0 } as EngineUsage,
  ended: [] as string[],
  /** Why the system starts no process. */
  refusal: undefined as Error | undefined,
}));
vi.mock('../../../src/node/engine/run', () => ({
  EngineRun: class {
    constructor(_options: EngineOptions, _times: unknown, events: RunEvents) {
      if (fake.refusal) throw fake.refusal;
      fake.events = events;
    }
    send(message: ToEngine) {
      fake.sent.push(message);
    }
    usage() {
      return Promise.resolve(fake.usage);
    }
    stop(error: { code: string }) {
      fake.ended.push(error.code);
    }
    end() {
      return Promise.resolve();
    }
  },
}));

const silent = () => undefined;
let engine: Engine;

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(fake, { sent: [], usage: { cpuSeconds: 0, peakRssBytes: 0 }, ended: [], refusal: undefined });
});
afterEach(async () => {
  vi.useRealTimers();
  await engine.dispose();
});

/** A heavy engine; its model took so long for two seconds of audio when it was tried. */
function started(
  more: Partial<EngineOptions> = {},
  warmupMs = 100,
  origin: ModelOrigin = 'downloaded',
): void {
  make(more, origin);
  engine.start();
  load(warmupMs);
}

function load(warmupMs = 100): void {
  fake.events?.ready();
  fake.events?.loaded({ type: 'loaded', variant: 'fake', loadMs: 1, warmupMs, warmupAudioMs: 2_000 });
}

function make(more: Partial<EngineOptions> = {}, origin: ModelOrigin = 'downloaded'): void {
  engine = superviseEngine({
    role: 'heavy',
    entry: 'nowhere',
    nativeDir: 'nowhere',
    model: { role: 'heavy', name: 'own', path: 'own.bin', origin, longestWindow: 480_000, languages: ['en'] },
    threads: 1,
    finalThreads: 2,
    log: { error: silent, warn: silent, info: silent, debug: silent },
    ...more,
  });
}

/** Phases of the engine from now on. */
function phases(): string[] {
  const seen: string[] = [];
  engine.state$.subscribe(({ phase }) => seen.push(phase));
  return seen;
}

/** @param failed called when the call fails */
function ask(allCores: boolean, seconds = 10, failed: () => void = silent): void {
  const request: TranscribeRequest = {
    role: 'heavy',
    windowId: 1,
    utteranceId: 1,
    range: { start: 0, end: seconds * 16_000 },
    final: true,
    allCores,
    language: 'en',
    prompt: '',
    timestamps: true,
  };
  engine.transcribe(request).subscribe({ error: failed });
}

describe('the deadline of a call', () => {
  it('is known from the first one on: loading has told what a call takes', () => {
    const predicted: number[] = [];
    const deadlineMs = (_request: TranscribeRequest, ms: number) => (predicted.push(ms), 1e6);
    started({ deadlineMs }, 3_000);
    ask(false);
    expect(predicted).toEqual([15_000]);
  });

  /** Asks, and lets the process compute for three quarters of the deadline. */
  const computedFor = async (allCores: boolean) => {
    started({ deadlineMs: () => 8_000 });
    ask(allCores);
    await vi.advanceTimersByTimeAsync(4_000);
    fake.usage = { ...fake.usage, cpuSeconds: 6 };
    await vi.advanceTimersByTimeAsync(5_000);
    return fake.ended;
  };

  it('is the time of as many threads as it has: one that had the cores is ended', async () => {
    expect(await computedFor(false)).toEqual(['engine-deadline']);
  });

  it('is the time of as many threads as it has: one that got little of all cores is not', async () => {
    expect(await computedFor(true)).toEqual([]);
  });
});

describe('a process that is ended at a deadline', () => {
  it('takes no call any more from then on, before it is gone; that is told once', async () => {
    // With a voice detector: then computing says nothing about a call.
    started({ deadlineMs: () => 100, vadDir: 'nowhere', times: { backOff: 250 } });
    const seen = phases();
    const whenItFailed: (string | undefined)[] = [];
    ask(false, 10, () => whenItFailed.push(seen.at(-1)));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(fake.ended).toEqual(['engine-deadline']);
    expect(whenItFailed).toEqual(['restarting']);
    expect(await firstValueFrom(engine.state$)).toMatchObject({
      attempt: 1,
      error: { code: 'engine-deadline' },
    });
    fake.events?.ended(new DictationError('engine', 'engine-deadline', 'It took too long.'), false);
    expect(seen).toEqual(['ready', 'restarting']);
    await vi.advanceTimersByTimeAsync(250);
    load();
    expect(seen.slice(2)).toEqual(['starting', 'loading', 'ready']);
  });
});

describe('a system that starts no process', () => {
  it('is asked again after a pause', async () => {
    fake.refusal = new Error('spawn ENOMEM');
    make({ times: { backOff: 250 } });
    const seen = phases();
    engine.start();
    expect(seen).toEqual(['stopped', 'starting', 'restarting']);
    fake.refusal = undefined;
    await vi.advanceTimersByTimeAsync(250);
    load();
    expect(seen.slice(3)).toEqual(['starting', 'loading', 'ready']);
  });

  it('is given up like a process that ends over and over; start() tries anew', async () => {
    fake.refusal = new Error('spawn UNKNOWN');
    make({ times: { backOff: 1, failures: 3 } });
    const seen = phases();
    engine.start();
    await vi.advanceTimersByTimeAsync(100);
    expect(seen.slice(1)).toEqual([
      ...Array(2).fill(['starting', 'restarting']).flat(),
      'starting',
      'failed',
    ]);
    expect(await firstValueFrom(engine.state$)).toMatchObject({
      error: { code: 'engine-crashed', message: expect.stringContaining('spawn UNKNOWN') as string },
    });
    fake.refusal = undefined;
    engine.start();
    load();
    expect(seen.at(-1)).toBe('ready');
  });
});

describe('a model', () => {
  it.each<[ModelOrigin, boolean]>([
    ['downloaded', true],
    ['setting', true],
    ['embedded', false],
  ])('that is %s takes prompts: %s', (origin, takes) => {
    started({}, 100, origin);
    expect(engine.takesPrompts).toBe(takes);
  });
});
