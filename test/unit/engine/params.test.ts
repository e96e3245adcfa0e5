import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/core/units';
import { modelLanguage, WHISPER_LANGUAGES } from '../../../src/engine/languages';
import { audioContext, maxTokens, paddedLength, whisperParams } from '../../../src/engine/params';

const MODEL = { multilingual: false, languages: 1, tokenEot: 50_256, tokenTimestamp: 50_363, audioCtx: 1500 };
const MULTILINGUAL = { ...MODEL, multilingual: true, languages: 99 };
const CALL = { language: 'en', prompt: '', timestamps: false, threads: 2 };

describe('parameters of a call', () => {
  it('pads what whisper.cpp would ignore', () => {
    expect(paddedLength(1)).toBe(17_600);
    expect(paddedLength(17_601)).toBe(17_601);
  });

  it('covers all audio and never more than the model has', () => {
    for (let samples = 17_600; samples <= 30 * SAMPLE_RATE; samples += 1_111) {
      const positions = audioContext(samples, MODEL);
      expect(positions * 320).toBeGreaterThanOrEqual(Math.min(samples, 1500 * 320));
      expect(positions).toBeLessThanOrEqual(1500);
      if (positions < 1500) expect(positions % 32).toBe(0);
    }
    expect(audioContext(5 * SAMPLE_RATE, MODEL)).toBe(288);
    expect(audioContext(30 * SAMPLE_RATE, MODEL)).toBe(1500);
    expect(audioContext(30 * SAMPLE_RATE, { audioCtx: 448 })).toBe(448);
  });

  it('bounds the decoder by the duration', () => {
    expect(maxTokens(SAMPLE_RATE)).toBeLessThan(40);
    expect(maxTokens(30 * SAMPLE_RATE)).toBe(220);
  });

  it('trims what is encoded, bounds what is decoded, and uses the threads it is given', () => {
    for (const seconds of [2, 5, 30]) {
      const samples = seconds * SAMPLE_RATE;
      expect(whisperParams(samples, MODEL, { ...CALL, threads: 3 })).toMatchObject({
        audio_ctx: audioContext(samples, MODEL),
        max_tokens: maxTokens(samples),
        n_threads: 3,
        no_context: true,
      });
    }
  });

  it('is greedy, in one pass, without a prompt unless there is one', () => {
    expect(whisperParams(SAMPLE_RATE, MODEL, CALL)).toMatchObject({
      strategy: 0,
      best_of: 1,
      temperature: 0,
      temperature_inc: 0,
      language: 'en',
      no_timestamps: true,
      single_segment: true,
      format: 'detail',
    });
    expect(whisperParams(SAMPLE_RATE, MODEL, CALL)).not.toHaveProperty('initial_prompt');
    expect(whisperParams(SAMPLE_RATE, MODEL, { ...CALL, prompt: 'x', timestamps: true })).toMatchObject({
      initial_prompt: 'x',
      no_timestamps: false,
    });
  });
});

describe('modelLanguage', () => {
  it('knows the hundred languages of Whisper, each once', () => {
    expect(new Set(WHISPER_LANGUAGES).size).toBe(100);
  });

  it.each([
    ['en', MODEL, 'en'],
    ['auto', MODEL, 'en'],
    ['de', MODEL, undefined],
    ['de', MULTILINGUAL, 'de'],
    ['auto', MULTILINGUAL, 'auto'],
    ['yue', MULTILINGUAL, undefined],
    ['yue', { ...MULTILINGUAL, languages: 100 }, 'yue'],
    ['', MULTILINGUAL, undefined],
    ['EN', MULTILINGUAL, undefined],
    ['english', MULTILINGUAL, undefined],
  ])('%j', (language, model, expected) => {
    expect(modelLanguage(language, model)).toBe(expected);
  });
});
