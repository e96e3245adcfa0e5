import {
  asyncScheduler,
  concat,
  connect,
  defer,
  EMPTY,
  endWith,
  finalize,
  ignoreElements,
  merge,
  mergeMap,
  type Observable,
  observeOn,
  ReplaySubject,
  scan,
  type SchedulerLike,
  Subject,
  takeUntil,
  tap,
  throwError,
} from 'rxjs';
import { DictationError } from '../errors';
import type { TranscriptEvent } from '../model';
import type { PipelinePolicy, Session, SessionEvent, SessionOptions, SessionStats } from '../session-types';
import { EMPTY_TRANSCRIPT, type TranscriptState, type TranscriptStep } from '../transcript/state';
import { reduceTranscript } from '../transcript/reducer';
import { FRAME_SAMPLES, msToSamples } from '../units';
import { CostModel, msPerSecond } from '../windows/cost-model';
import { neededFrom } from '../windows/scope';
import { listen, type ListenEvent } from './listen';
import { DEFAULT_POLICY } from './policy';
import { StatsCounter } from './stats';
import { StatusBoard } from './status-board';
import { engineProblems } from './engine-problems';
import { confirmationSlow, FallingBehind } from './falling-behind';
import { audioWaits, KeptAudio } from './kept-audio';
import { SpokenLanguage } from './spoken-language';
import { stepsOf } from './stages';
import { type Step, toInput, toSessionEvents } from './steps';
import { STRATEGIES } from './strategies';
import type { Costs, Strategy } from './strategies/strategy';

/**
 * One dictation: captures `options.source`, drafts with the fast model, confirms with the heavy one, in the way that
 * `options.strategy` names.
 * @param scheduler real time (stop's grace period, pauses before a retry); virtual in tests
 */
export function createSession(options: SessionOptions, scheduler: SchedulerLike = asyncScheduler): Session {
  return new Dictation(options, scheduler);
}

class Dictation implements Session {
  readonly events$: Observable<SessionEvent> = defer(() => this.begin());
  private readonly policy: PipelinePolicy;
  private readonly strategy: Strategy;
  private readonly costs: Costs = { fast: new CostModel(), heavy: new CostModel() };
  private readonly board = new StatusBoard();
  private readonly counter = new StatsCounter();
  private readonly stop$ = new ReplaySubject<void>(1);
  private readonly endNow$ = new Subject<void>();
  private readonly pace = new FallingBehind();
  private readonly spoken: SpokenLanguage;
  private readonly audio: KeptAudio;
  private transcript: TranscriptState = EMPTY_TRANSCRIPT;
  private failure: DictationError | undefined;
  private begun = false;

  constructor(
    private readonly options: SessionOptions,
    private readonly scheduler: SchedulerLike,
  ) {
    this.policy = { ...DEFAULT_POLICY, ...options.policy };
    this.strategy = STRATEGIES[options.strategy ?? 'tandem'];
    this.spoken = new SpokenLanguage(options.language);
    this.audio = new KeptAudio(options.engines);
  }

  stop(): void {
    this.board.stop();
    this.stop$.next();
  }

  confirmNow(): void {
    this.endNow$.next();
  }

  heardUpTo(): number {
    const { preRollMs, onsetFrames } = this.options.listening.vad;
    // An utterance that begins now reaches back so far.
    const silence = this.board.judgedUpTo - msToSamples(preRollMs) - (onsetFrames + 1) * FRAME_SAMPLES;
    return Math.max(0, Math.min(silence, neededFrom(this.transcript)));
  }

  /** The first sample that a call yet to come may ask for: a split may reach back, even behind words that are committed. */
  private askedFrom(): number {
    return this.heardUpTo() - msToSamples(this.options.listening.vad.splitSearchMs);
  }

  stats(): SessionStats {
    return this.counter.current(this.transcript);
  }

  private begin(): Observable<SessionEvent> {
    if (this.begun) {
      return throwError(
        () => new DictationError('usage', 'session-used', 'A session can be listened to only once.'),
      );
    }
    this.begun = true;
    const rules = { ...this.policy, sure: this.strategy.sure };
    const dictation$ = this.steps().pipe(
      scan(
        ({ state }, step): Decided => {
          const input = toInput(step);
          const agreement = rules.agreement && this.spoken.decided;
          const next = input
            ? reduceTranscript(state, input, { ...rules, agreement })
            : { state, events: [] };
          return { ...next, step };
        },
        { state: EMPTY_TRANSCRIPT, events: [] } as Decided,
      ),
      // Told before the next call starts: it asks this state where its window begins.
      tap(({ state }) => {
        this.transcript = state;
        this.audio.release(this.askedFrom());
      }),
      mergeMap(({ step, events }) => [
        ...(step ? toSessionEvents(step) : []),
        ...(step ? this.languageDecided(step, events) : []),
        ...events,
        ...this.fallingBehind(),
        ...this.tooMuchWaits(),
        ...this.statusChange(),
      ]),
    );
    const told$ = dictation$.pipe(
      connect((events$) => {
        const over$ = events$.pipe(ignoreElements(), endWith(true));
        return merge(this.engineProblems().pipe(takeUntil(over$)), events$);
      }),
    );
    return concat(
      told$,
      defer(() => this.end()),
    ).pipe(finalize(() => this.audio.release(this.board.capturedUpTo)));
  }

  private steps(): Observable<Step> {
    const { source, engines, listening, language } = this.options;
    const heard$ = listen({
      source,
      engines,
      listening,
      scheduler: this.scheduler,
      stop$: this.stop$,
      // Never in the middle of an event that is being told.
      endNow$: this.endNow$.pipe(observeOn(this.scheduler)),
    }).pipe(tap((event) => this.listened(event)));
    return stepsOf(heard$, this.strategy, {
      engines: this.spoken.engines(engines),
      language,
      policy: this.policy,
      scheduler: this.scheduler,
      state: () => this.transcript,
      costs: this.costs,
      finalsOnly: () => this.pace.finalsOnly,
      speculation: this.counter.speculation,
    }).pipe(tap((step) => this.counter.count(step)));
  }

  private listened(event: ListenEvent): void {
    this.board.listened(event);
    if (event.type === 'over') this.failure = event.error;
  }

  private engineProblems(): Observable<SessionEvent> {
    return engineProblems(this.options.engines, (roles, state) => {
      roles.forEach((role) => this.board.engine(role, state));
      return this.statusChange();
    });
  }

  private languageDecided(step: Step, events: readonly TranscriptEvent[]): readonly SessionEvent[] {
    const language = this.spoken.observe(step, events);
    return language === undefined ? [] : [{ type: 'language', language }];
  }

  private fallingBehind(): readonly SessionEvent[] {
    const { board, transcript, scheduler, options } = this;
    const { capturedUpTo: captured, canConfirm: ready } = board;
    if (!this.pace.observe({ now: scheduler.now(), captured, transcript, ready })) return [];
    const advice =
      options.slowAdvice?.(msPerSecond(this.costs.heavy)) ?? 'Choose a smaller confirming model.';
    return [{ type: 'problem', error: confirmationSlow(advice) }];
  }

  /** What was said until now is heard still; what comes could not be kept. */
  private tooMuchWaits(): readonly SessionEvent[] {
    if (!this.audio.isFull(this.board.capturedUpTo)) return [];
    this.stop();
    return [{ type: 'problem', error: audioWaits() }];
  }

  private statusChange(): readonly SessionEvent[] {
    const status = this.board.changed(this.transcript);
    return status ? [{ type: 'status', status }] : [];
  }

  private end(): Observable<SessionEvent> {
    const { failure } = this;
    this.board.end();
    return concat(this.statusChange(), failure ? throwError(() => failure) : EMPTY);
  }
}

/** The merge's step and what caused it. */
interface Decided extends TranscriptStep {
  readonly step?: Step;
}
