import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { lastValueFrom, reduce } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { rmsOf } from '../../../src/core/audio/levels';
import { FRAME_SAMPLES } from '../../../src/core/units';
import { openWavFile } from '../../../src/node/audio/wav-file';
import {
  isInstalled,
  missingForVirtualMicrophone,
  startVirtualMicrophone,
  type VirtualMicrophone,
} from '../../support/virtual-microphone';
import { isRunning } from './fake-recorders';

const RECORDING = path.join(__dirname, '../../fixtures/recordings/t01.wav');
const PROGRAMS = ['auto', 'sox', 'rec', 'arecord'];
const missing = [
  ...missingForVirtualMicrophone(),
  ...(isInstalled('arecord') ? [] : ['alsa-utils libasound2-plugins']),
];
if (missing.length > 0)
  console.warn(
    `SKIPPED: the real microphone tests. Install: apt-get install ${missing.join(' ')} libsox-fmt-pulse`,
  );

interface Heard {
  readonly start?: number;
  readonly rms?: number;
  readonly error?: string;
}

describe.skipIf(missing.length > 0)('the bundled microphone hears a real sound server', () => {
  let folder: string;
  let bundle: string;
  let microphone: VirtualMicrophone;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-listen-'));
    bundle = path.join(folder, 'listen.js');
    // Bundled as the product is: node-record-lpcm16 loads its recorders in a way that bundling breaks.
    await build({
      entryPoints: [path.join(__dirname, 'listen.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
    microphone = await startVirtualMicrophone({ hiss: true });
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(async () => {
    await microphone?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the listener and waits until it hears something (or has failed). */
  async function listen(program: string, env: Record<string, string> = microphone.env) {
    const listener = spawn(process.execPath, [bundle, program], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(listener);
    const heard: Heard[] = [];
    const lines = createInterface(listener.stdout);
    lines.on('line', (line) => heard.push(JSON.parse(line)));
    await once(lines, 'line');
    const below = `/proc/${listener.pid}/task/${listener.pid}/children`;
    const recorders = (existsSync(below) ? readFileSync(below, 'utf8') : '')
      .split(' ')
      .filter(Boolean)
      .map(Number);
    return { listener, heard, recorder: recorders[0] ?? 0 };
  }

  it('hears what is played, through auto, sox, rec and arecord, and each ends cleanly', async () => {
    const listening = await Promise.all(PROGRAMS.map((program) => listen(program)));
    for (const { recorder } of listening) expect(isRunning(recorder)).toBe(true);
    await microphone.play(RECORDING);
    const spoken = await loudnessOf(RECORDING);
    await Promise.all(
      listening.map(async ({ listener, heard, recorder }, index) => {
        // What is still on its way: up to a quarter of a second.
        const frames = heard.length;
        await vi.waitFor(() => expect(heard.length).toBeGreaterThan(frames + 16), { timeout: 20_000 });
        listener.stdin.end();
        expect(await once(listener, 'exit'), PROGRAMS[index]).toEqual([0, null]);
        expect(isRunning(recorder), PROGRAMS[index]).toBe(false);
        expect(
          heard.map(({ start }) => start),
          PROGRAMS[index],
        ).toEqual(heard.map((_, i) => i * 512));
        const agreement = spoken.map((pattern) =>
          bestCorrelation(
            heard.map(({ rms = 0 }) => rms),
            pattern,
          ),
        );
        expect(Math.max(...agreement), PROGRAMS[index]).toBeGreaterThan(0.95);
      }),
    );
  });

  it('leaves no recorder behind when the listening process is killed', async () => {
    for (const program of ['arecord', 'sox']) {
      const { listener, recorder } = await listen(program);
      listener.kill('SIGKILL');
      await vi.waitFor(() => expect(isRunning(recorder)).toBe(false), { timeout: 20_000 });
    }
  });

  it('reports a sound server that goes away, and one that is not there', async () => {
    const other = await startVirtualMicrophone();
    const { listener, heard } = await listen('auto', other.env);
    const ended = once(listener, 'exit');
    await other.stop();
    expect((await ended)[0]).toBe(3);
    expect(heard.at(-1)?.error).toBe('recorder-died');
    // Its environment still names the socket that is gone.
    const nowhere = await listen('sox', other.env);
    expect(nowhere.heard).toEqual([{ error: 'microphone-unavailable' }]);
  });
});

/** RMS of each frame of a recording; frames are cut at other places than in the file: a few to try. */
async function loudnessOf(file: string): Promise<number[][]> {
  const { frames$ } = await openWavFile(file, { pace: 'max' });
  const samples = Float32Array.from(
    await lastValueFrom(frames$.pipe(reduce((all: number[], frame) => all.concat([...frame.samples]), []))),
  );
  return Array.from({ length: 8 }, (_, phase) => loudness(samples.subarray(phase * (FRAME_SAMPLES / 8))));
}

/** RMS of each whole frame. */
function loudness(samples: Float32Array): number[] {
  return Array.from({ length: Math.floor(samples.length / FRAME_SAMPLES) }, (_, i) =>
    rmsOf(samples.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES)),
  );
}

/** Highest normalised correlation of `pattern` with a stretch of `signal`, −1…1. */
function bestCorrelation(signal: readonly number[], pattern: readonly number[]): number {
  const offsets = Array.from(
    { length: Math.max(0, signal.length - pattern.length) + 1 },
    (_, offset) => offset,
  );
  return Math.max(
    ...offsets.map((offset) => correlation(signal.slice(offset, offset + pattern.length), pattern)),
  );
}
function correlation(a: readonly number[], b: readonly number[]): number {
  const centred = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [x, y] = [centred(a), centred(b)];
  const dot = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, i) => sum + value * (q[i] ?? 0), 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}
