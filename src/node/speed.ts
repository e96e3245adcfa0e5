import { filter, firstValueFrom, lastValueFrom, map, mergeMap, take, throwError, toArray } from 'rxjs';
import type { Role } from '../core/model';
import type { AudioSource, Engine, EngineReport, Engines } from '../core/ports';
import { distinctEngines } from '../core/session/engines';
import { FRAME_SAMPLES, msToSamples, samplesToMs } from '../core/units';

/** Audio of one measured call: an ordinary utterance. */
const MEASURED_MS = 5_000;
/** Calls that are measured; the quickest counts, because other programs can only slow a call down. */
const CALLS = 2;

/**
 * Loads the models and measures them on `recording`, one after the other. Only while no session uses the engines: it starts their
 * sample clocks anew.
 * @throws DictationError area `engine` or `model` if one cannot be loaded or fails
 */
export async function measureEngines(
  engines: Engines,
  recording: AudioSource,
  language: string,
): Promise<readonly EngineReport[]> {
  const wanted = Math.floor(msToSamples(MEASURED_MS) / FRAME_SAMPLES);
  const frames = await lastValueFrom(recording.frames$.pipe(take(wanted), toArray()));
  const reports: EngineReport[] = [];
  for (const { engine } of distinctEngines(engines)) {
    const ready = await loaded(engine);
    engine.reset();
    for (const frame of frames) engine.push(frame);
    const end = frames.length * FRAME_SAMPLES;
    let quickest = Infinity;
    for (let call = 1; call <= CALLS; call++) {
      const { elapsedMs } = await firstValueFrom(
        engine.transcribe(request(engine.role, call, end, language)),
      );
      quickest = Math.min(quickest, elapsedMs);
    }
    reports.push({
      role: engine.role,
      ...ready,
      msPerSecond: Math.round((quickest / samplesToMs(end)) * 1_000),
    });
  }
  return reports;
}

function request(role: Role, windowId: number, end: number, language: string) {
  const range = { start: 0, end };
  const heavy = role === 'heavy';
  return { role, windowId, utteranceId: 1, range, final: heavy, language, prompt: '', timestamps: heavy };
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
