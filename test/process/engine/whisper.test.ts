import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/core/units';
import { checkModelFile } from '../../../src/engine/model-file';
import { loadAddon } from '../../../src/engine/native';
import { Whisper } from '../../../src/engine/whisper';
import { NATIVE_DIR, embeddedModel } from '../../support/engines';

describe('Whisper', () => {
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
