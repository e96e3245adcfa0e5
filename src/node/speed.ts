import { concat, first, map, mergeMap, type Observable, switchMap, take, throwError, toArray } from 'rxjs';
import type { Frame, Hypothesis, Role, TranscribeRequest } from '../core/model';
import { wordErrors } from '../core/measure/wer';
import type { AudioSource, Engine, EngineReport, Engines } from '../core/ports';
import { distinctEngines } from '../core/session/engines';
import { FRAME_SAMPLES, msToSamples, samplesToMs } from '../core/units';

/** At most so much audio is measured, ms: the longest window that every fast model takes. */
const MEASURED_MS = 10_000;
/** The recording is English, whatever the user speaks: every model knows it. */
const LANGUAGE = 'en';
/** Calls that are measured; the quickest counts, because other programs can only slow a call down. */
const CALLS = 2;

/** What engines are measured on. */
export interface KnownRecording {
  /** One English utterance. */
  readonly audio: AudioSource;
  /** Its words. */
  readonly text: string;
}

/**
 * Loads the models, measures them on a recording whose words are known, and compares what they hear with those: a model that is
 * quick but hears nonsense is of no use. One after the other, and only while no session uses the engines: it starts their sample
 * clocks anew. All reports at once, then completion; who unsubscribes may use the engines at once, they are left alone from then on
 * (a call that is under way comes to its end, and nobody hears of it).
 * @throws DictationError area `engine` or `model` if one cannot be loaded or fails
 */
export function measureEngines(
  engines: Engines,
  { audio, text }: KnownRecording,
): Observable<readonly EngineReport[]> {
  const wanted = Math.floor(msToSamples(MEASURED_MS) / FRAME_SAMPLES);
  return audio.frames$.pipe(
    take(wanted),
    toArray(),
    switchMap((frames) =>
      concat(...distinctEngines(engines).map(({ engine }) => measureEngine(engine, frames, text))),
    ),
    toArray(),
  );
}

function measureEngine(engine: Engine, frames: readonly Frame[], text: string): Observable<EngineReport> {
  const end = frames.length * FRAME_SAMPLES;
  return loaded(engine).pipe(
    switchMap((ready) => {
      engine.reset();
      for (const frame of frames) engine.push(frame);
      const calls = Array.from({ length: CALLS }, (_, index) =>
        engine.transcribe(request(engine.role, index + 1, end)),
      );
      return concat(...calls).pipe(
        toArray(),
        map((heard) => ({ role: engine.role, ...ready, ...judged(heard, samplesToMs(end), text) })),
      );
    }),
  );
}

/** @param audioMs length of what was heard */
function judged(
  heard: readonly Hypothesis[],
  audioMs: number,
  text: string,
): Pick<EngineReport, 'msPerSecond' | 'heard'> {
  const quickest = Math.min(...heard.map(({ elapsedMs }) => elapsedMs));
  const { words, errors } = wordErrors(text, heard.at(-1)?.text ?? '');
  return {
    msPerSecond: Math.round((quickest / audioMs) * 1_000),
    heard: { words, right: Math.max(0, words - errors) },
  };
}

function request(role: Role, windowId: number, end: number): TranscribeRequest {
  const range = { start: 0, end };
  const heavy = role === 'heavy';
  return {
    role,
    windowId,
    utteranceId: 1,
    range,
    final: heavy,
    language: LANGUAGE,
    prompt: '',
    timestamps: heavy,
  };
}

/** Emits once the model is loaded; a first crash may pass, giving up is an error. */
function loaded(engine: Engine): Observable<Pick<EngineReport, 'model' | 'variant' | 'loadMs'>> {
  return engine.state$.pipe(
    mergeMap((state) => (state.phase === 'failed' ? throwError(() => state.error) : [state])),
    first((state) => state.phase === 'ready'),
    map(({ model, variant, loadMs }) => ({ model, variant, loadMs: Math.round(loadMs) })),
  );
}
