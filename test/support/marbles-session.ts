import {
  concat,
  defer,
  EMPTY,
  finalize,
  map,
  NEVER,
  Observable,
  take,
  throwError,
  VirtualTimeScheduler,
} from 'rxjs';
import { DEFAULT_LISTENING } from '../../src/core/audio/defaults';
import { expect } from 'vitest';
import type { Frame, TranscriptEvent } from '../../src/core/model';
import { createSession } from '../../src/core/session';
import { soleEngine } from '../../src/core/session/engines';
import type { StrategyName } from '../../src/core/session/strategies/names';
import type { ListeningOptions, PipelinePolicy, Session, SessionEvent } from '../../src/core/session-types';
import { FRAME_SAMPLES, SAMPLE_RATE, samplesToMs } from '../../src/core/units';
import { FakeEngine, type FakeEngineOptions, saidIn, type SpokenWord } from './fake-engine';

/** One dictation in virtual time. */
export interface Scenario {
  readonly said: readonly SpokenWord[];
  readonly fast?: Partial<FakeEngineOptions>;
  readonly heavy?: Partial<FakeEngineOptions>;
  readonly policy?: Partial<PipelinePolicy>;
  readonly listening?: ListeningOptions;
  readonly slowAdvice?: (msPerSecond: number) => string;
  /** How the models are combined. With `single` there is but the heavy engine; `fast` is the same one. */
  readonly strategy?: StrategyName;
  /** Language of the session; English by default. */
  readonly language?: string;
  /** Length of the recording; then it completes, errors, or (a microphone) goes on for ever. */
  readonly lengthMs?: number;
  /** How many times faster than real time the recording comes; default 1. */
  readonly speed?: number;
  readonly then?: 'complete' | 'error' | 'silence' | 'stall';
  readonly error?: unknown;
  /** What happens when, in ms of virtual time. */
  readonly at?: Readonly<Record<number, (stage: Stage) => void>>;
  /** Virtual time after which the scenario is over, should the session not end by itself. */
  readonly untilMs?: number;
}

/** What a scenario can act upon. */
export interface Stage {
  readonly session: Session;
  readonly fast: FakeEngine;
  readonly heavy: FakeEngine;
  unsubscribe(): void;
}

/** What was told, and when. */
export interface Told {
  readonly at: number;
  readonly event: SessionEvent;
}

/** What a scenario came to. */
export interface Outcome extends Stage {
  readonly told: readonly Told[];
  readonly transcript: readonly TranscriptEvent[];
  readonly commits: readonly Extract<TranscriptEvent, { type: 'commit' }>[];
  readonly drafts: readonly string[];
  /** All committed text. */
  readonly text: string;
  readonly completed: boolean;
  readonly error: unknown;
  /** Whether the source is still being read. */
  readonly capturing: boolean;
}

const FRAME_MS = samplesToMs(FRAME_SAMPLES);
/** Loud enough for the gate while something is said, silent else. */
const LOUDNESS = 0.5;

/** Runs one dictation from start to end in virtual time; nothing in it depends on the machine's speed. */
export function play(scenario: Scenario): Outcome {
  const scheduler = new VirtualTimeScheduler();
  const engine = (role: 'fast' | 'heavy', callMs: number) =>
    new FakeEngine({
      role,
      scheduler,
      said: scenario.said,
      loadMs: 0,
      callMs: () => callMs,
      ...scenario[role],
    });
  const heavy = engine('heavy', 400);
  const fast = scenario.strategy === 'single' ? heavy : engine('fast', 100);
  const reading = { now: false };
  const session = createSession(
    {
      source: { name: 'scenario', frames$: frames(scenario, scheduler, reading) },
      engines: fast === heavy ? soleEngine(heavy) : { fast, heavy },
      language: scenario.language ?? 'en',
      listening: scenario.listening ?? DEFAULT_LISTENING,
      policy: scenario.policy,
      strategy: scenario.strategy,
      slowAdvice: scenario.slowAdvice,
    },
    scheduler,
  );
  const told: Told[] = [];
  const end: { completed: boolean; error: unknown } = { completed: false, error: undefined };
  const subscription = session.events$.subscribe({
    next: (event) => told.push({ at: scheduler.now(), event }),
    error: (error: unknown) => (end.error = error),
    complete: () => (end.completed = true),
  });
  const stage: Stage = { session, fast, heavy, unsubscribe: () => subscription.unsubscribe() };
  for (const [ms, act] of Object.entries(scenario.at ?? {})) scheduler.schedule(() => act(stage), Number(ms));
  scheduler.maxFrames = scenario.untilMs ?? 120_000;
  scheduler.flush();
  const capturing = reading.now;
  subscription.unsubscribe();
  const transcript = told.map(({ event }) => event).filter(isTranscript);
  const commits = transcript.filter((event) => event.type === 'commit');
  return {
    ...stage,
    told,
    transcript,
    commits,
    drafts: transcript.flatMap((event) => (event.type === 'draft' ? [event.text] : [])),
    text: commits
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(' '),
    ...end,
    capturing,
  };
}

function isTranscript(event: SessionEvent): event is TranscriptEvent {
  return event.type === 'draft' || event.type === 'commit' || event.type === 'dropped';
}

function frames(
  scenario: Scenario,
  scheduler: VirtualTimeScheduler,
  reading: { now: boolean },
): Observable<Frame> {
  const lastEnd = Math.max(0, ...scenario.said.map(({ end }) => end));
  const lengthMs = scenario.lengthMs ?? samplesToMs(lastEnd) + 1_500;
  const recording = ticks(FRAME_MS / (scenario.speed ?? 1), scheduler).pipe(
    take(Math.ceil(lengthMs / FRAME_MS)),
    map((index) => frame(index * FRAME_SAMPLES, scenario.said)),
  );
  const after = {
    complete: EMPTY,
    error: throwError(() => scenario.error),
    stall: NEVER,
    silence: ticks(FRAME_MS, scheduler).pipe(
      map((index) => frame((Math.ceil(lengthMs / FRAME_MS) + index) * FRAME_SAMPLES, [])),
    ),
  }[scenario.then ?? 'complete'];
  return defer(() => {
    reading.now = true;
    return concat(recording, after);
  }).pipe(finalize(() => (reading.now = false)));
}

/**
 * As `interval`, for minutes of frames: the actions of that one hang on each other in virtual time, and thousands of them overflow the
 * stack when they are unsubscribed from.
 */
function ticks(periodMs: number, scheduler: VirtualTimeScheduler): Observable<number> {
  return new Observable((subscriber) => {
    let count = 0;
    const tick = () => {
      subscriber.next(count++);
      if (!subscriber.closed) next = scheduler.schedule(tick, periodMs);
    };
    let next = scheduler.schedule(tick, periodMs);
    return () => next.unsubscribe();
  });
}

/** Samples of all frames in which something is said, and of all others: nobody writes into what a source gave. */
const VOICE = Float32Array.from({ length: FRAME_SAMPLES }, (_, i) => (i % 2 ? LOUDNESS : -LOUDNESS));
const SILENCE = new Float32Array(FRAME_SAMPLES);

function frame(start: number, said: readonly SpokenWord[]): Frame {
  return { start, samples: saidIn(said, start, start + FRAME_SAMPLES) ? VOICE : SILENCE };
}

/** Samples of so many ms. */
export function samples(ms: number): number {
  return Math.round((ms * SAMPLE_RATE) / 1000);
}

/** When the first event that `test` accepts was told, in ms. */
export function timeOf({ told }: Outcome, test: (event: SessionEvent) => boolean): number {
  return told.find(({ event }) => test(event))?.at ?? NaN;
}

/** Codes of the problems that were told. */
export function problemsOf({ told }: Outcome): string[] {
  return told.flatMap(({ event }) => (event.type === 'problem' ? [event.error.code] : []));
}

/**
 * What holds for every session that came to its end, whatever happened on the way: commits are in the order of
 * speech and only ever appended; every utterance ends in exactly one final commit; every window was asked for or
 * dropped visibly or is its utterance's final one; drafts are told only when they changed.
 */
export function expectSound(outcome: Outcome): void {
  const { commits, transcript, told, session } = outcome;
  expect(outcome.error).toBeUndefined();
  expect(outcome.completed).toBe(true);
  expect(outcome.capturing).toBe(false);
  const ids = commits.map(({ utteranceId }) => utteranceId);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  const started = told.flatMap(({ event }) =>
    event.type === 'utterance' && event.phase === 'start' ? [event.utteranceId] : [],
  );
  expect(commits.filter(({ final }) => final).map(({ utteranceId }) => utteranceId)).toEqual(started);
  for (const id of started) {
    expect(commits.filter(({ utteranceId }) => utteranceId === id).findIndex(({ final }) => final)).toBe(
      commits.filter(({ utteranceId }) => utteranceId === id).length - 1,
    );
  }
  for (const { request } of [...outcome.fast.calls, ...outcome.heavy.calls])
    expect(request.range.end, 'there is something to hear').toBeGreaterThan(request.range.start);
  const windows = new Set([
    ...outcome.fast.windowIds,
    ...outcome.heavy.windowIds,
    ...transcript.flatMap((event) => (event.type === 'dropped' ? [event.windowId] : [])),
    ...commits.filter(({ final }) => final).map(({ windowId }) => windowId),
  ]);
  expect([...windows].sort((a, b) => a - b)).toEqual(
    Array.from({ length: session.stats().windows }, (_, i) => i + 1),
  );
  const corrected = commits.flatMap(({ correctsWindowIds }) => correctsWindowIds);
  expect(new Set(corrected).size).toBe(corrected.length);
  const shown = new Map<number, string>();
  for (const event of transcript) {
    if (event.type !== 'draft') continue;
    expect(event.text).not.toBe(shown.get(event.utteranceId) ?? '');
    shown.set(event.utteranceId, event.text);
  }
}
