import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import * as ort from 'onnxruntime-web/wasm';
import { messageOf } from '../core/errors';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../core/units';
import { LoadError } from './load-error';

/** The network: Silero VAD 6, same interface as 5 but steadier in noise. */
const MODEL_FILE = 'silero_vad_v6.onnx';
const RUNTIME_WASM = 'ort-wasm-simd-threaded.wasm';
const RUNTIME_LOADER = 'ort-wasm-simd-threaded.mjs';
/**
 * Only V8's quick WASM compiler: the optimising one takes 2 s of processor time and 190 MB in the first seconds of a dictation,
 * just when the first drafts want them, and then the network is no faster (measured: 0.8 ms a frame either way).
 */
const WASM_COMPILER = '--liftoff-only';
/** At 16 kHz the network wants the last 64 samples of the frame before in front of each frame (Silero's own wrapper). */
const CONTEXT_SAMPLES = 64;
/** Shape of the recurrent state. */
const STATE_SHAPE = [2, 1, 128];
const STATE_SIZE = 256;

/** Silero's voice activity detector. Frames must come in order, one at a time. */
export class VoiceDetector {
  private state = emptyState();
  private readonly input = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES);
  private readonly sampleRate = new ort.Tensor('int64', new BigInt64Array([BigInt(SAMPLE_RATE)]), []);

  private constructor(private readonly session: ort.InferenceSession) {}

  /**
   * Loads network and runtime from files in `folder`: nothing is fetched, nothing is written.
   * @throws LoadError `vad`
   */
  static async load(folder: string): Promise<VoiceDetector> {
    try {
      const [wasm, model] = await Promise.all([
        readFile(path.join(folder, RUNTIME_WASM)),
        readFile(path.join(folder, MODEL_FILE)),
      ]);
      setFlagsFromString(WASM_COMPILER);
      ort.env.wasm.numThreads = 1;
      ort.env.wasm.proxy = false;
      ort.env.wasm.wasmBinary = wasm;
      ort.env.wasm.wasmPaths = { mjs: pathToFileURL(path.join(folder, RUNTIME_LOADER)).href };
      return new VoiceDetector(await ort.InferenceSession.create(model, { executionProviders: ['wasm'] }));
    } catch (cause) {
      const message = messageOf(cause);
      throw new LoadError('vad', `The voice activity detector does not start: ${message}`, { cause });
    }
  }

  /** Forgets what was heard. */
  reset(): void {
    this.state = emptyState();
    this.input.fill(0);
  }

  /**
   * Probability (0…1) that the next frame (512 samples) is speech.
   * @throws Error if the network answers anything else: a frame without an answer would be waited for until the session ends
   */
  async probability(frame: Float32Array): Promise<number> {
    this.input.copyWithin(0, FRAME_SAMPLES);
    this.input.set(frame, CONTEXT_SAMPLES);
    const { output, stateN } = await this.session.run({
      input: new ort.Tensor('float32', this.input, [1, this.input.length]),
      state: this.state,
      sr: this.sampleRate,
    });
    const value = output?.data[0];
    if (typeof value !== 'number' || !Number.isFinite(value) || stateN?.type !== 'float32')
      throw new Error('unexpected answer of the detector');
    this.state = stateN;
    return Math.min(1, Math.max(0, value));
  }
}

function emptyState(): ort.Tensor {
  return new ort.Tensor('float32', new Float32Array(STATE_SIZE), STATE_SHAPE);
}
