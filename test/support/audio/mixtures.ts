import type { Recording } from '../engines';
import { shifted, type SpokenWord } from '../spoken-words';
import { joined } from './noises';

/** Speech with rests, as a microphone would get it, and when each word is said. */
export interface Speech {
  readonly samples: Float32Array;
  readonly words: readonly SpokenWord[];
}

/** The recordings one after the other, with `rest` samples of silence before, between and behind them. */
export function withRests(recordings: readonly Recording[], rest: number): Speech {
  const silence = new Float32Array(rest);
  const words: SpokenWord[] = [];
  let at = rest;
  for (const { samples, words: said } of recordings) {
    words.push(...shifted(said, at));
    at += samples.length + rest;
  }
  return { samples: joined(silence, ...recordings.flatMap(({ samples }) => [samples, silence])), words };
}

/**
 * Speech over another sound.
 * @param sound as long as the speech
 * @param snr how far the speech stands out: its mean power while words are said over that of the whole sound, dB
 */
export function over({ samples, words }: Speech, sound: Float32Array, snr: number): Float32Array {
  const speech = words.map(({ start, end }) => samples.subarray(Math.round(start), Math.round(end)));
  const wanted = Math.sqrt(power(joined(...speech)) / power(sound)) / 10 ** (snr / 20);
  return samples.map((sample, i) => sample + wanted * (sound[i] ?? 0));
}

function power(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}
