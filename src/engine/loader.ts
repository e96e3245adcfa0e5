import { isDictationError } from '../core/errors';
import type { ToEngineOf } from '../protocol/messages';
import { LoadError } from './load-error';
import { checkModelFile, type ModelInfo } from './model-file';
import { loadAddon, type LoadedAddon } from './native';
import { readAhead } from './read-ahead';
import { Whisper } from './whisper';

/** A loaded model as the engine uses it; see {@link Whisper}. Calls must not overlap. */
export type Transcriber = Pick<Whisper, 'warmUp' | 'transcribe'>;

/** A model that is ready for its warm-up. */
export interface LoadedModel {
  readonly transcriber: Transcriber;
  readonly info: ModelInfo;
  /** Folder of the native addon that runs it, e.g. `linux-x64-avx2`. */
  readonly variant: string;
}

/** What an engine process was told to load. */
export type LoadRequest = Pick<ToEngineOf<'hello'>, 'modelPath' | 'nativeDir' | 'threads' | 'finalThreads'>;

/**
 * Loads what an engine process was told to load; rejects with a {@link LoadError}. `onProgress` is called with the part of the
 * whole that is done, 0…1.
 */
export type ModelLoader = (request: LoadRequest, onProgress: (share: number) => void) => Promise<LoadedModel>;

/** Reading takes most of the time when the file comes from a disk; the rest is whisper.cpp's own work and the warm-up. */
const READING_SHARE = 0.7;
/** Left for the warm-up. */
const LOADED_SHARE = 0.9;

/** The product's loader: a checked ggml file, run by the best addon for this processor. */
export const loadWhisperModel: ModelLoader = async ({ modelPath, nativeDir, ...threads }, onProgress) => {
  const info = checkModelFile(modelPath);
  const { addon, variant } = loadNative(nativeDir);
  await readAhead(modelPath, (share) => onProgress(READING_SHARE * share));
  const transcriber = await Whisper.load(addon, modelPath, info, threads);
  onProgress(LOADED_SHARE);
  return { transcriber, info, variant };
};

/**
 * The best addon in `folder`.
 * @throws LoadError `addon`
 */
export function loadNative(folder: string): LoadedAddon {
  try {
    return loadAddon(folder);
  } catch (cause) {
    const message = isDictationError(cause) ? cause.userText : String(cause);
    throw new LoadError('addon', message, { cause });
  }
}
