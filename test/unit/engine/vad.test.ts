import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { VoiceDetector } from '../../../src/engine/vad';

/** The network, which answers what the test says. */
const network = vi.hoisted(() => ({ answer: {} as Record<string, unknown> }));
vi.mock('onnxruntime-web/wasm', () => ({
  env: { wasm: {} },
  Tensor: class {},
  InferenceSession: { create: () => Promise.resolve({ run: () => Promise.resolve(network.answer) }) },
}));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-vad-'));
  for (const file of ['ort-wasm-simd-threaded.wasm', 'silero_vad_v6.onnx'])
    writeFileSync(path.join(folder, file), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stateN = { type: 'float32' };
const heard = async (answer: Record<string, unknown>) => {
  network.answer = answer;
  const detector = await VoiceDetector.load(folder);
  return detector.probability(new Float32Array(512));
};

describe('a frame that the voice detector judges', () => {
  it.each([
    [0.25, 0.25],
    [1.001, 1],
    [-0.001, 0],
  ])('has a probability: %d is %d', async (value, probability) => {
    expect(await heard({ output: { data: [value] }, stateN })).toBe(probability);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no number', { output: { data: [NaN] }, stateN }],
    ['no end', { output: { data: [Infinity] }, stateN }],
    ['nothing', { stateN }],
    ['no state', { output: { data: [0.5] } }],
  ])('has none if the network answers %s: that is a failure, not an answer', async (_, answer) => {
    await expect(heard(answer)).rejects.toThrow('unexpected answer');
  });
});
