import { BehaviorSubject, Observable, Subject, type SchedulerLike } from 'rxjs';
import { DictationError } from '../../src/core/errors';
import type {
  Frame,
  Hypothesis,
  Role,
  Segment,
  TranscribeRequest,
  VoiceProbability,
  Word,
} from '../../src/core/model';
import type { EngineState, ListeningEngine } from '../../src/core/ports';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../src/core/units';

/** One word of what is "said", in samples. */
export interface SpokenWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a fake engine does with a call: its words (with or without times), or a failure. */
export type Answer = readonly Word[] | DictationError;

/** How a fake engine behaves, in virtual time. */
export interface FakeEngineOptions {
  readonly role: Role;
  readonly scheduler: SchedulerLike;
  /** The words that are said; by default the engine hears exactly those whose end lies in the range. */
  readonly said?: readonly SpokenWord[];
  readonly longestWindow?: number;
  /** As of a model that was trained with text before its audio; default true. */
  readonly takesPrompts?: boolean;
  /** As in a process that is there: its detector works while its model loads. */
  readonly hearsWhileLoading?: boolean;
  /** Milliseconds until the model is loaded; `undefined` stays unloaded until {@link FakeEngine.become}. */
  readonly loadMs?: number;
  /** Milliseconds that a call takes. */
  readonly callMs?: (request: TranscribeRequest) => number;
  /** Replaces what is heard; `heard` is what would be answered. `attempt` counts calls of this window from 1. */
  readonly answer?: (request: TranscribeRequest, heard: readonly Word[], attempt: number) => Answer;
  /** How what it heard is divided by time-stamps; by default not at all. */
  readonly segments?: (heard: readonly Word[], request: TranscribeRequest) => readonly Segment[];
  /** The language it takes a call for; by default English. */
  readonly language?: (request: TranscribeRequest, heard: readonly Word[]) => string;
  /** Probability of speech in a frame; by default 1 inside a word. */
  readonly voice?: (start: number) => number;
}

/** What became of one call. */
export interface FakeCall {
  readonly request: TranscribeRequest;
  readonly startedAt: number;
  /** Virtual time at which it was over. */
  endedAt?: number;
  outcome: 'running' | 'answered' | 'failed' | 'forgotten';
}

/** A scripted engine (and listening engine) in virtual time: real behaviour at the port, no inference. */
export class FakeEngine implements ListeningEngine {
  readonly role: Role;
  readonly longestWindow: number;
  readonly takesPrompts: boolean;
  readonly voice$ = new Subject<VoiceProbability>();
  readonly state$ = new BehaviorSubject<EngineState>({ phase: 'stopped' });
  readonly calls: FakeCall[] = [];
  readonly pushed: number[] = [];
  resets = 0;
  /** Audio before this position is gone: a call that asks for it fails. */
  released = 0;
  private waiting: Frame[] = [];
  private crash$ = new Subject<DictationError>();

  constructor(private readonly options: FakeEngineOptions) {
    this.role = options.role;
    this.longestWindow = options.longestWindow ?? 30 * SAMPLE_RATE;
    this.takesPrompts = options.takesPrompts ?? true;
  }

  start(): void {
    if (this.state$.value.phase !== 'stopped') return;
    this.become({ phase: 'loading' });
    const { loadMs } = this.options;
    if (loadMs !== undefined) this.options.scheduler.schedule(() => this.ready(), loadMs);
  }

  reset(): void {
    this.resets += 1;
    this.waiting = [];
    this.released = 0;
  }

  release(before: number): void {
    this.released = before;
  }

  push(frame: Frame): void {
    this.pushed.push(frame.start);
    this.waiting.push(frame);
    if (this.isListening) this.listen();
  }

  transcribe(request: TranscribeRequest): Observable<Hypothesis> {
    return new Observable<Hypothesis>((subscriber) => {
      const call: FakeCall = { request, startedAt: this.options.scheduler.now(), outcome: 'running' };
      this.calls.push(call);
      const fail = (error: DictationError) => {
        call.outcome = 'failed';
        call.endedAt = this.options.scheduler.now();
        subscriber.error(error);
      };
      const { phase } = this.state$.value;
      if (phase === 'failed') {
        fail(fakeError('engine-unavailable'));
        return undefined;
      }
      if (request.range.start < this.released) {
        fail(fakeError('audio-gone'));
        return undefined;
      }
      const elapsedMs = this.options.callMs?.(request) ?? 100;
      const subscription = this.crash$.subscribe(fail);
      subscription.add(
        this.options.scheduler.schedule(() => {
          const answer = this.answer(request);
          if (answer instanceof DictationError) return fail(answer);
          call.outcome = 'answered';
          call.endedAt = this.options.scheduler.now();
          const language = this.options.language?.(request, answer) ?? 'en';
          const segments = this.options.segments?.(answer, request) ?? [];
          subscriber.next({ ...hypothesis(request, answer, elapsedMs), language, segments });
          subscriber.complete();
        }, elapsedMs),
      );
      subscription.add(() => {
        if (call.outcome === 'running') call.outcome = 'forgotten';
      });
      return subscription;
    });
  }

  usage(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** Moves to another state; frames that waited are heard when it is ready. */
  become(state: EngineState): void {
    this.state$.next(state);
    if (this.isListening) this.listen();
  }

  ready(): void {
    this.become({ phase: 'ready', model: 'fake', variant: 'fake', loadMs: 0 });
  }

  /** Dies: running calls fail, the model loads again in `ms`. */
  crash(ms: number, code = 'engine-crashed'): void {
    const error = fakeError(code);
    this.become({ phase: 'restarting', error, attempt: 1 });
    this.crash$.next(error);
    this.options.scheduler.schedule(() => {
      if (this.state$.value.phase === 'restarting') this.ready();
    }, ms);
  }

  /** Gives up for good. */
  giveUp(): void {
    const error = fakeError('engine-unavailable');
    this.become({ phase: 'failed', error });
    this.crash$.next(error);
  }

  dispose(): void {
    this.state$.complete();
  }

  /** Windows asked for, in order. */
  get windowIds(): number[] {
    return this.calls.map(({ request }) => request.windowId);
  }

  private get isListening(): boolean {
    const { phase } = this.state$.value;
    return phase === 'ready' || (phase === 'loading' && this.options.hearsWhileLoading === true);
  }

  private listen(): void {
    for (const { start } of this.waiting.splice(0))
      this.voice$.next({ start, probability: this.voice(start) });
  }

  private voice(start: number): number {
    if (this.options.voice) return this.options.voice(start);
    return saidIn(this.options.said ?? [], start, start + FRAME_SAMPLES) ? 1 : 0;
  }

  private answer(request: TranscribeRequest): Answer {
    const { range } = request;
    const heard = (this.options.said ?? [])
      .filter(({ start, end }) => (start + end) / 2 >= range.start && end <= range.end)
      .map(({ text, start, end }): Word => ({ text, p: 0.9, ...(request.timestamps && { start, end }) }));
    const attempt = this.calls.filter((call) => call.request.windowId === request.windowId).length;
    return this.options.answer?.(request, heard, attempt) ?? heard;
  }
}

/** True if a word is being said between two sample positions. */
export function saidIn(said: readonly SpokenWord[], start: number, end: number): boolean {
  return said.some((word) => word.start < end && word.end > start);
}

/** An error as engines make them. */
export function fakeError(code: string): DictationError {
  return new DictationError('engine', code, `The fake engine says ${code}.`);
}

/** Words spoken one after the other, `wordMs` each with `gapMs` between, the first at `startMs`. */
export function say(text: string, startMs: number, wordMs = 300, gapMs = 50): SpokenWord[] {
  const samples = (ms: number) => Math.round((ms * SAMPLE_RATE) / 1000);
  return text.split(' ').map((word, index) => {
    const at = startMs + index * (wordMs + gapMs);
    return { text: word, start: samples(at), end: samples(at + wordMs) };
  });
}

function hypothesis(request: TranscribeRequest, words: readonly Word[], elapsedMs: number): Hypothesis {
  const { role, windowId, utteranceId, range } = request;
  const text = words.map((word) => word.text).join(' ');
  const confidence = words.length === 0 ? 0 : words.reduce((sum, { p }) => sum + p, 0) / words.length;
  return {
    role,
    windowId,
    utteranceId,
    range,
    text,
    words,
    segments: [],
    confidence,
    language: 'en',
    elapsedMs,
  };
}
