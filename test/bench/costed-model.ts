import { readFileSync } from 'node:fs';
import type { Addon, WhisperModel } from '../../src/engine/addon';
import { loadNative, type LoadRequest, type LoadedModel, type Transcriber } from '../../src/engine/loader';
import { checkModelFile, type ModelInfo } from '../../src/engine/model-file';
import { paddedLength, whisperParams } from '../../src/engine/params';
import {
  type CallThreads,
  threadsOf,
  Whisper,
  type WhisperCall,
  type WhisperResult,
} from '../../src/engine/whisper';
import { quietCuts } from './quiet-cuts';

/** Describes a model that costs what one file costs and says what another one says. Stored as JSON. */
export interface CostedModel {
  /** File of random weights in a real shape: what a call costs. */
  readonly cost: string;
  /** File of a small model that knows words: what a call answers. */
  readonly words: string;
  /** Longest audio that the model of words understands, samples; longer calls are answered in pieces. */
  readonly wordsWindow: number;
  /** Encode all 30 s whatever the audio's length is, as an untuned caller of whisper.cpp does. */
  readonly fullContext: boolean;
  /** Folder of the addon that computes the cost, if it is not the product's. */
  readonly costNativeDir?: string;
}

/** What a call's words took: the bench's own cost, not the product's. */
export interface WordsCost {
  readonly cpuMs: number;
  readonly ms: number;
}

/** Precedes a {@link WordsCost} as JSON, on a line of stderr. */
export const WORDS_LINE = 'bench: words took ';
const MICROSECONDS_PER_MS = 1_000;

/** Encoder positions of a whole window of 30 s. */
const FULL_CONTEXT = 1500;

/**
 * Loads what the JSON file at `modelPath` describes. Each call runs both models, and its `elapsedMs` covers both: it is never
 * cheaper than the real model, and dearer by the few tens of milliseconds that the model of words takes.
 */
export async function loadCostedModel(request: LoadRequest): Promise<LoadedModel> {
  const { threads, finalThreads, nativeDir } = request;
  const budget = { threads, finalThreads };
  const model = JSON.parse(readFileSync(request.modelPath, 'utf8')) as CostedModel;
  const info = checkModelFile(model.words);
  const words = loadNative(nativeDir);
  const cost = loadNative(model.costNativeDir ?? nativeDir);
  const transcriber = new CostedTranscriber(
    model,
    await Whisper.load(words.addon, model.words, info, budget),
    new CostRun(
      cost.addon,
      await cost.addon.WhisperModel.load(model.cost, false),
      checkModelFile(model.cost),
      budget,
      model.fullContext,
    ),
  );
  return { transcriber, info, variant: `${cost.variant}, words by ${words.variant}` };
}

class CostedTranscriber implements Transcriber {
  constructor(
    private readonly model: CostedModel,
    private readonly words: Whisper,
    private readonly cost: CostRun,
  ) {}

  async warmUp(timestamps: boolean): Promise<number> {
    const wordsMs = await this.words.warmUp(timestamps);
    const audio = new Float32Array(paddedLength(0));
    const range = { start: 0, end: audio.length };
    return (
      wordsMs +
      (await this.cost.run({ audio, range, language: 'en', prompt: '', timestamps, allCores: false }, 1))
    );
  }

  async transcribe(call: WhisperCall): Promise<WhisperResult> {
    const started = performance.now();
    const before = process.cpuUsage();
    const parts: WhisperResult[] = [];
    for (const { start, end } of quietCuts(call.audio, this.model.wordsWindow)) {
      const range = { start: call.range.start + start, end: call.range.start + end };
      const prompt = start === 0 ? call.prompt : '';
      parts.push(
        await this.words.transcribe({ ...call, prompt, range, audio: call.audio.subarray(start, end) }),
      );
    }
    const { user, system } = process.cpuUsage(before);
    const took: WordsCost = {
      cpuMs: (user + system) / MICROSECONDS_PER_MS,
      ms: performance.now() - started,
    };
    process.stderr.write(`${WORDS_LINE}${JSON.stringify(took)}\n`);
    const tokens = parts.reduce((sum, part) => sum + part.tokens, 0);
    await this.cost.run(call, tokens);
    const words = parts.flatMap((part) => part.words);
    return {
      text: parts
        .map(({ text }) => text)
        .filter((text) => text !== '')
        .join(' '),
      words,
      segments: parts.flatMap((part) => part.segments),
      confidence: words.reduce((sum, { p }) => sum + p, 0) / Math.max(1, words.length),
      language: call.language,
      tokens,
      elapsedMs: performance.now() - started,
    };
  }
}

/** Calls of the model with random weights. */
class CostRun {
  constructor(
    private readonly addon: Addon,
    private readonly loaded: WhisperModel,
    private readonly info: ModelInfo,
    private readonly threads: CallThreads,
    private readonly fullContext: boolean,
  ) {}

  /** One pass that decodes as many tokens as the answer has, for a real model would; returns its duration in ms. */
  run(call: WhisperCall, tokens: number): Promise<number> {
    const handle = this.loaded.handle;
    if (!handle) return Promise.reject(new Error('the model of the costs is not loaded any more'));
    const pcm = new Float32Array(paddedLength(call.audio.length));
    pcm.set(call.audio);
    const started = performance.now();
    const params = {
      // Without time-stamps: rules about them could end the decoding of random tokens early.
      ...whisperParams(pcm.length, this.info, {
        ...call,
        timestamps: false,
        threads: threadsOf(call, this.threads),
      }),
      // 0 would mean no limit.
      max_tokens: Math.max(1, tokens),
      ...(this.fullContext && { audio_ctx: FULL_CONTEXT }),
    };
    return new Promise((resolve, reject) => {
      this.addon.transcribe(
        handle,
        pcm,
        params,
        (answer) => {
          if (answer instanceof Error) reject(answer);
          else resolve(performance.now() - started);
        },
        () => undefined,
      );
    });
  }
}
