import { SAMPLE_RATE } from '../core/units';
import { SamplingStrategy, type TranscribeParams } from './addon';
import type { ModelInfo } from './model-file';

/** What a call is about, beside its audio. */
export interface CallOptions {
  readonly language: string;
  readonly prompt: string;
  readonly timestamps: boolean;
  readonly threads: number;
}

/** whisper.cpp returns nothing for less than a second; 1.1 s is on the safe side. */
const MIN_SAMPLES = Math.round(1.1 * SAMPLE_RATE);
/** Whisper's own window. */
export const MAX_SAMPLES = 30 * SAMPLE_RATE;
/** An encoder position covers 20 ms. */
const SAMPLES_PER_POSITION = 320;
/** Positions of silence after the audio: without them the decoder tends to loop at the end. */
const SPARE_POSITIONS = 8;
/** ggml's matrix kernels like multiples of 32; few different sizes also keep results steady from window to window. */
const POSITION_STEP = 32;
/** Very fast speech has about 7 words a second; code words take 2 tokens or more. */
const TOKENS_PER_SECOND = 14;
/** Time-stamps, punctuation, and room for a short window. */
const SPARE_TOKENS = 16;
/** Whisper decodes at most half its text context. */
const MAX_TOKENS = 220;

/** Samples to hand to whisper.cpp for `samples` of audio: the rest is zeros. */
export function paddedLength(samples: number): number {
  return Math.max(samples, MIN_SAMPLES);
}

/** Encoder positions for `samples` (with padding). Fewer would drop audio silently, more cost time for nothing. */
export function audioContext(samples: number, model: Pick<ModelInfo, 'audioCtx'>): number {
  const needed = samples / SAMPLES_PER_POSITION + SPARE_POSITIONS;
  return Math.min(model.audioCtx, POSITION_STEP * Math.ceil(needed / POSITION_STEP));
}

/** Most tokens that `samples` of speech can take: a decoder that loops is stopped there. */
export function maxTokens(samples: number): number {
  return Math.min(MAX_TOKENS, SPARE_TOKENS + Math.ceil((TOKENS_PER_SECOND * samples) / SAMPLE_RATE));
}

/**
 * Parameters for `samples` of audio (with padding). Greedy without fallback to other temperatures: one pass, a
 * predictable time, and the same audio gives the same words. Single segment even with time-stamps: else whisper.cpp
 * starts over after the last time-stamp and pays a second encoder pass for the silence that follows.
 */
export function whisperParams(
  samples: number,
  model: ModelInfo,
  call: CallOptions,
): Partial<TranscribeParams> {
  return {
    strategy: SamplingStrategy.greedy,
    best_of: 1,
    temperature: 0,
    temperature_inc: 0,
    n_threads: call.threads,
    language: call.language,
    ...(call.prompt ? { initial_prompt: call.prompt } : {}),
    no_context: true,
    no_timestamps: !call.timestamps,
    single_segment: true,
    suppress_blank: true,
    max_tokens: maxTokens(samples),
    audio_ctx: audioContext(samples, model),
    print_special: false,
    print_progress: false,
    print_realtime: false,
    print_timestamps: false,
    format: 'detail',
  };
}
