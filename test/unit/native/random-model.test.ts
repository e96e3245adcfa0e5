import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import catalog from '../../../models/catalog.json';
import { type RandomModelOptions, randomModelBytes } from '../../support/random-model';
import { SHAPES, tensorBytes, tensorsOf } from '../../support/random-model-tensors';
import { RandomWeights } from '../../support/random-weights';

const HEADER = 'models/embedded/heavy.bin';

describe('random models', () => {
  it.each<[string, Pick<RandomModelOptions, 'shape' | 'kind'>]>([
    ['tiny.en', { shape: 'tiny.en', kind: 'f16' }],
    ['tiny.en-q8_0', { shape: 'tiny.en', kind: 'q8_0' }],
    ['base.en', { shape: 'base.en', kind: 'f16' }],
    ['small.en-q8_0', { shape: 'small.en', kind: 'q8_0' }],
  ])('are byte for byte as large as the published %s', (name, options) => {
    const published = catalog.models.find((model) => model.name === name);
    expect(randomModelBytes({ ...options, headerFrom: HEADER })).toBe(published?.bytes);
  });

  it('are the same every time, and different from tensor to tensor', () => {
    const digest = (seed: number, skip: number) => {
      const weights = new RandomWeights(seed);
      const tensors = tensorsOf(SHAPES['tiny.en']).filter((tensor) => tensor.role === 'matrix');
      const hashes = tensors.slice(0, 2).map((tensor) => {
        const hash = createHash('sha256');
        for (const chunk of weights.chunks(tensor, 'q8_0')) hash.update(chunk);
        return hash.digest('hex');
      });
      return hashes[skip];
    };
    expect(digest(1, 0)).toBe(digest(1, 0));
    expect(digest(1, 0)).not.toBe(digest(1, 1));
    expect(digest(1, 0)).not.toBe(digest(2, 0));
  });

  it('have weights of the variance that keeps activations at unit scale', () => {
    for (const kind of ['f16', 'q8_0'] as const) {
      const tensor = { name: 'w', dims: [384, 384], role: 'matrix' } as const;
      const bytes = Buffer.concat(
        [...new RandomWeights(7).chunks(tensor, kind)].map((chunk) => Buffer.from(chunk)),
      );
      expect(bytes.length).toBe(tensorBytes(tensor, kind));
      const rms = Math.sqrt(mean(weightsOf(bytes, kind).map((weight) => weight ** 2)));
      // Powers of two only, so within a factor of the square root of two.
      expect(rms * Math.sqrt(384)).toBeGreaterThan(0.65);
      expect(rms * Math.sqrt(384)).toBeLessThan(1.5);
    }
  });
});

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function weightsOf(bytes: Buffer, kind: 'f16' | 'q8_0'): number[] {
  if (kind === 'f16')
    return Array.from({ length: bytes.length / 2 }, (_, index) => half(bytes.readUInt16LE(2 * index)));
  return Array.from({ length: bytes.length / 34 }, (_, block) => {
    const scale = half(bytes.readUInt16LE(34 * block));
    return Array.from({ length: 32 }, (__, index) => scale * bytes.readInt8(34 * block + 2 + index));
  }).flat();
}

/** IEEE half precision, normal numbers. */
function half(bits: number): number {
  const magnitude = (1 + (bits & 0x3ff) / 1024) * 2 ** (((bits >> 10) & 0x1f) - 15);
  return bits & 0x8000 ? -magnitude : magnitude;
}
