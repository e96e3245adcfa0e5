import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/core/units';
import { checkModelFile, type ModelInfo } from '../../../src/engine/model-file';
import { loadAddon } from '../../../src/engine/native';
import { Whisper, type WhisperResult } from '../../../src/engine/whisper';
import { NATIVE_DIR, embeddedModel, recording } from '../../support/engines';

describe('Whisper', () => {
  /** What a model hears in audio, but for the time it takes. */
  const hears = async (whisper: Whisper, audio: Float32Array): Promise<Omit<WhisperResult, 'elapsedMs'>> => {
    const { elapsedMs, ...heard } = await whisper.transcribe({
      audio,
      range: { start: 0, end: audio.length },
      language: 'en',
      prompt: '',
      timestamps: true,
      allCores: false,
    });
    expect(elapsedMs).toBeGreaterThan(0);
    return heard;
  };
  /** An encoder that claims to be longer than it is makes whisper.cpp refuse a call over 30 s. */
  const load = (info: Partial<ModelInfo> = {}): Promise<Whisper> => {
    const file = embeddedModel('heavy');
    const known = { ...checkModelFile(file), ...info };
    return Whisper.load(loadAddon(NATIVE_DIR).addon, file, known, { threads: 1, finalThreads: 1 });
  };
  const long = recording('t12').samples;
  const short = recording('t01').samples;
  /** Long and short ones in turns: what a call leaves behind would be in the way of the next. */
  const heard = [long, short, long.subarray(0, 2 * SAMPLE_RATE), new Float32Array(SAMPLE_RATE), short, long];

  it('hears the same, to the last digit of a probability, whatever it heard before', async () => {
    const fresh = [];
    for (const audio of heard) fresh.push(await hears(await load(), audio));
    expect(fresh.map(({ text }) => text)).toContain(recording('t01').text);
    const whisper = await load();
    const again = [];
    for (const audio of heard) again.push(await hears(whisper, audio));
    expect(again).toEqual(fresh);
  });

  it('hears the same in calls side by side, and after one that failed', async () => {
    const whisper = await load({ audioCtx: 1600 });
    const before = await hears(whisper, short);
    await expect(hears(whisper, new Float32Array(30 * SAMPLE_RATE))).rejects.toThrow('whisper_full');
    const both = await Promise.all([hears(whisper, long), hears(whisper, short)]);
    expect(both[1]).toEqual(before);
    expect(await hears(whisper, short)).toEqual(before);
  });

  it('rejects a call for which the addon "succeeds" with an Error, and serves the next one', async () => {
    const file = embeddedModel('fast');
    // An encoder that claims to be longer than it is makes whisper.cpp refuse the call.
    const info = { ...checkModelFile(file), audioCtx: 1600 };
    const whisper = await Whisper.load(loadAddon(NATIVE_DIR).addon, file, info, {
      threads: 1,
      finalThreads: 1,
    });
    const call = (seconds: number) => {
      const audio = new Float32Array(seconds * SAMPLE_RATE);
      const range = { start: 0, end: audio.length };
      return whisper.transcribe({
        audio,
        range,
        language: 'en',
        prompt: '',
        timestamps: false,
        allCores: false,
      });
    };
    await expect(call(30)).rejects.toThrow('whisper_full');
    await expect(call(1)).resolves.toMatchObject({ text: '' });
  });
});
