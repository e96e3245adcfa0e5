import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WaveFile } from 'wavefile';

const NOISES = path.resolve(__dirname, '..', '..', 'fixtures', 'noises');

/** A recorded noise of the fixtures (their README tells what and whose it is): 16 kHz, its peak at −3 dB of full scale. */
export function recordedNoise(name: string): Float32Array {
  const file = new WaveFile(readFileSync(path.join(NOISES, `${name}.wav`)));
  file.toBitDepth('32f');
  return Float32Array.from(file.getSamples(false) as unknown as Float64Array);
}
