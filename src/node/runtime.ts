import os from 'node:os';
import { defer, finalize, lastValueFrom, type Observable } from 'rxjs';
import type { Disposable } from '../core/lifetime';
import type {
  AudioSource,
  EngineReport,
  Engines,
  Log,
  LogLevel,
  Machine,
  Microphones,
  ModelLibrary,
  ResolvedModel,
} from '../core/ports';
import { DictationError } from '../core/errors';
import { threadBudget, type ThreadBudget } from '../core/threads';
import { listInputDevices } from './audio/devices/list';
import { createMicrophone, type RecorderProgram } from './audio/microphone';
import { installedRecorders } from './audio/recorder-command';
import { openWavFile, type Pace } from './audio/wav-file';
import { superviseEngine, superviseListeningEngine } from './engine/supervisor';
import { batchedLog, type BatchedLog } from './log/batched-log';
import { IdleTimer } from './idle-timer';
import { createModelStore } from './models/store';
import { measureEngines } from './speed';
import { productPaths, type ProductPaths } from './paths';

/** What the user chose; read anew at every start, so that a changed setting needs no reload. */
export interface RuntimeSettings {
  /** Catalogue name or path; `undefined` for what is downloaded, else the embedded model. */
  readonly fast: string | undefined;
  readonly heavy: string | undefined;
  /** Whisper language code or `auto`. */
  readonly language: string;
  readonly recorder: RecorderProgram | 'auto';
  /** Name of the recording device; `undefined` for the system's default. */
  readonly device: string | undefined;
  /** Threads per model; `undefined` to share the cores automatically. */
  readonly threads: ThreadBudget | undefined;
  /** The engines, and the memory of their models, are released after this time without dictation, ms. */
  readonly idleReleaseMs: number;
}

/** Models found and engines running (or about to: they buffer audio until their model is loaded). */
export interface Prepared {
  readonly engines: Engines;
  readonly fast: ResolvedModel;
  readonly heavy: ResolvedModel;
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
 * all; they are replaced when another model is chosen.
 */
export class Runtime implements Disposable {
  readonly store: ModelLibrary;
  readonly microphones: Microphones;
  readonly machine: Machine;
  private readonly log: BatchedLog;
  private readonly idle: IdleTimer;
  private readonly paths: ProductPaths;
  private running: { readonly key: string; readonly prepared: Prepared } | undefined;
  /** Preparations run one after the other, so that two quick starts cannot fork two pairs of engines. */
  private queue: Promise<unknown> = Promise.resolve();
  private disposed = false;

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
    this.microphones = {
      list: () => listInputDevices(this.log),
      open: (device) => this.openMicrophone(device),
    };
    this.machine = {
      facts: () => ({ cores: os.availableParallelism(), memoryBytes: os.totalmem() }),
      recorders: () => installedRecorders({ platform: process.platform, env: process.env }),
      measure: () => lastValueFrom(this.during(defer(() => this.measure()))),
    };
  }

  /**
   * Finds the models and starts the engines, or returns the running ones if they are still what the settings ask for.
   * Does not wait for models to load. The idle time begins anew, so that a session may follow, and need not.
   * @throws DictationError area `model`: missing, corrupt, or not for the language
   */
  prepare(): Promise<Prepared> {
    const done = this.idle.begin();
    const next = this.queue.then(() => this.prepareNow()).finally(done);
    this.queue = next.catch(() => undefined);
    return next;
  }

  /**
   * @param device id of a device, empty for the system's default; by default the one of the settings
   * @throws DictationError area `microphone` if no recorder program is installed
   */
  openMicrophone(device?: string): Promise<AudioSource> {
    const settings = this.options.settings();
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
  openFile(file: string, pace: Pace, heardUpTo: () => number): Promise<AudioSource> {
    return openWavFile(file, { pace, heardUpTo });
  }

  /** The bundled recording for a first try without a microphone. */
  get demoRecording(): string {
    return this.paths.demoRecording;
  }

  /** Ends the engines; the next {@link prepare} starts them again. */
  release(): Promise<void> {
    const next = this.queue.then(() => this.endEngines());
    this.queue = next.catch(() => undefined);
    return next;
  }

  /**
   * What a session tells, while the engines are kept for it; when it is over the log is written and, after the idle
   * time, the engines are released.
   */
  during<T>(events$: Observable<T>): Observable<T> {
    return defer(() => {
      const done = this.idle.begin();
      return events$.pipe(
        finalize(() => {
          this.log.flush();
          done();
        }),
      );
    });
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.idle.dispose();
    await this.release();
    await this.log.dispose();
  }

  private async measure(): Promise<readonly EngineReport[]> {
    const { engines } = await this.prepare();
    const recording = await this.openFile(this.demoRecording, 'max', () => Infinity);
    const { language } = this.options.settings();
    return measureEngines(engines, recording, language);
  }

  private async prepareNow(): Promise<Prepared> {
    if (this.disposed) throw new DictationError('engine', 'shut-down', 'Dictation has been shut down.');
    const settings = this.options.settings();
    const [fast, heavy] = await Promise.all([
      this.store.resolve('fast', settings.fast),
      this.store.resolve('heavy', settings.heavy),
    ]);
    for (const model of [fast, heavy]) checkLanguage(model, settings.language);
    const threads = settings.threads ?? threadBudget(os.availableParallelism());
    const key = JSON.stringify([fast.path, heavy.path, threads]);
    if (this.running?.key !== key) {
      await this.endEngines();
      this.running = { key, prepared: { engines: this.startEngines(fast, heavy, threads), fast, heavy } };
    }
    const { prepared } = this.running;
    // Also an engine that had given up gets another chance; a running one is left alone.
    prepared.engines.fast.start();
    prepared.engines.heavy.start();
    return prepared;
  }

  private startEngines(fast: ResolvedModel, heavy: ResolvedModel, threads: ThreadBudget): Engines {
    const common = { entry: this.paths.engineEntry, nativeDir: this.paths.nativeDir, log: this.log };
    return {
      fast: superviseListeningEngine({
        ...common,
        role: 'fast',
        model: fast,
        threads: threads.fast,
        vadDir: this.paths.vadDir,
      }),
      heavy: superviseEngine({ ...common, role: 'heavy', model: heavy, threads: threads.heavy }),
    };
  }

  private async endEngines(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    if (!running) return;
    const { engines } = running.prepared;
    await Promise.all([engines.heavy.dispose(), engines.fast.dispose()]);
  }
}

function checkLanguage(model: ResolvedModel, language: string): void {
  if (language === 'auto' ? model.languages.length > 1 : model.languages.includes(language)) return;
  throw new DictationError(
    'model',
    'language-unsupported',
    language === 'auto'
      ? `The model ${model.name} knows one language only (${model.languages.join(', ')}): there is nothing to detect.`
      : `The model ${model.name} does not know the language "${language}".`,
    `Set the language to ${model.languages.slice(0, 5).join(', ')}, or choose a multilingual model such as small.`,
  );
}
