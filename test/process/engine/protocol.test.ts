import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FromEngine, PROTOCOL_VERSION, parseFromEngine } from '../../../src/protocol/messages';
import { ENGINE_ENTRY, NATIVE_DIR, embeddedModel } from '../../support/engines';

const HELLO = {
  type: 'hello',
  version: PROTOCOL_VERSION,
  role: 'fast',
  modelPath: embeddedModel('fast'),
  vadDir: null,
  nativeDir: NATIVE_DIR,
  threads: 1,
  finalThreads: 1,
};
const CALL = {
  type: 'transcribe',
  callId: 7,
  epoch: 0,
  range: { start: 0, end: 512 },
  allCores: false,
  language: 'en',
  prompt: '',
  timestamps: false,
};

describe('the engine process on the wire', () => {
  let child: ChildProcess;
  let received: FromEngine[];
  let waiting: (() => void)[];

  beforeEach(() => {
    received = [];
    waiting = [];
    child = fork(ENGINE_ENTRY, [], { serialization: 'advanced', execArgv: [], silent: true });
    child.on('message', (raw) => {
      const parsed = parseFromEngine(raw);
      if (!parsed.ok) throw new Error(parsed.problem);
      received.push(parsed.message);
      for (const look of waiting) look();
    });
  });
  afterEach(() => child.kill('SIGKILL'));

  /** Resolves with the first message of this type. */
  const message = (type: FromEngine['type']): Promise<FromEngine> =>
    new Promise((resolve) => {
      const look = () => {
        const found = received.find((other) => other.type === type);
        if (found) resolve(found);
      };
      waiting.push(look);
      look();
    });

  it('says hello once, however often it is greeted', async () => {
    child.send(HELLO);
    child.send(HELLO);
    const loaded = await message('loaded');
    // The model has worked already: on two seconds of silence.
    expect(loaded).toMatchObject({ warmupAudioMs: 2_000 });
    expect(loaded.type === 'loaded' && loaded.warmupMs).toBeGreaterThan(0);
    child.send({ type: 'ping', id: 5 });
    await message('pong');
    const others = received.map((other) => other.type).filter((type) => type !== 'loading');
    expect(others).toEqual(['ready', 'loaded', 'pong']);
  });

  it('refuses a product of another version', async () => {
    child.send({ ...HELLO, version: PROTOCOL_VERSION + 1 });
    expect(await message('load-failed')).toMatchObject({ code: 'protocol' });
  });

  it('reports malformed messages and goes on', async () => {
    child.send({ ...CALL, range: 'all of it' });
    expect(await message('log')).toMatchObject({ level: 'error', message: expect.stringContaining('range') });
    child.send({ type: 'ping', id: 3 });
    expect(await message('pong')).toMatchObject({ id: 3 });
  });

  it('answers a call that comes too early, or that belongs to an older session', async () => {
    child.send(CALL);
    expect(await message('call-failed')).toMatchObject({ callId: 7, code: 'not-loaded' });
    received = [];
    child.send({ type: 'reset', epoch: 2, voiceFrom: 0 });
    child.send({ ...CALL, epoch: 1 });
    expect(await message('call-failed')).toMatchObject({ code: 'audio-gone' });
  });

  it('leaves when it is told to', async () => {
    child.send(HELLO);
    await message('loaded');
    const exit = new Promise((resolve) => child.on('exit', resolve));
    child.send({ type: 'end' });
    await exit;
  });

  it('explains itself when a person starts it', () => {
    const run = spawnSync(process.execPath, [ENGINE_ENTRY], { encoding: 'utf8' });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('started by the product');
  });
});
