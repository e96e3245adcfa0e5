import { messageOf } from '../core/errors';
import type { SampleRange } from '../core/model';
import { SAMPLE_RATE, samplesToMs } from '../core/units';
import { LoadError } from './load-error';
import type { ModelInfo } from './model-file';
import type { Addon, TranscribeSegment, WhisperModel } from './addon';
import { paddedLength, whisperParams } from './params';
import { type Heard, type Token, draftWords, timedWords } from './words';

/** One call: `audio` are the samples of `range`; `language` is one the model knows. */
export interface WhisperCall {
  readonly audio: Float32Array;
  readonly range: SampleRange;
  readonly language: string;
  readonly prompt: string;
  readonly timestamps: boolean;
  readonly allCores: boolean;
}

/** Threads of an ordinary call and of a final pass that has all cores. */
export interface CallThreads {
  readonly threads: number;
  readonly finalThreads: number;
}

/** What whisper.cpp made of a call. */
export interface WhisperResult extends Heard {
  readonly text: string;
  readonly language: string;
  /** How many tokens were decoded, time-stamps included: what the decoder's part of the time depends on. */
  readonly tokens: number;
  readonly elapsedMs: number;
}

/** Silence for the first call: long enough for whisper.cpp to run every stage. */
const WARM_UP_SAMPLES = 2 * SAMPLE_RATE;
/** What the warm-up call listens to, ms. */
export const WARM_UP_AUDIO_MS = samplesToMs(WARM_UP_SAMPLES);

/** Rounding may lift a certain token a little above 1. */
const MAX_P = 1.001;

/** A segment as the addon answers it with `format: 'detail'`. */
interface DetailedSegment extends TranscribeSegment {
  readonly lang: string;
  readonly tokens: readonly Token[];
}

/** One loaded model. Calls must not overlap. */
export class Whisper {
  private constructor(
    private readonly addon: Addon,
    private readonly loaded: WhisperModel,
    private readonly info: ModelInfo,
    private readonly threads: CallThreads,
  ) {}

  /**
   * Loads a model file that was checked.
   * @throws LoadError `model-refused`: whisper.cpp does not take it, or there is not enough memory
   */
  static async load(addon: Addon, path: string, info: ModelInfo, threads: CallThreads): Promise<Whisper> {
    // Only the addon for Apple's processors is built with a GPU backend (Metal); all others do without what suits one.
    const gpu = process.platform === 'darwin' && process.arch === 'arm64';
    try {
      return new Whisper(addon, await addon.WhisperModel.load(path, gpu), info, threads);
    } catch (cause) {
      const message = messageOf(cause);
      throw new LoadError('model-refused', `whisper.cpp does not load the model: ${message}.`, { cause });
    }
  }

  /**
   * The first call, on silence: it touches all weights, so that the first words of a dictation do not wait for the disk, and
   * shows that this build computes something sane with this model. Returns its duration in ms.
   * @throws LoadError `self-test`
   */
  async warmUp(timestamps: boolean): Promise<number> {
    const audio = new Float32Array(WARM_UP_SAMPLES);
    const range = { start: 0, end: audio.length };
    try {
      const result = await this.transcribe({
        audio,
        range,
        language: 'en',
        prompt: '',
        timestamps,
        allCores: false,
      });
      return result.elapsedMs;
    } catch (cause) {
      const message = messageOf(cause);
      throw new LoadError('self-test', `The model failed its self-test: ${message}`, { cause });
    }
  }

  /** One pass over `call.audio`. Rejects if whisper.cpp reports a failure or answers nonsense. */
  async transcribe(call: WhisperCall): Promise<WhisperResult> {
    const pcm = new Float32Array(paddedLength(call.audio.length));
    pcm.set(call.audio);
    const started = performance.now();
    const segments = await this.run(pcm, call);
    const elapsedMs = performance.now() - started;
    const text = segments.map((segment) => segment.text).join('');
    const tokens = segments.flatMap((segment) => segment.tokens);
    const heard = call.timestamps
      ? timedWords(text, tokens, this.info, call.range, call.audio)
      : draftWords(text, tokens, this.info);
    const language = segments[0]?.lang ?? call.language;
    return { ...heard, text: text.trim(), language, tokens: tokens.length, elapsedMs };
  }

  private run(pcm: Float32Array, call: WhisperCall): Promise<DetailedSegment[]> {
    const handle = this.loaded.handle;
    if (!handle) return Promise.reject(new Error('the model is not loaded any more'));
    const threads = threadsOf(call, this.threads);
    const params = whisperParams(pcm.length, this.info, { ...call, threads });
    return new Promise((resolve, reject) => {
      const finish = (answer: readonly TranscribeSegment[] | Error) => {
        // A failed call "succeeds" with an Error.
        if (answer instanceof Error) reject(answer);
        else if (answer.every(isSound)) resolve(answer.filter(isSound));
        else reject(new Error('whisper.cpp answered nonsense'));
      };
      this.addon.transcribe(handle, pcm, params, finish, () => undefined);
    });
  }
}

/** How many threads a call gets. */
export function threadsOf({ allCores }: Pick<WhisperCall, 'allCores'>, threads: CallThreads): number {
  return allCores ? threads.finalThreads : threads.threads;
}

/** True for a segment of the expected shape whose probabilities are probabilities. */
function isSound(segment: TranscribeSegment): segment is DetailedSegment {
  return (
    typeof segment.text === 'string' &&
    typeof segment.lang === 'string' &&
    Array.isArray(segment.tokens) &&
    segment.tokens.every((token: Token) => token.p >= 0 && token.p <= MAX_P && Number.isInteger(token.id))
  );
}
