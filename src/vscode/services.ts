import type { AudioSource, Log, ModelStore, ResolvedModel } from '../core/ports';
import type { Session } from '../core/session-types';

/** Where the sound of a dictation comes from. */
export type SourceRequest =
  | { readonly kind: 'microphone' }
  /** A WAV file, as fast as it was spoken (`realtime`) or as fast as possible (`max`). */
  | { readonly kind: 'recording'; readonly path: string; readonly pace: 'realtime' | 'max' };

/** The models that a dictation works with. */
export interface ModelPair {
  readonly fast: ResolvedModel;
  readonly heavy: ResolvedModel;
}

/** Models found, engines on their way: sessions can begin. */
export interface PreparedDictation {
  readonly models: ModelPair;
  createSession(source: AudioSource): Session;
}

/** What the editor side needs from the machine side; the extension's entry brings both together. */
export interface DictationServices {
  readonly log: Log;
  readonly models: ModelStore;
  /** Path of the recording that ships with the extension. */
  readonly demoRecording: string;
  /**
   * Finds the recorder or opens the file; sound flows once the source is subscribed to.
   * @param heardUpTo sample position the session has reached, for files that are read faster than real time
   * @throws DictationError area `microphone` or `usage`
   */
  openSource(request: SourceRequest, heardUpTo: () => number): Promise<AudioSource>;
  /**
   * Finds the models and starts the engines without waiting for them to load; cheap if they run already.
   * @throws DictationError area `model`
   */
  prepare(): Promise<PreparedDictation>;
}
