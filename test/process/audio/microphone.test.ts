import { readFileSync } from 'node:fs';
import path from 'node:path';
import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isDictationError, type DictationError } from '../../../src/core/errors';
import { createMicrophone, type MicrophoneOptions } from '../../../src/node/audio/microphone';
import { fakeRecorders, isRunning, type FakeRecorders } from './fake-recorders';

const log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };
const ALSA_BUSY = 'arecord: main:831: audio open error: Device or resource busy';
const SOX_NO_SERVER =
  "sox FAIL formats: can't open input `default': can not open audio device: Connection refused";
/** Speaks a rising count of 16-bit samples, a frame every 10 ms, for ever. */
const HEALTHY = `
  let n = 0;
  setInterval(() => {
    const bytes = Buffer.alloc(1024);
    for (let i = 0; i < 512; i++) bytes.writeInt16LE((n++ % 1000), i * 2);
    speak(bytes);
  }, 10);`;

let fakes: FakeRecorders | undefined;
afterEach(() => fakes?.remove());

async function microphone(
  bodies: Parameters<typeof fakeRecorders>[0],
  options: Partial<MicrophoneOptions> = {},
) {
  fakes?.remove();
  fakes = fakeRecorders(bodies);
  return createMicrophone({ log, host: fakes.host, ...options });
}
async function failure(frames: Promise<unknown>): Promise<DictationError> {
  const error = await frames.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (!isDictationError(error)) throw error;
  return error;
}
const gone = (pid: number) => vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000 });

/** The fakes are scripts that name their interpreter, which Windows does not start as programs. */
const itRecords = it.skipIf(process.platform === 'win32');

describe('createMicrophone', () => {
  it('refuses with an install command when no program is there', async () => {
    const error = await failure(microphone({}));
    expect([error.area, error.code]).toEqual(['microphone', 'recorder-missing']);
    expect(error.hint).toMatch(/install/i);
    const wanted = await failure(microphone({ sox: '' }, { program: 'arecord' }));
    expect(wanted.message).toContain('"arecord"');
  });

  itRecords('cuts gap-free frames, starting at 0 with every subscription, whatever the chunks', async () => {
    const source = await microphone({
      arecord: `
        const all = Buffer.alloc(2 * 512 * 6);
        for (let i = 0; i < all.length / 2; i++) all.writeInt16LE(i, i * 2);
        let at = 0;
        const timer = setInterval(() => {
          speak(all.subarray(at, (at += 333)));
          if (at >= all.length) { clearInterval(timer); setInterval(() => speak(Buffer.alloc(1024)), 50); }
        }, 1);`,
    });
    expect(source.name).toBe('microphone (arecord)');
    for (let round = 0; round < 2; round++) {
      const frames = await lastValueFrom(source.frames$.pipe(take(6), toArray()));
      expect(frames.map(({ start }) => start)).toEqual([0, 512, 1024, 1536, 2048, 2560]);
      const heard = frames.flatMap(({ samples }) => [...samples].map((sample) => sample * 32_768));
      expect(heard).toEqual(Array.from({ length: 512 * 6 }, (_, i) => i));
    }
  });

  itRecords('asks for 16 kHz mono raw audio in English, with the device as one argument', async () => {
    const source = await microphone(
      {
        arecord: `note('call', JSON.stringify({ args: process.argv.slice(2), env: process.env }));${HEALTHY}`,
      },
      { device: 'hw:1,0; touch /tmp/x' },
    );
    await firstValueFrom(source.frames$);
    const call: unknown = JSON.parse(readFileSync(path.join(fakes?.folder ?? '', 'call'), 'utf8'));
    expect(call).toMatchObject({
      args: expect.arrayContaining(['-r', '16000', '-c', '1', '-t', 'raw', '-f', 'S16_LE']),
      env: { LC_ALL: 'C', PULSE_SOURCE: 'hw:1,0; touch /tmp/x' },
    });
  });

  itRecords('ends the recorder when nobody listens any more', async () => {
    const source = await microphone({ arecord: HEALTHY });
    await firstValueFrom(source.frames$);
    const [pid = 0] = (await fakes?.pids()) ?? [];
    await gone(pid);
  });

  itRecords('ends a recorder that ignores SIGTERM', async () => {
    const source = await microphone({
      arecord: `process.on('SIGTERM', () => {}); process.stdout.on('error', () => {});${HEALTHY}`,
    });
    await firstValueFrom(source.frames$);
    const [pid = 0] = (await fakes?.pids()) ?? [];
    expect(isRunning(pid)).toBe(true);
    await gone(pid);
  });

  itRecords('tries the next way when one fails at once', async () => {
    const source = await microphone({
      arecord: `complain(${JSON.stringify(ALSA_BUSY)}); process.exitCode = 1;`,
      sox: `if (process.env.AUDIODRIVER !== 'alsa') { complain(${JSON.stringify(SOX_NO_SERVER)}); process.exitCode = 2; } else {${HEALTHY}}`,
    });
    const frame = await firstValueFrom(source.frames$);
    expect(frame.start).toBe(0);
    expect(await fakes?.pids()).toHaveLength(4);
  });

  itRecords('fails as the most telling way failed', async () => {
    const source = await microphone({
      arecord: `complain(${JSON.stringify(ALSA_BUSY)}); process.exitCode = 1;`,
      sox: `complain(${JSON.stringify(SOX_NO_SERVER)}); process.exitCode = 2;`,
    });
    const error = await failure(lastValueFrom(source.frames$));
    expect(error.code).toBe('microphone-unavailable');
    expect(error.message).toContain('in use by another program');
    expect(error.cause).toMatchObject({ message: expect.stringContaining(ALSA_BUSY) });
  });

  itRecords('reports a recorder that dies in the middle, with what it said', async () => {
    const source = await microphone({
      arecord: `speak(Buffer.alloc(1024)); setTimeout(() => { complain('arecord: pcm_read:2221: read error: No such device'); process.exit(1); }, 200);`,
    });
    const error = await failure(lastValueFrom(source.frames$));
    expect(error.code).toBe('recorder-died');
    expect(error.message).not.toContain('pcm_read');
    expect(error.cause).toMatchObject({ message: expect.stringContaining('read error: No such device') });
  });

  itRecords('reports one that ends in the middle as if all were well, and one that was killed', async () => {
    const quiet = await microphone({ arecord: `speak(Buffer.alloc(1024));` });
    expect((await failure(lastValueFrom(quiet.frames$))).code).toBe('recorder-died');
    fakes?.remove();
    const killed = await microphone({
      arecord: `speak(Buffer.alloc(1024), () => process.kill(process.pid, 'SIGKILL'));`,
    });
    expect((await failure(lastValueFrom(killed.frames$))).message).toMatch(/SIGKILL/);
  });

  itRecords('reports one that hangs, and ends it', async () => {
    const source = await microphone({ arecord: 'setInterval(() => {}, 1000);' });
    const error = await failure(lastValueFrom(source.frames$));
    expect(error.code).toBe('microphone-stalled');
    const [pid = 0] = (await fakes?.pids()) ?? [];
    await gone(pid);
  });

  itRecords('survives a program that cannot be started at all', async () => {
    const source = await microphone({ arecord: HEALTHY });
    fakes?.remove();
    const error = await failure(lastValueFrom(source.frames$));
    expect([error.code, error.message]).toEqual([
      'microphone-unavailable',
      expect.stringContaining('ENOENT'),
    ]);
    const nul = await microphone({ arecord: HEALTHY }, { device: 'a\0b' });
    expect((await failure(lastValueFrom(nul.frames$))).code).toBe('microphone-unavailable');
  });
});
