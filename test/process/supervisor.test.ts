import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { firstValueFrom, retry } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DictationError } from '../../src/core/errors';
import type { Hypothesis } from '../../src/core/model';
import type { Engine, EngineState } from '../../src/core/ports';
import type { EngineOptions } from '../../src/node/engine/options';
import { superviseEngine, type Supervised } from '../../src/node/engine/supervisor';
import { wordErrors } from '../../src/core/measure/wer';
import { engineOptions, pushAll, reached, recording, requestFor } from '../support/engines';
import { isAlive } from '../support/processes';

/** How the system tells of a process that was killed: Windows knows no signals. */
const KILLED = process.platform === 'win32' ? 'exit code 1' : 'SIGKILL';

/** Polls: the end of another process is not an event here. */
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(20);
}

describe('a supervised engine', () => {
  let engine: Engine & Supervised;
  let states: EngineState[];

  function start(options: EngineOptions): void {
    engine = superviseEngine(options);
    states = [];
    engine.state$.subscribe((state) => states.push(state));
    engine.start();
  }
  afterEach(() => engine.dispose());

  /** Loading is told many times, with how far it has come. */
  const phases = () =>
    states.map((state) => state.phase).filter((phase, index, all) => phase !== all[index - 1]);
  /** A process is gone before its supervisor hears of it: until then, the state is still that of the old one. */
  const restarted = async (): Promise<void> => {
    while (!phases().includes('restarting')) await sleep(5);
    await reached(engine, 'ready');
  };
  const ask = (end: number): Promise<Hypothesis> =>
    firstValueFrom(engine.transcribe(requestFor('heavy', end)));

  it('tells how much of its model is loaded, in steps', async () => {
    start(engineOptions('heavy'));
    await reached(engine, 'ready');
    expect(phases()).toEqual(['stopped', 'starting', 'loading', 'ready']);
    const shares = states.flatMap((state) => (state.phase === 'loading' ? [state.progress ?? 0] : []));
    expect(shares.length).toBeGreaterThan(4);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBeGreaterThan(0.8);
    expect(shares.at(-1)).toBeLessThan(1);
  });

  it.each(['starting', 'loading'] as const)('comes back when it is killed while %s', async (phase) => {
    start(engineOptions('heavy'));
    await reached(engine, phase);
    const pid = engine.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    const result = await ask(pushAll(engine, recording('t01').samples));
    expect(wordErrors(recording('t01').text, result.text).rate).toBeLessThan(0.3);
    const before = phase === 'loading' ? ['starting', 'loading'] : ['starting'];
    expect(phases()).toEqual(['stopped', ...before, 'restarting', 'starting', 'loading', 'ready']);
    expect(isAlive(pid)).toBe(false);
  });

  it('fails the call that runs when it is killed, and finds its audio when the call is made again', async () => {
    start(engineOptions('heavy'));
    await reached(engine, 'ready');
    engine.reset();
    // Older audio than the ring holds, so that the positions of the retry matter.
    const before = pushAll(engine, new Float32Array(512 * 1_200));
    const { samples, text } = recording('t01');
    const end = pushAll(engine, samples, before);
    const errors: DictationError[] = [];
    const request = requestFor('heavy', end, before);
    const result = firstValueFrom(
      engine.transcribe(request).pipe(
        retry({
          delay: (error: DictationError) => {
            errors.push(error);
            return Promise.resolve();
          },
        }),
      ),
    );
    process.kill(engine.pid ?? 0, 'SIGKILL');
    expect(wordErrors(text, (await result).text).rate).toBeLessThan(0.3);
    expect(errors.map((error) => error.code)).toEqual(['engine-crashed']);
    expect(states.filter((state) => state.phase === 'restarting')).toMatchObject([
      { attempt: 1, error: { code: 'engine-crashed', message: expect.stringContaining(KILLED) } },
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'ends a process that hangs in a call, at the deadline',
    async () => {
      start({ ...engineOptions('heavy'), deadlineMs: () => 300 });
      await reached(engine, 'ready');
      const end = pushAll(engine, recording('t01').samples);
      const pid = engine.pid ?? 0;
      // Nothing moves in a stopped process: neither its threads nor its event loop.
      process.kill(pid, 'SIGSTOP');
      await expect(ask(end)).rejects.toMatchObject({ code: 'engine-deadline' });
      await gone(pid);
      await restarted();
      expect(engine.pid).not.toBe(pid);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'ends a process that hangs without a call, by its pings',
    async () => {
      start({ ...engineOptions('heavy'), times: { pingInterval: 50, missedPings: 40 } });
      await reached(engine, 'ready');
      const pid = engine.pid ?? 0;
      process.kill(pid, 'SIGSTOP');
      expect(await reached(engine, 'restarting')).toMatchObject({ error: { code: 'engine-stalled' } });
      await gone(pid);
      await reached(engine, 'ready');
    },
  );

  it('gives up when one process after the other dies, and starts anew when asked', async () => {
    start({ ...engineOptions('heavy'), times: { backOff: 1, failures: 2 } });
    for (let i = 0; i < 2; i += 1) {
      await reached(engine, 'ready');
      process.kill(engine.pid ?? 0, 'SIGKILL');
      while (states.at(-1)?.phase === 'ready') await sleep(5);
    }
    expect(states.at(-1)).toMatchObject({ phase: 'failed', error: { code: 'engine-crashed' } });
    await expect(ask(512)).rejects.toMatchObject({ code: 'engine-unavailable' });
    engine.start();
    await reached(engine, 'ready');
  });

  it('forgets its failures with a success', async () => {
    start({ ...engineOptions('heavy'), times: { backOff: 1, failures: 2 } });
    const end = pushAll(engine, recording('t02').samples);
    for (let i = 0; i < 3; i += 1) {
      await ask(end);
      process.kill(engine.pid ?? 0, 'SIGKILL');
      while (states.at(-1)?.phase === 'ready') await sleep(5);
    }
    expect(phases()).not.toContain('failed');
    const restarts = states.filter((state) => state.phase === 'restarting');
    expect(restarts.map((state) => state.attempt)).toEqual([1, 1, 1]);
  });

  it('leaves no process when disposed, whatever it is doing', async () => {
    const pids: number[] = [];
    start(engineOptions('heavy'));
    pids.push(engine.pid ?? 0);
    await engine.dispose(); // while it starts
    start(engineOptions('heavy'));
    const end = pushAll(engine, recording('t06').samples);
    await reached(engine, 'ready');
    pids.push(engine.pid ?? 0);
    const call = ask(end).catch((error: DictationError) => error.code);
    await engine.dispose(); // in the middle of a call
    expect(await call).toBe('engine-unavailable');
    expect(pids.map(isAlive)).toEqual([false, false]);
    expect(phases().at(-1)).toBe('stopped');
    engine.start();
    expect(engine.pid).toBeUndefined();
    await expect(ask(end)).rejects.toMatchObject({ code: 'engine-unavailable' });
  });

  it.skipIf(process.platform === 'win32')('ends even a stopped process when disposed', async () => {
    start({ ...engineOptions('heavy'), times: { endGrace: 50 } });
    await reached(engine, 'ready');
    const pid = engine.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await engine.dispose();
    expect(isAlive(pid)).toBe(false);
  });

  it('runs the heavy model below the priority of the rest', async () => {
    start(engineOptions('heavy'));
    expect(os.getPriority(engine.pid)).toBeGreaterThan(os.getPriority());
    const normal = superviseEngine(engineOptions('fast'));
    normal.start();
    expect(os.getPriority(normal.pid)).toBe(os.getPriority());
    await normal.dispose();
  });
});

describe('an engine whose parent is killed', () => {
  let folder: string;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'orphan-'));
    await build({
      entryPoints: [path.join(__dirname, '..', 'support', 'engine-parent.ts')],
      outfile: path.join(folder, 'parent.js'),
      bundle: true,
      platform: 'node',
      logLevel: 'silent',
    });
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it.each(['idle', 'in-call'])('ends by itself (%s), and leaves nothing in its home', async (mode) => {
    const home = path.join(folder, `home-${mode}`);
    fs.mkdirSync(home);
    const parent = fork(
      path.join(folder, 'parent.js'),
      [mode, JSON.stringify(engineOptions('heavy').model)],
      {
        env: { ...process.env, HOME: home, USERPROFILE: home },
        execArgv: [],
      },
    );
    const child = await new Promise<number>((resolve, reject) => {
      parent.on('message', (pid) => resolve(Number(pid)));
      parent.on('exit', () => reject(new Error('the parent ended early')));
    });
    expect(isAlive(child)).toBe(true);
    parent.removeAllListeners('exit');
    parent.kill('SIGKILL');
    await gone(child);
    expect(fs.readdirSync(home)).toEqual([]);
  });
});
