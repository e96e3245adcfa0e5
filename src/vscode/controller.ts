import { asDictationError, type DictationError } from '../core/errors';
import { ContextKeyWriter } from './context-keys';
import { showError } from './notifications';
import { RunningTake, type RunningParts } from './running-take';
import type { ModelPair, SourceRequest } from './services';
import type { Focus } from './focus';
import { targetFor } from './start-target';
import type { StatusBar } from './status-bar';
import type { Take } from './take';
import type { TakeStyle } from './take-style';
import type { TakeWiring } from './take-wiring';
import type { OpenTarget } from './target';
import type { VoiceControl } from './voice/voice-control';

/** The parts that a {@link DictationController} directs. */
export interface ControllerParts extends RunningParts {
  /** How the next dictation shows and writes its text. */
  readonly style: () => TakeStyle;
  readonly status: Pick<StatusBar, 'update'>;
  /** Voice commands; without it everything that is said is text. */
  readonly voice?: Pick<VoiceControl, 'matcher' | 'run' | 'tell'>;
  /** Called with the models of each dictation that begins. */
  readonly onModels?: (models: ModelPair) => void;
}

/**
 * Starts and stops dictations. At most one listens; former ones may still be confirming their last words, each at its
 * own place.
 */
export class DictationController {
  /** Dictations under way; each settles when its last word is inserted, and never rejects. */
  private readonly running = new Map<RunningTake, Promise<void>>();
  private listening: RunningTake | undefined;
  private readonly contextKeys = new ContextKeyWriter();
  private models: ModelPair | undefined;
  private failure: string | undefined;

  constructor(private readonly parts: ControllerParts) {
    this.publish();
  }

  /**
   * Begins to dictate at the cursor; harmless if a dictation listens already.
   * @param focus where the keyboard is, if that is no editor
   * @returns when the dictation is over and its last word inserted; at once if none was begun
   */
  start(request: SourceRequest = { kind: 'microphone' }, focus: Focus = 'editor'): Promise<void> {
    if (this.listening) return Promise.resolve();
    this.failure = undefined;
    try {
      return this.begin(targetFor(focus, this.parts.style), request);
    } catch (error) {
      this.report(asDictationError(error, 'usage', 'start-failed'));
      return Promise.resolve();
    }
  }

  /** Listens no more; grey words stay grey until they are confirmed. Harmless if nothing listens. */
  stop(): void {
    const { listening } = this;
    if (!listening) return;
    this.listening = undefined;
    listening.stop();
    this.publish();
  }

  /** Stops if a dictation listens, else starts one. */
  toggle(): Promise<void> {
    if (!this.listening) return this.start();
    this.stop();
    return Promise.resolve();
  }

  /** Ends the open utterance at once, as if the speaker had paused, and goes on listening. */
  confirmNow(): void {
    this.listening?.take.confirmNow();
  }

  /** Ends all dictations at once; drafts go to the history and are offered. */
  cancel(): void {
    for (const dictation of this.running.keys()) dictation.end(true);
    this.listening = undefined;
    this.publish();
  }

  /** Ends everything. Resolves when the last edit that was under way is done. */
  async dispose(): Promise<void> {
    const done = [...this.running.values()];
    for (const dictation of this.running.keys()) dictation.end(false);
    this.listening = undefined;
    await Promise.all(done);
  }

  private begin(target: OpenTarget, request: SourceRequest): Promise<void> {
    const dictation = new RunningTake(target, this.parts, this.wiring());
    const former = [...this.running.values()];
    this.listening = dictation;
    const done = this.run(dictation, request, former);
    this.running.set(dictation, done);
    this.publish();
    return done;
  }

  private wiring(): TakeWiring {
    const { history, keeper, services, voice } = this.parts;
    return {
      history,
      keeper,
      voice,
      log: services.log,
      changed: () => this.publish(),
      report: (error) => this.report(error),
      stopOnly: (take) => this.stopOnly(take),
    };
  }

  /** Stops `take`, and no other that was started since. */
  private stopOnly(take: Take): void {
    if (this.listening?.take === take) this.stop();
  }

  private async run(
    dictation: RunningTake,
    request: SourceRequest,
    former: readonly Promise<void>[],
  ): Promise<void> {
    try {
      await dictation.run(request, former, (models) => this.hasModels(models));
    } catch (error) {
      if (!dictation.hasEnded) this.fail(asDictationError(error, 'engine', 'unexpected'));
    } finally {
      dictation.end(true);
      await dictation.dispose();
      this.running.delete(dictation);
      if (this.listening === dictation) this.listening = undefined;
      this.publish();
    }
  }

  private hasModels(models: ModelPair): void {
    this.models = models;
    this.parts.onModels?.(models);
  }

  private fail(error: DictationError): void {
    // What the user did wrong is said once and is no state.
    if (error.area !== 'usage') this.failure = error.userText;
    this.report(error);
  }

  private report(error: DictationError): void {
    const { log } = this.parts.services;
    showError(error, log).catch((cause: unknown) => log.warn(`Notification failed: ${String(cause)}`));
  }

  /** Tells the status bar and the context keys what is going on. */
  private publish(): void {
    const shown = this.listening ?? [...this.running.keys()].at(-1);
    const status = shown?.take.status;
    const take = status && shown !== this.listening ? { ...status, phase: 'stopping' as const } : status;
    this.parts.status.update({
      take,
      source: shown?.sourceName,
      place: shown?.take.target.mark,
      into: shown?.take.target.label,
      models: this.models,
      failure: this.failure,
    });
    this.contextKeys.write({
      listening: this.listening !== undefined,
      loading: this.listening !== undefined && (take?.phase === 'starting' || take?.phase === 'loading'),
      pending: [...this.running.keys()].some(({ take }) => take.hasDrafts),
    });
  }
}
