import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { firstValueFrom, lastValueFrom, take, tap, toArray } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WaveFile } from 'wavefile';
import { rmsOf } from '../../../src/core/audio/levels';
import { isDictationError } from '../../../src/core/errors';
import { openWavFile, type WavFileOptions } from '../../../src/node/audio/wav-file';

const MAX: WavFileOptions = { pace: 'max' };
const RECORDING = path.join(__dirname, '../../fixtures/recordings/t01.wav');
const SECONDS = 0.5;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-wav-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function save(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}
/** A 440 Hz tone of amplitude 0.5 at a bit depth, in all channels alike. */
function toneFile(rate: number, depth: string, channels: number): Uint8Array {
  const scale = { '8': 127, '16': 32_767, '24': 8_388_607, '32': 2_147_483_647 }[depth] ?? 1;
  const tone = Float64Array.from(
    { length: rate * SECONDS },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / rate) * scale,
  );
  const samples =
    depth === '8'
      ? tone.map((sample) => Math.round(sample + 128))
      : depth === '32f' || depth === '64'
        ? tone
        : tone.map(Math.round);
  const wav = new WaveFile();
  wav.fromScratch(
    channels,
    rate,
    depth,
    channels === 1 ? samples : Array.from({ length: channels }, () => samples),
  );
  return wav.toBuffer();
}
async function heard(file: string): Promise<Float32Array> {
  const source = await openWavFile(file, MAX);
  const frames = await lastValueFrom(source.frames$.pipe(toArray()));
  frames.forEach(({ start }, i) => expect(start).toBe(i * 512));
  return Float32Array.from(frames.flatMap(({ samples }) => [...samples]));
}
function expectTone(samples: Float32Array, tolerance = 0.003): void {
  expect(samples.length).toBe(Math.ceil((16_000 * SECONDS) / 512) * 512);
  const error = samples
    .subarray(500, 7_500)
    .map((sample, i) => sample - 0.5 * Math.sin((2 * Math.PI * 440 * (i + 500)) / 16_000));
  expect(rmsOf(error)).toBeLessThan(tolerance);
}

describe('openWavFile', () => {
  it.each([
    [16_000, '16', 1],
    [16_000, '8', 1],
    [48_000, '16', 2],
    [44_100, '24', 2],
    [44_100, '32', 1],
    [48_000, '32f', 6],
    [96_000, '64', 1],
    [8_000, '16', 1],
    [22_050, '16', 2],
  ])('hears a tone at %i Hz, %s bit, %i channels', async (rate, depth, channels) => {
    expectTone(await heard(save(`${rate}-${depth}-${channels}.wav`, toneFile(rate, depth, channels))), 0.006);
  });

  it.each(['8a', '8m'])('hears telephone codes (%s)', async (code) => {
    const wav = new WaveFile(toneFile(8_000, '16', 1));
    if (code === '8a') wav.toALaw();
    else wav.toMuLaw();
    expectTone(await heard(save(`${code}.wav`, wav.toBuffer())), 0.02);
  });

  it('averages channels', async () => {
    const wav = new WaveFile();
    wav.fromScratch(2, 16_000, '16', [new Int16Array(1_024).fill(16_384), new Int16Array(1_024)]);
    const samples = await heard(save('half.wav', wav.toBuffer()));
    expect(samples[100]).toBeCloseTo(0.25, 3);
  });

  it('steps over other chunks, odd ones with their padding', async () => {
    const plain = Buffer.from(toneFile(16_000, '16', 1));
    const odd = Buffer.from('LIST\x05\0\0\0abcde\0', 'latin1');
    expectTone(
      await heard(save('list.wav', Buffer.concat([plain.subarray(0, 12), odd, plain.subarray(12)]))),
    );
  });

  it('plays what there is of a file that is cut off or never was finished', async () => {
    const whole = Buffer.from(toneFile(16_000, '16', 1));
    expect((await heard(save('cut.wav', whole.subarray(0, 44 + 5_001)))).length).toBe(
      Math.ceil(2_500 / 512) * 512,
    );
    for (const size of [0, 0xffffffff]) {
      whole.writeUInt32LE(size, 40);
      expectTone(await heard(save('unfinished.wav', whole)));
    }
  });

  it('gives a real recording back sample by sample', async () => {
    const samples = await heard(RECORDING);
    const original = new WaveFile(
      new Uint8Array((await import('node:fs')).readFileSync(RECORDING)),
    ).getSamples();
    const error = Float32Array.from(original, (sample, i) => sample / 32_768 - (samples[i] ?? 0));
    expect(rmsOf(error)).toBeLessThan(1e-4);
    expect(rmsOf(samples)).toBeGreaterThan(0.01);
  });

  it.each([
    ['missing.wav', undefined, /does not exist/],
    ['empty.wav', Buffer.alloc(0), /it is empty/],
    ['text.wav', Buffer.from('Not a recording, only a line of text.'), /not a WAV file/],
    ['stub.wav', Buffer.from('RIFF'), /cut off/],
    ['header.wav', () => Buffer.from(toneFile(16_000, '16', 1)).subarray(0, 30), /cut off/],
    ['silent.wav', () => Buffer.from(toneFile(16_000, '16', 1)).subarray(0, 44), /no audio/],
    ['zero.wav', () => patched(24, 0), /0 Hz/],
    ['nochannels.wav', () => patched(22, 0), /cannot be read/],
    ['mp3-in-wav.wav', () => patched(20, 0x55), /Unsupported/],
    ['.', undefined, /folder/],
  ])('refuses %s', async (name, bytes, message) => {
    const file = path.join(folder, name);
    if (bytes) save(name, typeof bytes === 'function' ? bytes() : bytes);
    const error: unknown = await openWavFile(file, MAX).catch((reason: unknown) => reason);
    if (!isDictationError(error)) throw error;
    expect([error.area, error.code]).toEqual(['usage', 'bad-audio-file']);
    expect(error.message).toMatch(message);
    expect(error.hint).toContain('WAV');
  });

  function patched(offset: number, value: number): Buffer {
    const bytes = Buffer.from(toneFile(16_000, '16', 1));
    bytes.writeUInt16LE(value, offset);
    return bytes;
  }

  it('stops when nobody listens any more, and starts anew for the next', async () => {
    const source = await openWavFile(RECORDING, MAX);
    expect(await lastValueFrom(source.frames$.pipe(take(3), toArray()))).toHaveLength(3);
    expect((await firstValueFrom(source.frames$)).start).toBe(0);
  });

  it('stays at most the given time ahead of the listener', async () => {
    let heardUpTo = 0;
    let ahead = 0;
    const source = await openWavFile(RECORDING, { pace: 'max', maxAheadMs: 500, heardUpTo: () => heardUpTo });
    const listener = setInterval(() => (heardUpTo += 4_000), 5);
    const frames = await lastValueFrom(
      source.frames$.pipe(
        tap(({ start }) => (ahead = Math.max(ahead, start + 512 - heardUpTo))),
        toArray(),
      ),
    );
    clearInterval(listener);
    expect(ahead).toBeLessThanOrEqual(8_000);
    expect(ahead).toBeGreaterThan(7_000);
    expect(frames.length).toBeGreaterThan(120);
  });

  it('gives others their turn at full speed', async () => {
    let turns = 0;
    const count = () => {
      turns++;
      turn = setImmediate(count);
    };
    let turn = setImmediate(count);
    const source = await openWavFile(RECORDING, MAX);
    turns = 0;
    const frames = await lastValueFrom(source.frames$.pipe(toArray()));
    clearImmediate(turn);
    expect(turns).toBeGreaterThanOrEqual(Math.floor(frames.length / 16));
  });

  it('plays in real time: never before a frame would have been spoken, however late the one before was', async () => {
    const source = await openWavFile(save('pace.wav', toneFile(16_000, '16', 1)), { pace: 'realtime' });
    const started = performance.now();
    await lastValueFrom(
      source.frames$.pipe(
        tap(({ start }) => {
          expect(performance.now() - started).toBeGreaterThanOrEqual((start + 512) / 16 - 2);
          // A busy machine: a frame is handled late.
          if (start === 2_048) for (const until = performance.now() + 100; performance.now() < until;);
        }),
        toArray(),
      ),
    );
  });
});
