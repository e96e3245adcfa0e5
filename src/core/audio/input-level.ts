import { type Observable, bufferCount, map, scan } from 'rxjs';
import type { Frame } from '../model';
import { FRAME_SAMPLES, samplesToMs } from '../units';
import { CLIPPED_PEAK, peakOf, rmsOf } from './levels';

/** Frames in one reading: 128 ms, about as fast as one can read. */
const FRAMES_PER_READING = 4;

/** What a microphone delivers, before any gain, since it was opened. */
export interface InputLevel {
  /** Loudest frame of this reading, RMS 0…1. */
  readonly rms: number;
  /** RMS of the quietest and the loudest frame, and the largest sample, of all readings so far; 0…1. */
  readonly floor: number;
  readonly loudest: number;
  readonly peak: number;
  /** Time heard so far, and how long the last digital zeros have lasted without a break, ms. */
  readonly heardMs: number;
  readonly zerosMs: number;
  /** True once a sample has touched full scale. */
  readonly clipped: boolean;
}

const NOTHING: InputLevel = {
  rms: 0,
  floor: 1,
  loudest: 0,
  peak: 0,
  heardMs: 0,
  zerosMs: 0,
  clipped: false,
};

/** Readings of a microphone's level, one every 128 ms of sound. */
export function inputLevels(frames$: Observable<Frame>): Observable<InputLevel> {
  return frames$.pipe(
    map(({ samples }) => ({ rms: rmsOf(samples), peak: peakOf(samples) })),
    bufferCount(FRAMES_PER_READING),
    scan((before, frames) => {
      const rms = Math.max(...frames.map((frame) => frame.rms));
      const peak = Math.max(before.peak, ...frames.map((frame) => frame.peak));
      const duration = samplesToMs(frames.length * FRAME_SAMPLES);
      const zeros = frames.every((frame) => frame.peak === 0);
      return {
        rms,
        floor: Math.min(before.floor, ...frames.map((frame) => frame.rms)),
        loudest: Math.max(before.loudest, rms),
        peak,
        heardMs: before.heardMs + duration,
        zerosMs: zeros ? before.zerosMs + duration : 0,
        clipped: peak >= CLIPPED_PEAK,
      };
    }, NOTHING),
  );
}
