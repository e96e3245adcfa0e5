import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WaveFile } from 'wavefile';
import { FRAME_SAMPLES, msToSamples, SAMPLE_RATE } from '../../src/core/units';
import { shifted, type SpokenWord, spokenWords } from '../support/spoken-words';

/** Recordings one after the other, and what is said in them. */
export interface Playlist {
  readonly name: string;
  readonly samples: Float32Array;
  readonly words: readonly SpokenWord[];
}

/** Silence between two recordings: longer than the hang-over of the voice detector, as between two thoughts. */
const GAP = msToSamples(1_200);
/** The loudest 16-bit sample. */
const S16 = 32_768;

/** The recordings `names` from `folder` (`NAME.wav` and `NAME.words.tsv`) with pauses between them. */
export function playlist(folder: string, names: readonly string[], name: string): Playlist {
  const parts = names.map((one) => recording(folder, one));
  const length = parts.reduce((sum, { samples }) => sum + samples.length + GAP, 0);
  const samples = new Float32Array(Math.ceil(length / FRAME_SAMPLES) * FRAME_SAMPLES);
  const words: SpokenWord[] = [];
  let at = 0;
  for (const part of parts) {
    samples.set(part.samples, at);
    words.push(...shifted(part.words, at));
    at += part.samples.length + GAP;
  }
  return { name, samples, words };
}

/** One playlist padded with silence to `seconds`, so that repetitions fill a stretch of time exactly. */
export function padded(list: Playlist, seconds: number): Playlist {
  const samples = new Float32Array(Math.ceil((seconds * SAMPLE_RATE) / FRAME_SAMPLES) * FRAME_SAMPLES);
  if (samples.length < list.samples.length) throw new RangeError(`${list.name} is longer than ${seconds} s`);
  samples.set(list.samples);
  return { ...list, samples };
}

/** A playlist as a 16-bit WAV file: what the product plays. */
export function wavBytes({ samples }: Playlist): Uint8Array {
  const file = new WaveFile();
  const integers = Int16Array.from(samples, (sample) => Math.max(-S16, Math.min(S16 - 1, sample * S16)));
  file.fromScratch(1, SAMPLE_RATE, '16', integers);
  return file.toBuffer();
}

/** Utterances as the speaker made them: runs of words without a pause of `pauseMs` between them. */
export function spokenUtterances(words: readonly SpokenWord[], pauseMs: number): SpokenWord[][] {
  const utterances: SpokenWord[][] = [];
  for (const word of words) {
    const current = utterances.at(-1);
    const last = current?.at(-1);
    if (!current || !last || word.start - last.end >= msToSamples(pauseMs)) utterances.push([word]);
    else current.push(word);
  }
  return utterances;
}

function recording(folder: string, name: string): { samples: Float32Array; words: SpokenWord[] } {
  const file = new WaveFile(readFileSync(path.join(folder, `${name}.wav`)));
  const { sampleRate, numChannels, bitsPerSample } = file.fmt as Record<string, number>;
  if (sampleRate !== SAMPLE_RATE || numChannels !== 1 || bitsPerSample !== 16)
    throw new Error(`${name}.wav is not 16 kHz mono with 16 bits`);
  // Not by the library's conversions: they take seconds for a minute of audio.
  const { samples: bytes } = file.data as { samples: Uint8Array };
  const integers = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  const samples = Float32Array.from(integers, (sample) => sample / S16);
  const words = spokenWords(readFileSync(path.join(folder, `${name}.words.tsv`), 'utf8'));
  return { samples, words };
}
