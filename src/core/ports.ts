import type { Observable } from 'rxjs';
import type { DictationError } from './errors';
import type { Disposable } from './lifetime';
import type { Frame, Hypothesis, Role, TranscribeRequest, VoiceProbability } from './model';

/** The outside world as the core sees it. Adapters in `node/`, `engine/` and `vscode/` implement these. */

/** A place that frames come from: a microphone or a file. */
export interface AudioSource {
  /** What a status line shows, e.g. `microphone (arecord)` or `recording.wav`. */
  readonly name: string;
  /**
   * Cold. Subscribing starts the capture, unsubscribing ends it and everything it started. `start` of the first frame
   * is 0 and positions have no gaps. Completes at the end of a file; errors with a {@link DictationError}.
   */
  readonly frames$: Observable<Frame>;
}

/** A microphone of this system. */
export interface InputDevice {
  /** What the recorder calls it; the value of the setting. May contain serial numbers: never shown in a report. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** True if it is the system's default, as far as the system tells. */
  readonly isDefault: boolean;
  /** True if it hears what the loudspeakers play. */
  readonly isMonitor: boolean;
}

/** The microphones of this system. */
export interface Microphones {
  /** What is plugged in now; empty if the system does not tell. */
  list(): Promise<readonly InputDevice[]>;
  /**
   * Prepares one; sound flows once the source is subscribed to.
   * @param device `id` of a device, empty for the system's default; by default the one of the settings
   * @throws DictationError area `microphone` if no recorder program is installed
   */
  open(device?: string): Promise<AudioSource>;
}

/** The life of one engine process. */
export type EngineState =
  | { readonly phase: 'stopped' }
  | { readonly phase: 'starting' }
  /** `progress` 0…1 when known. */
  | { readonly phase: 'loading'; readonly progress?: number }
  | { readonly phase: 'ready'; readonly model: string; readonly variant: string; readonly loadMs: number }
  /** Crashed or was ended; starts again after a back-off. */
  | { readonly phase: 'restarting'; readonly error: DictationError; readonly attempt: number }
  /** Given up: `error` says why. */
  | { readonly phase: 'failed'; readonly error: DictationError };

/** What an engine process has cost so far. */
export interface EngineUsage {
  /** User and system time of all its threads. */
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

/** One model behind a process boundary. */
export interface Engine extends Disposable {
  readonly role: Role;
  /** Replays the current state, then every change; never errors; completes when disposed. */
  readonly state$: Observable<EngineState>;
  /** Longest window that this model understands well, in samples (from the catalogue). */
  readonly longestWindow: number;
  /** False for a model that never saw text before its audio in training: a prompt would only confuse it. */
  readonly takesPrompts?: boolean;
  /** Starts the process and loads the model; idempotent. Failures appear in `state$`. */
  start(): void;
  /** Starts a new sample clock: the ring buffer and the VAD forget what they heard. Call before the first frame of a session. */
  reset(): void;
  /** Hands over one frame. May be called before the engine is ready: frames wait, none is lost within 16 minutes of {@link release}. */
  push(frame: Frame): void;
  /** No call yet to come asks for audio before this sample position: it need not be kept. Without it the last 16 minutes are. */
  release(before: number): void;
  /**
   * Transcribes a range of the audio pushed since `reset`. One value, then completion. Errors with a
   * {@link DictationError}: `engine-deadline` (the process was ended), `engine-stalled` (it answered no pings and was ended),
   * `engine-crashed`, `engine-failed` (the call itself), `engine-unavailable` (given up). Unsubscribing forgets the result (the
   * call itself cannot be cancelled).
   */
  transcribe(request: TranscribeRequest): Observable<Hypothesis>;
  /** Cost of the running process (of its current incarnation); `undefined` if none answers. */
  usage(): Promise<EngineUsage | undefined>;
}

/** An engine that also runs the voice activity detector over the frames pushed to it. */
export interface ListeningEngine extends Engine {
  /** Hot. One value per pushed frame, in order, since the last `reset`. */
  readonly voice$: Observable<VoiceProbability>;
}

/** The two models of a session; they outlive it. Where one model does both, it stands in both places. */
export interface Engines {
  readonly fast: ListeningEngine;
  readonly heavy: Engine;
}

/** Levels of the log, least to most. */
export type LogLevel = 'off' | 'error' | 'warn' | 'info' | 'debug';

/** Where log records go. Never transcript text. */
export interface Log {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

/** Where a usable model file was found. `embedded` is the tiny pair that ships with the extension. */
export type ModelOrigin = 'setting' | 'downloaded' | 'embedded';

/** A model file that was checked (size, hash or at least a sound header) and can be loaded. */
export interface ResolvedModel {
  readonly role: Role;
  /** Catalogue name such as `tiny.en`, or the file name of a custom model. */
  readonly name: string;
  readonly path: string;
  readonly origin: ModelOrigin;
  /** Longest useful window in samples. */
  readonly longestWindow: number;
  /** Whisper language codes it knows; `['en']` for English-only. */
  readonly languages: readonly string[];
}

/** Progress of a download: `totalBytes` as pinned by the catalogue. */
export interface DownloadProgress {
  readonly name: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

/** The models on this machine. */
export interface ModelStore {
  /**
   * Finds the model for a role: the given path or catalogue name, else the downloaded one of the preferred pair, else the embedded one.
   * @throws DictationError area `model` when what was asked for by name or path is missing or corrupt.
   */
  resolve(role: Role, wanted?: string): Promise<ResolvedModel>;
  /** Names in the catalogue of the pair to download by default, e.g. `['tiny.en-q8_0', 'small.en-q8_0']`. */
  defaultPair(): readonly [fast: string, heavy: string];
  /** True if this catalogue entry is downloaded and sound. */
  has(name: string): Promise<boolean>;
  /** True while this catalogue entry is downloaded, in whichever process of this machine. */
  isDownloading(name: string): Promise<boolean>;
  /**
   * Downloads a catalogue entry: resumed, verified, atomic. Cold: unsubscribing cancels and keeps the part for a resume.
   * Errors with a {@link DictationError} area `model`.
   */
  download(name: string): Observable<DownloadProgress>;
}

/** A model of the catalogue, or one that the user installed from a file. */
export interface StoredModel {
  /** Catalogue name such as `tiny.en-q8_0`, or the file name of the user's own. This, or `path`, is the value of a setting. */
  readonly name: string;
  /** Roles it is meant for; nothing forbids another use. */
  readonly roles: readonly Role[];
  /** Size of the whole file. */
  readonly bytes: number;
  /** Estimated memory at work, MiB. */
  readonly ramMiB: number;
  readonly languages: readonly string[];
  /**
   * `installed`: complete, its hash verified; `partial`: a download that can go on; `broken`: a file that is not what the catalogue
   * pins; `custom`: installed from a file that the catalogue does not know; `embedded`: ships with the product.
   */
  readonly state: 'absent' | 'partial' | 'installed' | 'broken' | 'custom' | 'embedded';
  /** Bytes on disk of a `partial` one. */
  readonly receivedBytes: number;
  /** Where the file is or would be. */
  readonly path: string;
}

/** A fast and a heavy model that work together. */
export interface ModelPairing {
  readonly fast: string;
  readonly heavy: string;
}

/** A {@link ModelStore} whose content can be looked at and changed. */
export interface ModelLibrary extends ModelStore {
  /** Every model of the catalogue, the embedded ones, and those installed from files. */
  list(): Promise<readonly StoredModel[]>;
  /** The catalogue's pairs, smallest first. */
  pairs(): readonly ModelPairing[];
  /**
   * Copies a model file into the store; a file of the catalogue is recognised by its hash, others are checked for soundness.
   * @returns the model as {@link list} then shows it
   * @throws DictationError area `model`: unreadable, damaged, no model, or no room
   */
  installFromFile(file: string): Promise<StoredModel>;
  /**
   * Deletes the file of a model and what there is of its download. Embedded models stay.
   * @throws DictationError area `model` if the file cannot be deleted
   */
  delete(model: StoredModel): Promise<void>;
}

/** A model that was loaded and measured. */
export interface EngineReport {
  readonly role: Role;
  readonly model: string;
  /** Which build of the native addon runs it. */
  readonly variant: string;
  readonly loadMs: number;
  /** Computing time for a second of audio, ms. */
  readonly msPerSecond: number;
  /** Of the words of a recording that was measured on, so many were heard right. */
  readonly heard: { readonly right: number; readonly words: number };
}

/** The machine that dictation runs on. */
export interface Machine {
  /** Cores that may be used, and memory in bytes. */
  facts(): { readonly cores: number; readonly memoryBytes: number };
  /** Recorder programs that are installed, best first. */
  recorders(): readonly string[];
  /** The command, for a terminal, that installs one; `undefined` if none is known for this system. */
  recorderInstallCommand(): Promise<string | undefined>;
  /**
   * Loads the models that dictation would use now, and measures them on a recording. A dictation that begins ends it, so does
   * another measurement.
   * @param signal ends it, too
   * @throws DictationError area `model` or `engine`; `measuring-ended` if it was ended, or somebody dictates
   */
  measure(signal?: AbortSignal): Promise<readonly EngineReport[]>;
}
