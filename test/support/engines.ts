import { readFileSync } from 'node:fs';
import path from 'node:path';
import { firstValueFrom, filter } from 'rxjs';
import { WaveFile } from 'wavefile';
import type { Role, TranscribeRequest } from '../../src/core/model';
import type { Engine, EngineState, ResolvedModel } from '../../src/core/ports';
import { FRAME_SAMPLES } from '../../src/core/units';
import type { EngineLog, EngineOptions } from '../../src/node/engine/options';
import { type SpokenWord, spokenWords } from './spoken-words';

/** Real engines for process tests: the embedded models, the built product, the recordings. */

const ROOT = path.resolve(__dirname, '..', '..');
export const ENGINE_ENTRY = path.join(ROOT, 'dist', 'engine.js');
export const NATIVE_DIR = path.join(ROOT, 'dist', 'native');
export const VAD_DIR = path.join(ROOT, 'dist', 'vad');
const RECORDINGS = path.join(ROOT, 'test', 'fixtures', 'recordings');

/** Path of an embedded model. */
export function embeddedModel(role: Role): string {
  return path.join(ROOT, 'models', 'embedded', `${role}.bin`);
}

/** A log that keeps everything. */
export class MemoryLog implements EngineLog {
  readonly lines: string[] = [];
  readonly chatter: string[] = [];
  error(message: string): void {
    this.lines.push(`error ${message}`);
  }
  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }
  info(message: string): void {
    this.lines.push(`info ${message}`);
  }
  debug(message: string): void {
    this.lines.push(`debug ${message}`);
  }
  native(source: string, line: string): void {
    this.chatter.push(`[${source}] ${line}`);
  }
}

/** Options of an engine for `role` with its embedded model, or the model file at `modelPath`. */
export function engineOptions(
  role: Role,
  modelPath = embeddedModel(role),
): EngineOptions & { log: MemoryLog } {
  const model: ResolvedModel = {
    role,
    name: path.basename(modelPath),
    path: modelPath,
    origin: 'embedded',
    longestWindow: 80_000,
    languages: ['en'],
  };
  return { role, entry: ENGINE_ENTRY, nativeDir: NATIVE_DIR, model, threads: 1, log: new MemoryLog() };
}

/** A recording of the fixtures and what is said in it. */
export interface Recording {
  /** At 16 kHz, cut to whole frames. */
  readonly samples: Float32Array;
  readonly text: string;
  readonly words: readonly SpokenWord[];
}

/** The recording of this name. */
export function recording(name: string): Recording {
  const file = new WaveFile(readFileSync(path.join(RECORDINGS, `${name}.wav`)));
  file.toBitDepth('32f');
  const all = Float32Array.from(file.getSamples(false) as unknown as Float64Array);
  return {
    samples: all.subarray(0, all.length - (all.length % FRAME_SAMPLES)),
    text: readFileSync(path.join(RECORDINGS, `${name}.txt`), 'utf8').trim(),
    words: spokenWords(readFileSync(path.join(RECORDINGS, `${name}.words.tsv`), 'utf8')),
  };
}

/** Hands over all of `samples` frame by frame from position `start`; returns the position after the last. */
export function pushAll(engine: Engine, samples: Float32Array, start = 0): number {
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    engine.push({ start: start + at, samples: samples.subarray(at, at + FRAME_SAMPLES) });
  }
  return start + samples.length;
}

/** A request for everything up to `end`. */
export function requestFor(role: Role, end: number, start = 0): TranscribeRequest {
  return {
    role,
    windowId: 1,
    utteranceId: 1,
    range: { start, end },
    final: true,
    language: 'en',
    prompt: '',
    timestamps: role === 'heavy',
  };
}

/** Resolves with the next state (or the current one) of this phase. */
export async function reached<P extends EngineState['phase']>(
  engine: Engine,
  phase: P,
): Promise<Extract<EngineState, { phase: P }>> {
  const is = (state: EngineState): state is Extract<EngineState, { phase: P }> => state.phase === phase;
  return firstValueFrom(engine.state$.pipe(filter(is)));
}
