import { filter, firstValueFrom, lastValueFrom, map, mergeMap, take, throwError, toArray } from 'rxjs';
import type { Role } from '../core/model';
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
 * clocks anew.
 * @throws DictationError area `engine` or `model` if one cannot be loaded or fails
 */
export async function measureEngines(
  engines: Engines,
  { audio, text }: KnownRecording,
): Promise<readonly EngineReport[]> {
  const wanted = Math.floor(msToSamples(MEASURED_MS) / FRAME_SAMPLES);
  const frames = await lastValueFrom(audio.frames$.pipe(take(wanted), toArray()));
  const reports: EngineReport[] = [];
  for (const { engine } of distinctEngines(engines)) {
    const ready = await loaded(engine);
    engine.reset();
    for (const frame of frames) engine.push(frame);
    const end = frames.length * FRAME_SAMPLES;
    let quickest = Infinity;
    let heard = '';
    for (let call = 1; call <= CALLS; call++) {
      const result = await firstValueFrom(engine.transcribe(request(engine.role, call, end)));
      quickest = Math.min(quickest, result.elapsedMs);
      heard = result.text;
    }
    const { words, errors } = wordErrors(text, heard);
    reports.push({
      role: engine.role,
      ...ready,
      msPerSecond: Math.round((quickest / samplesToMs(end)) * 1_000),
      heard: { words, right: Math.max(0, words - errors) },
    });
  }
  return reports;
}

function request(role: Role, windowId: number, end: number) {
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

/** Waits until the model is loaded; a first crash may pass, giving up is an error. */
function loaded(engine: Engine): Promise<Pick<EngineReport, 'model' | 'variant' | 'loadMs'>> {
  return firstValueFrom(
    engine.state$.pipe(
      mergeMap((state) => (state.phase === 'failed' ? throwError(() => state.error) : [state])),
      filter((state) => state.phase === 'ready'),
      map(({ model, variant, loadMs }) => ({ model, variant, loadMs: Math.round(loadMs) })),
    ),
  );
}
