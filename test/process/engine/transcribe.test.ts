import { firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DictationError } from '../../../src/core/errors';
import { totalWordErrors, wordErrors } from '../../../src/core/measure/wer';
import type { Role } from '../../../src/core/model';
import type { Engine } from '../../../src/core/ports';
import { superviseEngine } from '../../../src/node/engine/supervisor';
import { engineOptions, pushAll, reached, recording, requestFor } from '../../support/engines';

const NAMES = ['t01', 't02', 't03', 't04', 't05'];

describe.each([
  // Their error rates on held-out sentences are 12 % and 4 %; five sentences have 50 words, so that chance needs room.
  ['fast', 0.3],
  ['heavy', 0.15],
] as const)('the embedded %s model', (role: Role, most) => {
  let engine: Engine;
  const options = engineOptions(role);

  beforeAll(() => {
    engine = superviseEngine(options);
    engine.start();
  });
  afterAll(() => engine.dispose());

  it('says what it is', async () => {
    const state = await reached(engine, 'ready');
    expect(state).toMatchObject({ model: `${role}.bin`, variant: expect.stringContaining(process.platform) });
    expect(engine.longestWindow).toBe(80_000);
  });

  it(`understands recordings with at most ${100 * most} % word errors`, async () => {
    const parts = [];
    for (const name of NAMES) {
      engine.reset();
      const { samples, text } = recording(name);
      const result = await firstValueFrom(engine.transcribe(requestFor(role, pushAll(engine, samples))));
      expect(result.words.map((word) => word.text).join(' ')).toBe(result.text);
      expect(result.confidence).toBeGreaterThan(0.5);
      expect(result.language).toBe('en');
      parts.push(wordErrors(text, result.text));
    }
    expect(totalWordErrors(parts).rate).toBeLessThanOrEqual(most);
  });

  it('hears nothing in silence, and takes less than a second of audio', async () => {
    engine.reset();
    const end = pushAll(engine, new Float32Array(512 * 100));
    for (const start of [0, end - 512, end - 1]) {
      const result = await firstValueFrom(engine.transcribe(requestFor(role, end, start)));
      expect(result).toMatchObject({ text: '', words: [], segments: [], confidence: 0 });
    }
  });

  it('understands a word that is shorter than a second', async () => {
    engine.reset();
    const { samples } = recording('t02');
    pushAll(engine, samples);
    const result = await firstValueFrom(engine.transcribe(requestFor(role, 12_000)));
    expect(result.words.length).toBeGreaterThan(0);
    expect(result.words.length).toBeLessThan(5);
  });

  it('refuses a language that the model does not know, and audio that is not there', async () => {
    engine.reset();
    const end = pushAll(engine, recording('t03').samples);
    const failure = (request: Parameters<Engine['transcribe']>[0]) =>
      firstValueFrom(engine.transcribe(request)).catch((error: DictationError) => error);
    const request = requestFor(role, end);
    for (const language of ['de', 'xx', '']) {
      expect(await failure({ ...request, language })).toMatchObject({
        code: 'engine-failed',
        message: expect.stringContaining('language'),
      });
    }
    expect(await failure(requestFor(role, end + 1))).toMatchObject({
      code: 'engine-failed',
      message: expect.stringContaining('buffer'),
    });
    // The engine is as good as before.
    const result = await firstValueFrom(engine.transcribe({ ...request, language: 'auto' }));
    expect(result.text).not.toBe('');
  });

  it('hears older audio than the process keeps, until it is released; a retry of recent audio then, too', async () => {
    engine.reset();
    const { samples, text } = recording('t01');
    const silence = new Float32Array(512 * Math.floor((31 * 16_000) / 512));
    const middle = pushAll(engine, samples);
    const end = pushAll(engine, silence, middle);
    const ask = (to: number) => firstValueFrom(engine.transcribe(requestFor(role, to)));
    const old = await ask(middle);
    expect(wordErrors(text, old.text).rate).toBeLessThan(0.4);
    engine.release(end);
    pushAll(engine, samples, end);
    expect(await ask(5_120).catch((error: unknown) => error)).toMatchObject({ code: 'engine-failed' });
    const result = await firstValueFrom(engine.transcribe(requestFor(role, end + samples.length, end)));
    expect(wordErrors(text, result.text).rate).toBeLessThan(0.4);
  });

  it('tells what the process costs', async () => {
    const usage = await engine.usage();
    expect(usage?.cpuSeconds).toBeGreaterThan(0.05);
    expect(usage?.peakRssBytes).toBeGreaterThan(20e6);
  });

  it('lets native code write nothing into the log of the product, and nothing of what was said anywhere', () => {
    const { lines, chatter } = options.log;
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(chatter.join('\n')).toContain('whisper_');
    for (const name of NAMES) {
      const words = recording(name).text.split(' ').slice(0, 3).join(' ');
      expect([...lines, ...chatter].join('\n')).not.toContain(words);
    }
  });
});

describe('word times of the heavy model', () => {
  it('lie inside the range, in order, and near the truth', async () => {
    const engine = superviseEngine(engineOptions('heavy'));
    try {
      engine.start();
      // The recording starts somewhere in the session, so that relative times would show.
      const first = pushAll(engine, new Float32Array(512 * 40));
      const end = pushAll(engine, recording('t01').samples, first);
      const result = await firstValueFrom(engine.transcribe(requestFor('heavy', end, first)));
      const times = result.words.map((word) => [word.start ?? -1, word.end ?? -1] as const);
      expect(times.flat()).toEqual(times.flat().toSorted((a, b) => a - b));
      expect(times[0]?.[0]).toBeGreaterThanOrEqual(first);
      expect(times.at(-1)?.[1]).toBeLessThanOrEqual(end);
      const button = result.words.findIndex((word) => word.text.startsWith('button'));
      // "button," ends 1.73 s into the recording (t01.words.tsv).
      expect(Math.abs((times[button]?.[1] ?? 0) - first - 1.73 * 16_000)).toBeLessThan(0.3 * 16_000);
      expect(result.segments.map((segment) => segment.text).join(' ')).toBe(result.text);
    } finally {
      await engine.dispose();
    }
  });
});
