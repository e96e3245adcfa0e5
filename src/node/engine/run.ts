import type { DictationError } from '../../core/errors';
import { PROTOCOL_VERSION, type FromEngine, type ToEngine } from '../../protocol/messages';
import { engineCrashed, engineStalled, isPermanent, loadFailed } from './engine-errors';
import type { EngineUsage } from '../../core/ports';
import type { EngineOptions } from './options';
import { EngineProcess } from './process';
import type { EngineTimes } from './times';
import { Watchdog } from './watchdog';

type Loaded = Extract<FromEngine, { type: 'loaded' }>;
/** Id of a ping that asks for the cost; the watchdog counts from 1. */
const USAGE_PING = 0;

type Answer = Extract<FromEngine, { type: 'voice' | 'result' | 'call-failed' }>;

/** What the life of one process tells; after `ended` nothing follows. */
export interface RunEvents {
  /** The process works and takes frames. */
  readonly ready: () => void;
  /** So much of the model is loaded, 0…1. */
  readonly loading: (share: number) => void;
  /** The model is loaded: calls may come. */
  readonly loaded: (message: Loaded) => void;
  readonly answer: (message: Answer) => void;
  /** The process is gone. `permanent`: a new one would fail in the same way. */
  readonly ended: (error: DictationError, permanent: boolean) => void;
}

/** One process from start to end: handshake, loading, pings. Whatever goes wrong ends the process, and `ended` says why. */
export class EngineRun {
  private readonly process: EngineProcess;
  private phase: 'starting' | 'loading' | 'working' | 'ended' = 'starting';
  private timer: NodeJS.Timeout | undefined;
  /** So much of the model was loaded at most, 0…1. */
  private loadedShare = 0;
  private watchdog: Watchdog | undefined;
  /** Those who asked what the process costs; the next pong answers them. */
  private curious: ((usage: EngineUsage | undefined) => void)[] = [];
  private verdict: { readonly error: DictationError; readonly permanent: boolean } | undefined;

  constructor(
    private readonly options: EngineOptions,
    private readonly times: EngineTimes,
    private readonly events: RunEvents,
    priority: number,
  ) {
    const { log, role } = options;
    this.process = new EngineProcess({
      entry: options.entry,
      priority,
      onMessage: (message) => this.receive(message),
      onMalformed: (problem) => log.error(`${role} engine sent a ${problem}`),
      onLine: (line) => (log.native ? log.native(role, line) : log.debug(`[${role}] ${line}`)),
      onExit: (how) => this.finish(how),
    });
    this.timer = setTimeout(() => this.stop(engineStalled(role, 'did not answer')), times.handshake);
    this.send({
      type: 'hello',
      version: PROTOCOL_VERSION,
      role,
      modelPath: options.model.path,
      vadDir: options.vadDir ?? null,
      nativeDir: options.nativeDir,
      threads: options.threads,
      finalThreads: options.finalThreads ?? options.threads,
    });
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  send(message: ToEngine): void {
    this.process.send(message);
  }

  /** What the process has cost; undefined if it ends before it answers. */
  usage(): Promise<EngineUsage | undefined> {
    if (this.phase === 'ended' || this.verdict) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.curious.push(resolve);
      this.send({ type: 'ping', id: USAGE_PING });
    });
  }

  /** Ends the process at once because of `error`. */
  stop(error: DictationError, permanent = false): void {
    this.verdict ??= { error, permanent };
    this.quiet();
    this.process.kill();
  }

  /** Ends the process in peace; no event follows. Resolves when it is gone. */
  async end(): Promise<void> {
    this.phase = 'ended';
    this.quiet();
    await this.process.end(this.times.endGrace);
  }

  private receive(message: FromEngine): void {
    if (this.phase === 'ended' || this.verdict) return;
    const { role, model, log } = this.options;
    switch (message.type) {
      case 'ready':
        this.greet();
        break;
      case 'loading':
        if (this.phase === 'loading') this.progress(message.share);
        break;
      case 'loaded':
        if (this.phase !== 'loading') break;
        clearTimeout(this.timer);
        this.phase = 'working';
        this.events.loaded(message);
        break;
      case 'load-failed':
        this.stop(loadFailed(role, message.code, message.message, model.name), isPermanent(message.code));
        break;
      case 'pong':
        this.watchdog?.pong();
        this.tellUsage({ cpuSeconds: message.cpuSeconds, peakRssBytes: message.peakRssBytes });
        break;
      case 'log':
        log[message.level](`[${role}] ${message.message}`);
        break;
      case 'voice':
      case 'result':
      case 'call-failed':
        this.events.answer(message);
        break;
    }
  }

  private greet(): void {
    if (this.phase !== 'starting') return;
    const { role } = this.options;
    const { pingInterval, missedPings } = this.times;
    this.phase = 'loading';
    this.awaitLoading();
    this.watchdog = new Watchdog(
      { intervalMs: pingInterval, most: missedPings },
      (id) => this.send({ type: 'ping', id }),
      () => this.stop(engineStalled(role, 'stopped answering')),
    );
    this.events.ready();
  }

  /** A file that is read slowly is read: only a share that does not grow is a sign of a process that hangs. */
  private progress(share: number): void {
    if (share > this.loadedShare) this.awaitLoading();
    this.loadedShare = Math.max(share, this.loadedShare);
    this.events.loading(share);
  }

  private awaitLoading(): void {
    clearTimeout(this.timer);
    const stalled = () => this.stop(engineStalled(this.options.role, 'did not load its model'));
    this.timer = setTimeout(stalled, this.times.load);
  }

  private finish(how: string): void {
    this.quiet();
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    const { error, permanent } = this.verdict ?? {
      error: engineCrashed(this.options.role, how),
      permanent: false,
    };
    this.events.ended(error, permanent);
  }

  private tellUsage(usage: EngineUsage | undefined): void {
    const curious = this.curious;
    this.curious = [];
    for (const tell of curious) tell(usage);
  }

  private quiet(): void {
    clearTimeout(this.timer);
    this.watchdog?.dispose();
    this.tellUsage(undefined);
  }
}
