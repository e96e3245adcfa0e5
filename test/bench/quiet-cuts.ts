import type { SampleRange } from '../../src/core/model';
import { FRAME_SAMPLES } from '../../src/core/units';

/** A cut is looked for in the last part of the longest piece, so that it stays where it is while the audio grows. */
const SEARCHED_SHARE = 0.4;
/** Frames either side of a cut whose loudness decides. */
const FRAMES_EACH_SIDE = 3;

/** Cuts `audio` into pieces of at most `longest` samples at the quietest places; a short one stays whole. */
export function quietCuts(audio: Float32Array, longest: number): readonly SampleRange[] {
  const pieces: SampleRange[] = [];
  let start = 0;
  while (audio.length - start > longest) {
    const cut = quietest(audio, start + Math.round(longest * (1 - SEARCHED_SHARE)), start + longest);
    pieces.push({ start, end: cut });
    start = cut;
  }
  return [...pieces, { start, end: audio.length }];
}

function quietest(audio: Float32Array, from: number, to: number): number {
  let best = to;
  let bestEnergy = Infinity;
  const side = FRAMES_EACH_SIDE * FRAME_SAMPLES;
  for (let at = from + side; at + side <= to; at += FRAME_SAMPLES) {
    let energy = 0;
    for (let index = at - side; index < at + side; index += 1) energy += (audio[index] ?? 0) ** 2;
    if (energy < bestEnergy) [best, bestEnergy] = [at, energy];
  }
  return best;
}
