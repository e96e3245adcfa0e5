/**
 * The surface of the native addon: smart-whisper 0.8.1's binding on whisper.cpp 1.9.1, as `scripts/native` builds it.
 * Its behaviour where the two differ from smart-whisper's own types: see the comments.
 */

/** Opaque handle of a loaded model. */
export interface ModelHandle {
  readonly __modelHandle: unique symbol;
}

/** A model in memory. */
export interface WhisperModel {
  /** `null` once freed. */
  readonly handle: ModelHandle | null;
  readonly freed: boolean;
  /** Releases the memory. No call may be running. Harmless if repeated. */
  free(): Promise<void>;
}

/** Sampling strategies of whisper.cpp. */
export const SamplingStrategy = { greedy: 0, beamSearch: 1 } as const;

/** Parameters of one call; what is left out has whisper.cpp's default, except where stated. */
export interface TranscribeParams {
  /** One of {@link SamplingStrategy}. Default: beam search. */
  strategy: number;
  n_threads: number;
  /** Most tokens of earlier text used as prompt. */
  n_max_text_ctx: number;
  /** Start offset, ms. */
  offset_ms: number;
  /** Length to process, ms; 0 for all. */
  duration_ms: number;
  translate: boolean;
  no_context: boolean;
  no_timestamps: boolean;
  single_segment: boolean;
  print_special: boolean;
  print_progress: boolean;
  print_realtime: boolean;
  print_timestamps: boolean;
  /** Fills `from` and `to` of tokens. */
  token_timestamps: boolean;
  thold_pt: number;
  thold_ptsum: number;
  /** Longest segment in characters; 0 for no limit. */
  max_len: number;
  split_on_word: boolean;
  /** Most tokens of a segment; 0 for no limit. */
  max_tokens: number;
  debug_mode: boolean;
  /** Encoder positions, 20 ms each; 0 for all 1500 (30 s). */
  audio_ctx: number;
  tdrz_enable: boolean;
  initial_prompt: string;
  /** Whisper language code or `auto`. Default: `auto`, which costs an encoder pass. */
  language: string;
  suppress_blank: boolean;
  suppress_non_speech_tokens: boolean;
  temperature: number;
  max_initial_ts: number;
  length_penalty: number;
  /** Step of the temperature fallback; 0 switches it off. */
  temperature_inc: number;
  entropy_thold: number;
  logprob_thold: number;
  no_speech_thold: number;
  best_of: number;
  beam_size: number;
  /** `detail` adds language, confidence and tokens. Default: `simple`. */
  format: 'simple' | 'detail';
}

/** One token. Its text may be a part of a UTF-8 character. */
export interface TranscribeToken {
  readonly text: string;
  readonly id: number;
  /** Probability, 0…1. */
  readonly p: number;
  /** Times in ms, only with `token_timestamps`. */
  readonly from?: number;
  readonly to?: number;
}

/** One segment; times in ms, meaningless with `no_timestamps`. */
export interface TranscribeSegment {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** With `format: 'detail'`. */
  readonly lang?: string;
  readonly confidence?: number;
  readonly tokens?: readonly TranscribeToken[];
}

/** What the addon exports. */
export interface Addon {
  readonly WhisperModel: {
    /**
     * Loads a ggml model file. Rejects if whisper.cpp refuses the file; a damaged one may end the process all the same.
     * @param gpu use a GPU backend if the addon was built with one
     */
    load(file: string, gpu: boolean): Promise<WhisperModel>;
  };
  /**
   * Starts one call on a worker thread.
   * @param pcm 16 kHz mono samples, −1…1; copied before this returns
   * @param finish called once with the segments, or with an Error if whisper.cpp failed
   * @param progress called with each new segment
   */
  transcribe(
    handle: ModelHandle,
    pcm: Float32Array,
    params: Partial<TranscribeParams>,
    finish: (result: readonly TranscribeSegment[] | Error) => void,
    progress: (segment: TranscribeSegment) => void,
  ): void;
}
