import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { firstValueFrom } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineState } from '../../../src/core/ports';
import type { EngineOptions } from '../../../src/node/engine/options';
import { superviseEngine } from '../../../src/node/engine/supervisor';
import { embeddedModel, engineOptions, reached, requestFor } from '../../support/engines';
import { firstTensor, twistedModel } from '../../support/twisted-model';

describe('an engine that cannot load', () => {
  let folder: string;
  let engine: Engine | undefined;

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'engine-load-'));
  });
  afterEach(() => engine?.dispose());
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  /** Starts an engine and returns its states up to the failure. */
  async function failing(options: EngineOptions): Promise<EngineState[]> {
    const states: EngineState[] = [];
    engine = superviseEngine(options);
    engine.state$.subscribe((state) => states.push(state));
    engine.start();
    await reached(engine, 'failed');
    return states;
  }

  function modelFile(name: string, bytes: Buffer): string {
    const file = path.join(folder, name);
    fs.writeFileSync(file, bytes);
    return file;
  }

  const whole = fs.readFileSync(embeddedModel('fast'));

  it.each([
    ['no file', undefined, 'model-missing'],
    ['an empty file', Buffer.alloc(0), 'model-corrupt'],
    [
      'a random file',
      Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * i * 31) % 251)),
      'model-corrupt',
    ],
    ['half a file', whole.subarray(0, whole.length / 2), 'model-corrupt'],
    ['a file cut right after its header', whole.subarray(0, firstTensor(whole)), 'model-corrupt'],
    ['a file that lacks its last byte', whole.subarray(0, -1), 'model-corrupt'],
  ])('says so for %s, at once and for good', async (name, bytes, code) => {
    const file = bytes ? modelFile(`${code}.bin`, bytes) : path.join(folder, 'nowhere.bin');
    const states = await failing(engineOptions('fast', file));
    expect(
      states.map((state) => state.phase),
      name,
    ).toEqual(['stopped', 'starting', 'loading', 'failed']);
    expect(states.at(-1)).toMatchObject({
      error: { area: 'model', code, hint: expect.stringContaining('another') },
    });
    await expect(firstValueFrom(engine!.transcribe(requestFor('fast', 512)))).rejects.toMatchObject({
      code: 'engine-unavailable',
    });
  });

  it('survives a model that only whisper.cpp itself can tell to be wrong', async () => {
    const options = engineOptions('fast', modelFile('twisted.bin', twistedModel(whole)));
    const states = await failing({ ...options, times: { backOff: 1, failures: 2 } });
    expect(states.filter((state) => state.phase === 'restarting')).toHaveLength(1);
    expect(states.at(-1)).toMatchObject({ error: { area: 'model', code: 'model-refused' } });
    expect(options.log.chatter.join('\n')).toContain('wrong shape');
  });

  it('names what is missing of the product', async () => {
    const options = engineOptions('fast');
    expect((await failing({ ...options, nativeDir: folder })).at(-1)).toMatchObject({
      error: { area: 'engine', code: 'addon', hint: expect.stringContaining('nstall') },
    });
    await engine?.dispose();
    expect((await failing({ ...options, vadDir: folder })).at(-1)).toMatchObject({ error: { code: 'vad' } });
  });

  it('is tried again a few times when its process dies, then given up; start() tries anew', async () => {
    const entry = path.join(folder, 'dies.js');
    fs.writeFileSync(entry, 'process.exit(3)');
    const options = engineOptions('heavy');
    const states = await failing({ ...options, entry, times: { backOff: 1, failures: 3 } });
    expect(states.map((state) => state.phase)).toEqual([
      'stopped',
      'starting',
      'restarting',
      'starting',
      'restarting',
      'starting',
      'failed',
    ]);
    expect(states.at(-1)).toMatchObject({
      error: { code: 'engine-crashed', message: expect.stringContaining('3') },
    });
    engine?.start();
    await reached(engine!, 'restarting');
  });

  it('is given up when no process can be started at all', async () => {
    const options = engineOptions('heavy');
    // Node throws for such a name, as it does where memory is short.
    const states = await failing({ ...options, entry: 'no\0name.js', times: { backOff: 1, failures: 2 } });
    expect(states.map((state) => state.phase)).toEqual([
      'stopped',
      'starting',
      'restarting',
      'starting',
      'failed',
    ]);
  });

  it('is ended when it never answers, and when it answers but never loads', async () => {
    const options = engineOptions('heavy');
    const mute = path.join(folder, 'mute.js');
    fs.writeFileSync(mute, "process.on('message', () => {})");
    const times = { backOff: 1, failures: 1, handshake: 300, load: 300 };
    expect((await failing({ ...options, entry: mute, times })).at(-1)).toMatchObject({
      error: { code: 'engine-stalled', message: expect.stringContaining('did not answer') },
    });
    await engine?.dispose();
    const lazy = path.join(folder, 'lazy.js');
    fs.writeFileSync(lazy, "process.on('message', () => process.send({ type: 'ready', version: 1 }))");
    const slow = { ...times, handshake: 30_000 };
    expect((await failing({ ...options, entry: lazy, times: slow })).at(-1)).toMatchObject({
      error: { code: 'engine-stalled', message: expect.stringContaining('load') },
    });
  });

  it('was told its model and its threads', async () => {
    const entry = path.join(folder, 'tells.js');
    fs.writeFileSync(
      entry,
      `process.on('message', (hello) => {
         if (hello.type !== 'hello') return;
         process.send({ type: 'log', level: 'info', message: JSON.stringify(hello) });
         process.send({ type: 'load-failed', code: 'internal', message: 'enough' });
       })`,
    );
    const options = { ...engineOptions('heavy'), entry, threads: 3, finalThreads: 4 };
    await failing({ ...options, times: { failures: 1 } });
    const told = options.log.lines.find((line) => line.includes('hello')) ?? '';
    expect(JSON.parse(told.slice(told.indexOf('{')))).toMatchObject({
      role: 'heavy',
      modelPath: options.model.path,
      vadDir: null,
      threads: 3,
      finalThreads: 4,
    });
  });

  it('survives a process that talks nonsense', async () => {
    const entry = path.join(folder, 'babbles.js');
    fs.writeFileSync(
      entry,
      `process.send({ type: 'sing' }); process.send('la');
       process.send({ type: 'load-failed', code: 'internal', message: 'enough' });
       process.on('message', () => {})`,
    );
    const options = engineOptions('fast');
    await failing({ ...options, entry, times: { failures: 1 } });
    expect(options.log.lines.filter((line) => line.includes('malformed'))).toHaveLength(2);
  });
});
