import { lastValueFrom, map, tap } from 'rxjs';
import { DEFAULT_LISTENING } from '../../src/core/audio/defaults';
import { Framer } from '../../src/core/audio/framer';
import type { Hypothesis, ListeningWarning, TranscriptEvent } from '../../src/core/model';
import type { Engine, ListeningEngine } from '../../src/core/ports';
import { createSession } from '../../src/core/session';
import type { ListeningOptions, SessionEvent, SessionStats } from '../../src/core/session-types';
import { FRAME_SAMPLES } from '../../src/core/units';
import { superviseEngine, superviseListeningEngine, type Supervised } from '../../src/node/engine/supervisor';
import type { EngineOptions } from '../../src/node/engine/options';
import { engineOptions, VAD_DIR } from './engines';
import { Lockstep } from './lockstep';
import { redirectedPair } from './redirected-engine';

/** The whole pipeline for process tests: real engines with the embedded pair. */

/** Both engines, and their processes; or the same one twice. */
export interface Pair {
  readonly fast: ListeningEngine & Supervised;
  readonly heavy: Engine & Supervised;
}

/** How far both embedded models understand, samples: as the catalogue has it. */
export const EMBEDDED_WINDOWS = { fast: 80_000, heavy: 144_000 };

/** Makes both engines; they start with the first session. */
export function embeddedPair(
  more: { readonly fast?: Partial<EngineOptions>; readonly heavy?: Partial<EngineOptions> } = {},
): Pair {
  const options = (role: 'fast' | 'heavy') => {
    const common = engineOptions(role);
    return { ...common, model: { ...common.model, longestWindow: EMBEDDED_WINDOWS[role] }, ...more[role] };
  };
  return {
    fast: superviseListeningEngine({ ...options('fast'), vadDir: VAD_DIR }),
    heavy: superviseEngine(options('heavy')),
  };
}

/** Makes one engine for both roles, with the heavy model; it starts with the first session. */
export function embeddedSole(more: Partial<EngineOptions> = {}): Pair {
  const { model, ...common } = engineOptions('heavy');
  const sole = superviseListeningEngine({
    ...common,
    model: { ...model, longestWindow: EMBEDDED_WINDOWS.heavy },
    // As in the product: drafts come from this process, too.
    priority: 0,
    ...more,
    vadDir: VAD_DIR,
  });
  return { fast: sole, heavy: sole };
}

type Commit = Extract<TranscriptEvent, { type: 'commit' }>;

/** What a dictation came to. */
export interface Dictation {
  readonly events: readonly SessionEvent[];
  readonly commits: readonly Commit[];
  /** All committed text. */
  readonly text: string;
  /** Every draft that was shown. */
  readonly drafts: readonly string[];
  /** Stretches that the detector took for speech. */
  readonly utterances: number;
  readonly warnings: readonly ListeningWarning[];
  /** Codes of the problems that were told. */
  readonly problems: readonly string[];
  readonly stats: SessionStats;
}

/** Makes sense of the events of a session. */
export function dictationOf(events: readonly SessionEvent[], stats: SessionStats): Dictation {
  const commits = events.filter((event) => event.type === 'commit');
  return {
    events,
    commits,
    text: commits
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join(' '),
    drafts: events.flatMap((event) => (event.type === 'draft' && event.text !== '' ? [event.text] : [])),
    utterances: stats.utterances,
    warnings: events.flatMap((event) => (event.type === 'warning' && event.active ? [event.warning] : [])),
    problems: events.flatMap((event) => (event.type === 'problem' ? [event.error.code] : [])),
    stats,
  };
}

/** What a test changes in a dictation. */
export interface DictateOptions {
  readonly listening?: ListeningOptions;
  /** Puts something else in the place of what a model heard. */
  readonly answer?: (heard: Hypothesis) => Hypothesis;
}

/** Dictates `samples` in the time of the audio: what comes out does not depend on how busy this machine is. */
export async function dictate(
  pair: Pair,
  samples: Float32Array,
  { listening = DEFAULT_LISTENING, answer = (heard) => heard }: DictateOptions = {},
): Promise<Dictation> {
  const answering = redirectedPair(
    pair,
    (engine) => (request) => engine.transcribe(request).pipe(map(answer)),
  );
  const lockstep = new Lockstep(answering);
  const whole = samples.length - (samples.length % FRAME_SAMPLES);
  const frames = new Framer().push(samples.subarray(0, whole));
  const session = createSession({
    source: lockstep.source('samples', frames),
    engines: lockstep.engines,
    language: 'en',
    listening,
  });
  const events: SessionEvent[] = [];
  try {
    await lastValueFrom(session.events$.pipe(tap((event) => events.push(event))), {
      defaultValue: undefined,
    });
  } finally {
    lockstep.dispose();
  }
  return dictationOf(events, session.stats());
}
