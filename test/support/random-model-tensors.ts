/** Shapes of real English-only Whisper models. */
export type ModelShape = 'tiny.en' | 'base.en' | 'small.en';

/** Width, attention heads and layers of a model. */
export interface ModelDimensions {
  readonly state: number;
  readonly heads: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
}

/** What a tensor is for decides its format and its values. */
export type TensorRole = 'matrix' | 'convolution' | 'bias' | 'norm' | 'position';

/** A tensor in the file; the first dimension is the contiguous one. */
export interface TensorSpec {
  readonly name: string;
  readonly dims: readonly number[];
  readonly role: TensorRole;
}

/** From the paper "Robust Speech Recognition via Large-Scale Weak Supervision", table 1. */
export const SHAPES: Readonly<Record<ModelShape, ModelDimensions>> = {
  'tiny.en': { state: 384, heads: 6, encoderLayers: 4, decoderLayers: 4 },
  'base.en': { state: 512, heads: 8, encoderLayers: 6, decoderLayers: 6 },
  'small.en': { state: 768, heads: 12, encoderLayers: 12, decoderLayers: 12 },
};

const VOCABULARY_SIZE = 51_864;
const AUDIO_CTX = 1_500;
const TEXT_CTX = 448;
const MEL_BANDS = 80;
const KERNEL = 3;
/** The hidden layer of a block is four times as wide. */
const EXPANSION = 4;
/** A q8_0 block: 32 one-byte weights and an f16 scale. */
export const Q8_BLOCK = 32;
export const Q8_BLOCK_BYTES = 34;

/** All tensors of a model, by the names that whisper.cpp looks for. */
export function tensorsOf({ state, encoderLayers, decoderLayers }: ModelDimensions): TensorSpec[] {
  const tensors: TensorSpec[] = [];
  const add = (role: TensorRole, name: string, ...dims: number[]) => tensors.push({ name, dims, role });
  const norm = (name: string) => {
    add('norm', `${name}.weight`, state);
    add('bias', `${name}.bias`, state);
  };
  const attention = (name: string) => {
    for (const part of ['query', 'key', 'value', 'out']) {
      add('matrix', `${name}.${part}.weight`, state, state);
      // Whisper's keys have no bias.
      if (part !== 'key') add('bias', `${name}.${part}.bias`, state);
    }
  };
  const block = (name: string, cross: boolean) => {
    norm(`${name}.attn_ln`);
    attention(`${name}.attn`);
    if (cross) {
      norm(`${name}.cross_attn_ln`);
      attention(`${name}.cross_attn`);
    }
    norm(`${name}.mlp_ln`);
    add('matrix', `${name}.mlp.0.weight`, state, EXPANSION * state);
    add('bias', `${name}.mlp.0.bias`, EXPANSION * state);
    add('matrix', `${name}.mlp.2.weight`, EXPANSION * state, state);
    add('bias', `${name}.mlp.2.bias`, state);
  };
  add('position', 'encoder.positional_embedding', state, AUDIO_CTX);
  add('convolution', 'encoder.conv1.weight', KERNEL, MEL_BANDS, state);
  add('bias', 'encoder.conv1.bias', 1, state);
  add('convolution', 'encoder.conv2.weight', KERNEL, state, state);
  add('bias', 'encoder.conv2.bias', 1, state);
  for (let layer = 0; layer < encoderLayers; layer++) block(`encoder.blocks.${layer}`, false);
  norm('encoder.ln_post');
  add('position', 'decoder.positional_embedding', state, TEXT_CTX);
  add('matrix', 'decoder.token_embedding.weight', state, VOCABULARY_SIZE);
  for (let layer = 0; layer < decoderLayers; layer++) block(`decoder.blocks.${layer}`, true);
  norm('decoder.ln');
  return tensors;
}

/** Number of weights. */
export function elementsOf(tensor: TensorSpec): number {
  return tensor.dims.reduce((product, dimension) => product * dimension, 1);
}

/** Size of the weights in the file, bytes. */
export function tensorBytes(tensor: TensorSpec, kind: 'f16' | 'q8_0'): number {
  const elements = elementsOf(tensor);
  if (tensor.role === 'convolution') return 2 * elements;
  if (tensor.role !== 'matrix') return 4 * elements;
  return kind === 'f16' ? 2 * elements : (elements / Q8_BLOCK) * Q8_BLOCK_BYTES;
}
