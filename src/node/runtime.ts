import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { defer, finalize, lastValueFrom, type Observable, switchMap } from 'rxjs';
import type { Disposable } from '../core/lifetime';
import type {
  AudioSource,
  EngineReport,
  Log,
  LogLevel,
  Machine,
  Microphones,
  ModelLibrary,
} from '../core/ports';
import type { RecorderProgram } from './audio/microphone';
import { installedRecorders } from './audio/recorder-command';
import type { Pace } from './audio/wav-file';
import { batchedLog, type BatchedLog } from './log/batched-log';
import { EnginePool, type EngineSettings, type Prepared } from './engine-pool';
import { IdleTimer } from './idle-timer';
import { Measuring } from './measuring';
import { createModelStore } from './models/store';
import { measureEngines } from './speed';
import { productPaths, type ProductPaths } from './paths';

/** What the user chose; read anew at every start, so that a changed setting needs no reload. */
export interface RuntimeSettings extends EngineSettings {
  readonly recorder: RecorderProgram | 'auto';
  /** Name of the recording device; `undefined` for the system's default. */
  readonly device: string | undefined;
  /** The engines, and the memory of their models, are released after this time without dictation, ms. */
  readonly idleReleaseMs: number;
}

/** What a {@link Runtime} is made with. */
export interface RuntimeOptions {
  /** Folder that holds the product (its `package.json`). */
  readonly root: string;
  /** Folder for downloaded models. */
  readonly modelsDir: string;
  /** Where log records end up, batched. */
  readonly log: Log;
  /** Asked for every record. */
  readonly logLevel: () => LogLevel;
  readonly settings: () => RuntimeSettings;
  /** Replaces scheme and host of download addresses; asked at every download. */
  readonly mirror?: () => string | undefined;
  /** What downloads go through; default: the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/**
 * The machine's side of dictation: models, engine processes and sound. The engines outlive a session and are shared by
 * all; each is replaced when another model, or number of threads, is chosen for it.
 */
export class Runtime implements Disposable {
  readonly store: ModelLibrary;
  readonly microphones: Microphones;
  readonly machine: Machine;
  private readonly log: BatchedLog;
  private readonly idle: IdleTimer;
  private readonly paths: ProductPaths;
  private readonly pool: EnginePool;
  private readonly measuring = new Measuring();

  constructor(private readonly options: RuntimeOptions) {
    this.paths = productPaths(options.root);
    this.log = batchedLog(options.log, { level: options.logLevel });
    this.idle = new IdleTimer(
      () => void this.release(),
      () => this.options.settings().idleReleaseMs,
    );
    this.store = createModelStore({
      catalogPath: this.paths.catalog,
      embeddedDir: this.paths.embeddedModels,
      modelsDir: options.modelsDir,
      mirror: options.mirror,
      fetch: options.fetch,
      log: this.log,
    });
    const { store, paths, log } = this;
    this.pool = new EnginePool({ store, paths, log, settings: () => this.options.settings() });
    this.microphones = {
      list: async () => (await import('./audio/recording')).listInputDevices(this.log),
      open: (device) => this.openMicrophone(device),
    };
    this.machine = {
      facts: () => ({ cores: os.availableParallelism(), memoryBytes: os.totalmem() }),
      recorders: () => installedRecorders({ platform: process.platform, env: process.env }),
      recorderInstallCommand: async () => (await import('./audio/recording')).recorderInstallCommand(),
      measure: (signal) => lastValueFrom(this.inUse(this.measuring.alone(this.measure(), signal))),
    };
  }

  /**
   * Finds the models and starts the engines, or returns the running ones if they are still what the settings ask for.
   * Does not wait for models to load. The idle time begins anew, so that a session may follow, and need not. A measurement that
   * is under way ends.
   * @throws DictationError area `model`: missing, corrupt, or not for the language
   */
  prepare(): Promise<Prepared> {
    this.measuring.end();
    return this.prepareEngines();
  }

  /**
   * @param device id of a device, empty for the system's default; by default the one of the settings
   * @throws DictationError area `microphone` if no recorder program is installed
   */
  async openMicrophone(device?: string): Promise<AudioSource> {
    const settings = this.options.settings();
    const { createMicrophone } = await import('./audio/recording');
    return createMicrophone({
      program: settings.recorder,
      device: device ?? settings.device,
      log: this.log,
    });
  }

  /**
   * @param heardUpTo sample position up to which the session is done: at `max` pace the file waits for it
   * @throws DictationError area `usage` if the file is not readable audio
   */
  async openFile(file: string, pace: Pace, heardUpTo: () => number): Promise<AudioSource> {
    const { openWavFile } = await import('./audio/wav-file');
    return openWavFile(file, { pace, heardUpTo });
  }

  /** The bundled recording for a first try without a microphone. */
  get demoRecording(): string {
    return this.paths.demoRecording;
  }

  /** Ends the engines; the next {@link prepare} starts them again. */
  release(): Promise<void> {
    return this.pool.release();
  }

  /**
   * What a session tells, while the engines are kept for it and nothing else; when it is over the log is written and, after the
   * idle time, the engines are released.
   */
  during<T>(events$: Observable<T>): Observable<T> {
    return this.inUse(this.measuring.during(events$));
  }

  async dispose(): Promise<void> {
    this.idle.dispose();
    await this.pool.dispose();
    await this.log.dispose();
  }

  private prepareEngines(): Promise<Prepared> {
    const done = this.idle.begin();
    return this.pool.prepare().finally(done);
  }

  /** `work$`, whose engines are not released before it is over. */
  private inUse<T>(work$: Observable<T>): Observable<T> {
    return defer(() => {
      const done = this.idle.begin();
      return work$.pipe(
        finalize(() => {
          this.log.flush();
          done();
        }),
      );
    });
  }

  private measure(): Observable<readonly EngineReport[]> {
    return defer(async () => {
      const { engines } = await this.prepareEngines();
      const audio = await this.openFile(this.demoRecording, 'max', () => Infinity);
      const text = await readFile(this.paths.demoText, 'utf8');
      return { engines, recording: { audio, text } };
    }).pipe(switchMap(({ engines, recording }) => measureEngines(engines, recording)));
  }
}
