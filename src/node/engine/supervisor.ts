import { BehaviorSubject, type Observable, Subject } from 'rxjs';
import { type DictationError, messageOf } from '../../core/errors';
import type { Frame, Hypothesis, Role, TranscribeRequest, VoiceProbability } from '../../core/model';
import type { Engine, EngineState, EngineUsage, ListeningEngine } from '../../core/ports';
import { msToSamples } from '../../core/units';
import type { FromEngineOf } from '../../protocol/messages';
import { type CallLine, closedLine } from './call-line';
import { ComputingTime } from './computing-time';
import { deadlinePassed, engineCrashed, engineUnavailable } from './engine-errors';
import { FrameRelay } from './frame-relay';
import { type EngineOptions, type ListeningEngineOptions, priorityOf } from './options';
import { EngineRun } from './run';
import { DEFAULT_TIMES, type EngineTimes, backOffMs, defaultDeadlineMs } from './times';

/** An engine whose process can be looked at. */
export interface Supervised {
  /** Process id of the running process, if there is one. */
  readonly pid: number | undefined;
}

/**
 * One model in a process that is watched: started again with a growing pause when it ends or hangs, given up after several
 * failures in a row. `start()` after that tries anew.
 */
export function superviseEngine(options: EngineOptions): Engine & Supervised {
  return new Supervisor(options);
}

/** Like {@link superviseEngine}, with the voice activity detector. */
export function superviseListeningEngine(options: ListeningEngineOptions): ListeningEngine & Supervised {
  return new Supervisor(options);
}

class Supervisor implements ListeningEngine, Supervised {
  readonly role: Role;
  readonly longestWindow: number;
  readonly takesPrompts: boolean;
  private readonly state = new BehaviorSubject<EngineState>({ phase: 'stopped' });
  private readonly voice = new Subject<VoiceProbability>();
  private readonly relay: FrameRelay;
  private readonly calls: CallLine;
  private readonly times: EngineTimes;
  private run: EngineRun | undefined;
  private failures = 0;
  private backOff: NodeJS.Timeout | undefined;
  private disposal: Promise<void> | undefined;

  constructor(private readonly options: EngineOptions) {
    const { role, log } = options;
    this.role = role;
    this.longestWindow = options.model.longestWindow;
    // The embedded pair was trained without: with prompts it makes twice the errors.
    this.takesPrompts = options.model.origin !== 'embedded';
    this.times = { ...DEFAULT_TIMES, ...options.times };
    this.relay = new FrameRelay(options.vadDir === undefined ? undefined : (voice) => this.voice.next(voice));
    const deadlineMs = options.deadlineMs ?? ((_request, predicted) => defaultDeadlineMs(predicted));
    // A voice detector computes in the same process: there, computing says nothing about a call. It also has no lower priority.
    const computing = options.vadDir === undefined ? new ComputingTime(() => this.usage()) : undefined;
    const { threads, finalThreads = threads } = options;
    this.calls = closedLine(role, deadlineMs, {
      onStart: ({ allCores }) => {
        log.callStarted?.();
        computing?.begin(allCores ? finalThreads : threads);
      },
      ...(computing && { isStarved: (ms) => computing.isStarved(ms) }),
      onEnd: () => log.callEnded?.(),
      onResult: () => {
        this.failures = 0;
      },
      onDeadline: (ms) => this.stopRun(deadlinePassed(role, ms)),
    });
  }

  get state$(): Observable<EngineState> {
    return this.state.asObservable();
  }

  get voice$(): Observable<VoiceProbability> {
    return this.voice.asObservable();
  }

  get pid(): number | undefined {
    return this.run?.pid;
  }

  start(): void {
    const { phase } = this.state.value;
    if (this.disposal || (phase !== 'stopped' && phase !== 'failed')) return;
    this.failures = 0;
    this.calls.open();
    this.launch();
  }

  reset(): void {
    this.relay.reset();
  }

  push(frame: Frame): void {
    if (!this.disposal) this.relay.push(frame);
  }

  release(before: number): void {
    this.relay.release(before);
  }

  transcribe(request: TranscribeRequest): Observable<Hypothesis> {
    return this.calls.transcribe(request, () => this.relay.epoch);
  }

  async usage(): Promise<EngineUsage | undefined> {
    return this.run?.usage();
  }

  dispose(): Promise<void> {
    this.disposal ??= this.end();
    return this.disposal;
  }

  private async end(): Promise<void> {
    clearTimeout(this.backOff);
    this.relay.detach();
    this.calls.close(engineUnavailable(this.role));
    this.state.next({ phase: 'stopped' });
    await this.run?.end();
    this.run = undefined;
    this.state.complete();
    this.voice.complete();
  }

  private launch(): void {
    this.state.next({ phase: 'starting' });
    try {
      this.run = this.newRun();
    } catch (cause) {
      // For want of memory, and for whatever Windows gives no name to, Node throws; other reasons come as the exit of the process.
      this.ended(engineCrashed(this.role, messageOf(cause)), false);
    }
  }

  private newRun(): EngineRun {
    const run: EngineRun = new EngineRun(
      this.options,
      this.times,
      {
        ready: () => {
          this.state.next({ phase: 'loading' });
          this.relay.attach((message) => run.send(message));
        },
        loading: (progress) => this.state.next({ phase: 'loading', progress }),
        loaded: (message) => this.opened(run, message),
        answer: (message) => {
          if (message.type === 'voice') this.relay.voice(message);
          else this.calls.answer(message);
        },
        ended: (error, permanent) => this.ended(error, permanent),
      },
      priorityOf(this.options),
    );
    return run;
  }

  private opened(run: EngineRun, message: FromEngineOf<'loaded'>): void {
    const { model, log } = this.options;
    const { variant, loadMs, warmupMs, warmupAudioMs } = message;
    log.info(
      `${this.role} engine ready: ${model.name}, ${variant}, loaded in ${Math.round(loadMs)} ms, ` +
        `${Math.round(warmupMs)} ms for ${Math.round(warmupAudioMs)} ms of audio`,
    );
    this.calls.learn(msToSamples(warmupAudioMs), warmupMs);
    this.state.next({ phase: 'ready', model: model.name, variant, loadMs });
    this.calls.attach((call) => run.send(this.relay.withAudio(call)));
  }

  /** Ends the process because of `error`; its call fails at once, without waiting for the process to be gone. */
  private stopRun(error: DictationError): void {
    this.run?.stop(error);
    this.interrupt(error);
  }

  private ended(error: DictationError, permanent: boolean): void {
    this.run = undefined;
    this.options.log.error(`${this.role} engine: ${error.code}: ${error.message}`);
    if (permanent || this.failures + 1 >= this.times.failures) {
      this.relay.detach();
      this.state.next({ phase: 'failed', error });
      this.calls.close(engineUnavailable(this.role, error));
      return;
    }
    this.interrupt(error);
    this.failures += 1;
    this.backOff = setTimeout(() => this.launch(), backOffMs(this.times, this.failures));
  }

  /** The process is gone or will be: that is told, once, before its call fails, so that nobody makes another one meanwhile. */
  private interrupt(error: DictationError): void {
    if (this.state.value.phase !== 'restarting')
      this.state.next({ phase: 'restarting', error, attempt: this.failures + 1 });
    this.relay.detach();
    this.calls.detach(error);
  }
}
