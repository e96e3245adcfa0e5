import {
  catchError,
  combineLatest,
  concat,
  defer,
  distinctUntilChanged,
  endWith,
  first,
  map,
  type Observable,
  of,
  type SchedulerLike,
  switchMap,
  timer,
} from 'rxjs';
import { asDictationError, type DictationError } from '../errors';
import type { DropReason, Hypothesis, Role, SampleRange, Window } from '../model';
import type { Engine } from '../ports';
import { msToSamples } from '../units';
import type { Turn } from './turns';

/** Less voiced audio than this and a model invents words. */
export const MIN_VOICED = msToSamples(250);

/** True if a window holds enough voice to be put before a model; behind a cut in mid-speech the rest of a word is enough. */
export function hasVoice({ voiced, continues }: Pick<Window, 'voiced' | 'continues'>): boolean {
  return continues ? voiced > 0 : voiced >= MIN_VOICED;
}

/** Time for an engine that just died to say so, before its state is asked again. */
const SETTLE_MS = 100;
/** Codes of failures after which a new try makes no sense: the engine has given up. */
const GIVEN_UP = 'engine-unavailable';

/** What a transcriber tells of its windows. */
export type TranscriberEvent =
  | {
      readonly type: 'heard';
      readonly window: Window;
      readonly hypothesis: Hypothesis;
      /** Taken over from a speculative pass: no call was made. */
      readonly reused?: boolean;
    }
  | { readonly type: 'dropped'; readonly role: Role; readonly window: Window; readonly reason: DropReason }
  | {
      readonly type: 'failed';
      readonly role: Role;
      readonly window: Window;
      readonly error: DictationError;
      /** True if it is tried once more. */
      readonly retry: boolean;
    }
  /** The draft of this final window is sure enough: the heavy model is not asked. */
  | { readonly type: 'trusted'; readonly window: Window }
  /** Nothing more will be heard of this final window. */
  | { readonly type: 'unconfirmed'; readonly window: Window };

/** What a call needs to know at the moment when it starts. */
export interface CallContext {
  readonly range: SampleRange;
  readonly prompt: string;
  /** For a final pass that has the fast model's cores, too. */
  readonly allCores: boolean;
}

/** The call of one model, with everything that a call needs decided when it starts. */
export interface Caller {
  readonly engine: Engine;
  /** When the model may work. */
  readonly turn: Turn;
  readonly language: string;
  readonly scheduler: SchedulerLike;
  readonly context: (window: Window) => CallContext;
}

/** One call. Emits `heard`; errors with a {@link DictationError}. */
export function call(caller: Caller, window: Window, range?: SampleRange): Observable<TranscriberEvent> {
  const { engine, turn, language } = caller;
  const asked$ = defer(() => {
    const context = caller.context(window);
    return engine.transcribe({
      role: engine.role,
      windowId: window.id,
      utteranceId: window.utteranceId,
      range: range ?? context.range,
      final: window.final,
      language,
      prompt: context.prompt,
      allCores: context.allCores,
      timestamps: engine.role === 'heavy',
    });
  }).pipe(
    first(),
    map((hypothesis): TranscriberEvent => ({ type: 'heard', window, hypothesis })),
  );
  return turn.hold(asked$);
}

/** A call whose failure is told as an event. */
export function callOnce(caller: Caller, window: Window, range?: SampleRange): Observable<TranscriberEvent> {
  return call(caller, window, range).pipe(
    catchError((error: unknown) => of(failure(caller, window, error, false))),
  );
}

/** A call that is tried once more, when the engine is ready again, unless it has given up. */
export function callTwice(caller: Caller, window: Window, range?: SampleRange): Observable<TranscriberEvent> {
  return call(caller, window, range).pipe(
    catchError((error: unknown) => {
      const told = failure(caller, window, error, true);
      if (told.error.code === GIVEN_UP) return of({ ...told, retry: false });
      const again = timer(SETTLE_MS, caller.scheduler).pipe(
        switchMap(() => usable(caller.engine)),
        first((ready) => ready, true),
        switchMap(() => callOnce(caller, window, range)),
      );
      return concat(of(told), again);
    }),
  );
}

function failure(caller: Caller, window: Window, error: unknown, retry: boolean) {
  const { role } = caller.engine;
  const told = asDictationError(error, 'engine', 'engine-failed');
  return { type: 'failed', role, window, error: told, retry } as const;
}

/** True while a call makes sense: the engine can answer, or it has given up and says so at once. */
function usable(engine: Engine): Observable<boolean> {
  return engine.state$.pipe(
    map(({ phase }) => phase === 'ready' || phase === 'failed'),
    distinctUntilChanged(),
  );
}

/** True while it is the model's turn and a call makes sense; completes with the engine, if the turn is a lasting one. */
export function free({ engine, turn }: Caller): Observable<boolean> {
  return combineLatest([usable(engine).pipe(endWith(true)), turn.open$]).pipe(
    map(([isUsable, isOpen]) => isUsable && isOpen),
  );
}

/** Several calls one after the other, over a long stretch in pieces, each tried twice; goes on after a failed one. */
export function callEach(
  caller: Caller,
  window: Window,
  ranges: readonly SampleRange[],
): Observable<TranscriberEvent> {
  return concat(...ranges.map((range) => callTwice(caller, window, range)));
}

/** Cuts a range into equal pieces of at most `longest` samples. */
export function pieces(range: SampleRange, longest: number): readonly SampleRange[] {
  const length = range.end - range.start;
  const count = Math.max(1, Math.ceil(length / longest));
  return Array.from({ length: count }, (_, index) => ({
    start: range.start + Math.round((length * index) / count),
    end: range.start + Math.round((length * (index + 1)) / count),
  }));
}
