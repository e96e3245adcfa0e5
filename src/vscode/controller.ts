import { asDictationError, errorPlace, type DictationError } from '../core/errors';
import { withCleanUp, type CleanUpParts } from './cleanup/clean-up';
import { ContextKeyWriter } from './context-keys';
import type { History } from './history';
import type { TakeStyle } from './editor-target';
import { showError } from './notifications';
import { PrebufferedSource } from './prebuffer';
import type { DictationServices, ModelPair, SourceRequest } from './services';
import { readSettings } from './settings';
import type { Focus } from './focus';
import { targetFor } from './start-target';
import type { StatusBar } from './status-bar';
import { Take } from './take';
import { takeEvents, takeVoice, type TakeWiring } from './take-wiring';
import type { OpenTarget } from './target';
import type { Severity, TextKeeper } from './text-keeper';
import type { VoiceControl } from './voice/voice-control';

/** The parts that a {@link DictationController} directs. */
export interface ControllerParts {
  readonly services: DictationServices;
  /** How the next dictation shows and writes its text. */
  readonly style: () => TakeStyle;
  readonly status: Pick<StatusBar, 'update'>;
  readonly keeper: Pick<TextKeeper, 'keep'>;
  readonly history: Pick<History, 'add' | 'setDraft'>;
  /** Tidies up what was said, if the user wants that. */
  readonly cleanUp?: CleanUpParts;
  /** Voice commands; without it everything that is said is text. */
  readonly voice?: Pick<VoiceControl, 'matcher' | 'run' | 'tell'>;
  /** Called with the models of each dictation that begins. */
  readonly onModels?: (models: ModelPair) => void;
}

/** A dictation under way. */
interface Running {
  readonly take: Take;
  /** Settles when its last word is inserted; never rejects. */
  done: Promise<void>;
  source?: PrebufferedSource;
  cancelled: boolean;
  stopped: boolean;
}

/**
 * Starts and stops dictations. At most one listens; former ones may still be confirming their last words, each at its
 * own place.
 */
export class DictationController {
  private readonly running = new Set<Running>();
  private listening: Running | undefined;
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
      return this.begin(targetFor(focus, this.parts.style), request).done;
    } catch (error) {
      this.report(asDictationError(error, 'usage', 'start-failed'));
      return Promise.resolve();
    }
  }

  /** Listens no more; grey words stay grey until they are confirmed. Harmless if nothing listens. */
  stop(): void {
    const { listening } = this;
    if (!listening) return;
    listening.stopped = true;
    this.listening = undefined;
    // Whatever was heard before the session began is dictated still.
    listening.source?.stop();
    // A session that stops hears no more than it was given: with a backlog the source ends it.
    if (!listening.source?.hasBacklog) listening.take.stop();
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
    for (const running of this.running) this.end(running, true);
    this.listening = undefined;
    this.publish();
  }

  /** Ends everything. Resolves when the last edit that was under way is done. */
  async dispose(): Promise<void> {
    const { running } = this;
    const done = [...running].map((one) => one.done);
    for (const one of running) this.end(one, false);
    this.listening = undefined;
    await Promise.all(done);
  }

  private begin(target: OpenTarget, request: SourceRequest): Running {
    const wiring = this.wiring();
    const take: Take = new Take(
      target,
      takeEvents(wiring, () => take),
      takeVoice(wiring, () => take),
    );
    const former = [...this.running].map((one) => one.done);
    const running: Running = { take, done: Promise.resolve(), cancelled: false, stopped: false };
    this.running.add(running);
    this.listening = running;
    running.done = this.run(running, request, former);
    this.publish();
    return running;
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
    running: Running,
    request: SourceRequest,
    former: readonly Promise<void>[],
  ): Promise<void> {
    const { take } = running;
    const { services } = this.parts;
    try {
      await take.target.check();
      const source = await services.openSource(request, () => take.heardUpTo());
      if (running.cancelled) return;
      const captured = new PrebufferedSource(source, {
        tailMs: readSettings()['listening.stopTail'],
        heardUpTo: () => take.heardUpTo(),
      });
      running.source = captured;
      if (running.stopped) captured.stop();
      // The engines keep one sample clock: the last words of a former dictation come first, sound is kept meanwhile. Not after
      // `prepare`: it would end engines that the former one needs, if other models were chosen since.
      await Promise.all(former);
      const prepared = await services.prepare();
      this.models = prepared.models;
      this.parts.onModels?.(prepared.models);
      if (running.cancelled) return;
      const { cleanUp } = this.parts;
      const session = prepared.createSession(captured);
      const done = take.run(cleanUp ? withCleanUp(session, cleanUp, take) : session);
      if (running.stopped && !captured.hasBacklog) take.stop();
      await done;
    } catch (error) {
      if (!running.cancelled) this.fail(asDictationError(error, 'engine', 'unexpected'));
    } finally {
      this.end(running, true);
      await take.dispose();
      this.attempt(() => this.parts.history.setDraft(take, undefined));
      this.running.delete(running);
      if (this.listening === running) this.listening = undefined;
      this.publish();
    }
  }

  /** Ends one dictation at once; what was shown and not inserted is kept. */
  private end(running: Running, keep: boolean): void {
    const ofItsOwn = running.take.status.phase === 'stopped';
    running.cancelled = true;
    running.source?.dispose();
    const drafts = running.take.cancel();
    if (drafts === '') return;
    const { history, keeper } = this.parts;
    const kept = { text: drafts, ...running.take.target.place };
    const [why, severity]: [string, Severity] = ofItsOwn
      ? ['Dictation ended early.', 'warning']
      : ['Dictation was cancelled.', 'info'];
    this.attempt(() => (keep ? keeper.keep(kept, why, severity) : history.add(kept, 'draft')));
  }

  /** For what an end in order must not depend on: a dictation that did not end would let no other begin. */
  private attempt(step: () => void): void {
    try {
      step();
    } catch (cause) {
      this.parts.services.log.error(`Dictated text could not be kept: ${errorPlace(cause)}`);
    }
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
    const shown = this.listening ?? [...this.running].at(-1);
    const status = shown?.take.status;
    const take = status && shown !== this.listening ? { ...status, phase: 'stopping' as const } : status;
    this.parts.status.update({
      take,
      source: shown?.source?.name,
      place: shown?.take.target.mark,
      into: shown?.take.target.label,
      models: this.models,
      failure: this.failure,
    });
    this.contextKeys.write({
      listening: this.listening !== undefined,
      loading: this.listening !== undefined && (take?.phase === 'starting' || take?.phase === 'loading'),
      pending: [...this.running].some((one) => one.take.hasDrafts),
    });
  }
}
