import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { lastValueFrom, NEVER, of, throwError } from 'rxjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DictationError } from '../../../src/core/errors';
import { MicrophoneLease } from '../../../src/node/audio/microphone-lease';
import { sharedMicrophone } from '../../../src/node/audio/shared-microphone';

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
/** A changed folder is noticed at once or, where nothing tells of it, within a second; a busy machine needs longer. */
const PATIENCE = { timeout: 30_000, interval: 20 };

let scratch: string;
let folder: string;
let listeners: Listener[];
beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-lease-'));
  buildSync({
    entryPoints: [path.join(__dirname, 'lease-child.ts')],
    outfile: path.join(scratch, 'child.cjs'),
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(path.join(scratch, 'claims-'));
  listeners = [];
});
afterEach(() => {
  for (const { child } of listeners) child.kill('SIGKILL');
});

interface Listener {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has said so far. */
  readonly said: string[];
}

/** A process that claims the microphone; resolves when it has. */
async function listen(): Promise<Listener> {
  const child = spawn(process.execPath, [path.join(scratch, 'child.cjs'), folder]);
  const said: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(...chunk.toString().trim().split('\n')));
  child.stderr.on('data', (chunk: Buffer) => said.push(`stderr: ${chunk.toString()}`));
  const listener = { child, said };
  listeners.push(listener);
  await vi.waitFor(() => expect(said).toContain('claimed'), PATIENCE);
  return listener;
}

const claims = () => readdirSync(folder);

describe('the microphone of several windows', () => {
  it('goes to the last one that took it; the others notice, once', async () => {
    const first = await listen();
    const second = await listen();
    await vi.waitFor(() => expect(first.said).toEqual(['claimed', 'lost']), PATIENCE);
    const third = await listen();
    await vi.waitFor(() => expect(second.said).toEqual(['claimed', 'lost']), PATIENCE);
    expect(third.said).toEqual(['claimed']);
    expect(first.said).toEqual(['claimed', 'lost']);
  });

  it('comes back to nobody by itself, and leaves no file when all have ended', async () => {
    const first = await listen();
    const second = await listen();
    await vi.waitFor(() => expect(first.said).toContain('lost'), PATIENCE);
    second.child.stdin.end();
    await once(second.child, 'exit');
    first.child.stdin.end();
    await once(first.child, 'exit');
    expect(first.said).toEqual(['claimed', 'lost', 'released']);
    expect(claims()).toEqual([]);
  });

  it('is not kept by one that was killed: its claim counts for nothing and is removed', async () => {
    const killed = await listen();
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    expect(claims()).toHaveLength(1);
    const next = await listen();
    next.child.stdin.write('?');
    await vi.waitFor(() => expect(next.said).toEqual(['claimed', 'alone']), PATIENCE);
    expect(claims()).toHaveLength(1);
  });

  it('is told of when the former holder has let go', async () => {
    const first = await listen();
    const second = await listen();
    second.child.stdin.write('?');
    await vi.waitFor(() => expect(first.said).toContain('lost'), PATIENCE);
    expect(second.said).not.toContain('alone');
    first.child.stdin.end();
    await vi.waitFor(() => expect(second.said).toContain('alone'), PATIENCE);
  });

  it('is heard although files in the folder are not claims', async () => {
    writeFileSync(path.join(folder, 'broken.json'), '{');
    writeFileSync(path.join(folder, 'other.json'), '{"turn":"9"}');
    const listener = await listen();
    listener.child.stdin.write('?');
    await vi.waitFor(() => expect(listener.said).toEqual(['claimed', 'alone']), PATIENCE);
    expect(claims()).toContain('broken.json');
  });

  it('is heard although the folder cannot be used', () => {
    const warnings: string[] = [];
    const file = path.join(folder, 'a-file');
    writeFileSync(file, '');
    const onLost = vi.fn();
    const log = { ...silent, warn: (text: string) => void warnings.push(text) };
    const lease = new MicrophoneLease({ folder: path.join(file, 'claims'), log, onLost });
    lease.dispose();
    expect(warnings).toHaveLength(1);
    expect(onLost).not.toHaveBeenCalled();
  });
});

describe('a shared microphone', () => {
  const busy = () => new DictationError('microphone', 'microphone-unavailable', 'It is in use.');
  const options = () => ({ folder, log: silent, onLost: () => {} });

  it('is claimed as long as somebody listens', () => {
    const shared = sharedMicrophone({ name: 'microphone', frames$: NEVER }, options());
    expect(claims()).toEqual([]);
    const listening = shared.frames$.subscribe();
    expect(claims()).toHaveLength(1);
    listening.unsubscribe();
    expect(claims()).toEqual([]);
  });

  it('that only one program can use is tried again when the former holder has let go', async () => {
    const first = await listen();
    let tries = 0;
    const frame = { start: 0, samples: new Float32Array(512) };
    const source = { name: 'microphone', frames$: of(0) };
    const exclusive = {
      ...source,
      get frames$() {
        tries += 1;
        return tries === 1 ? throwError(busy) : of(frame);
      },
    };
    const heard = lastValueFrom(sharedMicrophone(exclusive, options()).frames$);
    await vi.waitFor(() => expect(first.said).toContain('lost'), PATIENCE);
    expect(tries).toBe(1);
    first.child.stdin.end();
    expect(await heard).toBe(frame);
  });

  it('that nobody else holds fails at once', async () => {
    const broken = { name: 'microphone', frames$: throwError(busy) };
    const failure = lastValueFrom(sharedMicrophone(broken, options()).frames$);
    await expect(failure).rejects.toMatchObject({ code: 'microphone-unavailable' });
    expect(claims()).toEqual([]);
  });
});
