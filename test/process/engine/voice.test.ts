import { setTimeout as sleep } from 'node:timers/promises';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VoiceProbability } from '../../../src/core/model';
import type { ListeningEngine } from '../../../src/core/ports';
import { VoiceDetector } from '../../../src/engine/vad';
import { superviseListeningEngine, type Supervised } from '../../../src/node/engine/supervisor';
import { VAD_DIR, engineOptions, pushAll, reached, recording } from '../../support/engines';
import { isAlive } from '../../support/processes';

const FRAME = 512;
/** A threshold far from both the noise and the speech of the recordings. */
const SPEECH = 0.5;

describe('the voice detector', () => {
  let engine: ListeningEngine & Supervised;
  let voices: VoiceProbability[];

  beforeEach(() => {
    engine = superviseListeningEngine({ ...engineOptions('fast'), vadDir: VAD_DIR });
    voices = [];
    engine.voice$.subscribe((voice) => voices.push(voice));
    engine.start();
  });
  afterEach(() => engine.dispose());

  /** Resolves once the frame that ends at `end` was judged. */
  const heardUpTo = (end: number) =>
    firstValueFrom(engine.voice$.pipe(filter((voice) => voice.start === end - FRAME)));

  const share = (from: number, to: number) => {
    const part = voices.slice(Math.floor(from / FRAME), Math.ceil(to / FRAME));
    return part.filter((voice) => voice.probability > SPEECH).length / part.length;
  };

  it('tells speech from silence and noise, one value a frame, also for frames from before it was ready', async () => {
    const { samples } = recording('t01');
    const noise = Float32Array.from({ length: FRAME * 60 }, (_, i) => 0.02 * Math.sin(i * i));
    const quiet = pushAll(engine, new Float32Array(FRAME * 60));
    const spoken = pushAll(engine, samples, quiet);
    const end = spoken + noise.length;
    const heard = heardUpTo(end);
    pushAll(engine, noise, spoken);
    await heard;
    expect(voices.map((voice) => voice.start)).toEqual(
      Array.from({ length: end / FRAME }, (_, index) => index * FRAME),
    );
    expect(share(0, quiet)).toBe(0);
    expect(share(quiet + 4_000, spoken - 8_000)).toBeGreaterThan(0.85);
    expect(share(spoken + 16_000, end)).toBe(0);
  });

  it('goes on without a gap or a repetition when its process is killed', async () => {
    const { samples } = recording('t06');
    const first = pushAll(engine, samples);
    await heardUpTo(first);
    const before = voices.slice();
    const pid = engine.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    const heard = heardUpTo(2 * first);
    for (let at = 0; at < samples.length; at += FRAME) {
      engine.push({ start: first + at, samples: samples.subarray(at, at + FRAME) });
      // Spread over the time without a process.
      if (at % (FRAME * 50) === 0) await sleep(5);
    }
    await heard;
    expect(isAlive(pid)).toBe(false);
    expect(voices.map((voice) => voice.start)).toEqual(
      Array.from({ length: (2 * first) / FRAME }, (_, index) => index * FRAME),
    );
    expect(voices.slice(0, before.length)).toEqual(before);
    expect(share(first, 2 * first)).toBeCloseTo(share(0, first), 1);
  });

  it('starts anew with each session', async () => {
    await reached(engine, 'ready');
    const { samples } = recording('t01');
    const end = samples.length;
    for (let session = 0; session < 2; session += 1) {
      engine.reset();
      const heard = heardUpTo(end);
      pushAll(engine, samples);
      await heard;
    }
    const [one, two] = [voices.slice(0, end / FRAME), voices.slice(end / FRAME)];
    expect(two).toEqual(one);
  });
});

it('is not deaf from then on when sound is no number', async () => {
  const detector = await VoiceDetector.load(VAD_DIR);
  const { samples } = recording('t01');
  const hears = async () => {
    let heard = 0;
    for (let at = 0; at + FRAME <= samples.length; at += FRAME)
      if ((await detector.probability(samples.subarray(at, at + FRAME))) > SPEECH) heard += 1;
    return heard;
  };
  const before = await hears();
  expect(await detector.probability(new Float32Array(FRAME).fill(NaN))).toBeLessThan(SPEECH);
  expect(await hears()).toBeGreaterThan(0.9 * before);
});
