import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { type ModelShape, type TensorSpec, SHAPES, tensorBytes, tensorsOf } from './random-model-tensors';
import { RandomWeights } from './random-weights';

export type { ModelShape } from './random-model-tensors';

/** Weight formats of the large matrices. Convolutions are always f16; biases, norms and positions f32. */
export type WeightKind = 'f16' | 'q8_0';

/** A model to be written. */
export interface RandomModelOptions {
  readonly shape: ModelShape;
  readonly kind: WeightKind;
  /** A ggml file of an English-only model: its mel filters and vocabulary are taken. */
  readonly headerFrom: string;
  readonly seed?: number;
}

/** `lmgg`, read as a little-endian number. */
const MAGIC = 0x67676d6c;
const HPARAM_COUNT = 11;
const HPARAMS_AT = 4;
const HPARAMS_END = HPARAMS_AT + 4 * HPARAM_COUNT;
const VOCABULARY_SIZE = 51_864;
const AUDIO_CTX = 1_500;
const TEXT_CTX = 448;
const MEL_BANDS = 80;
/** ggml file types; quantised ones carry the quantisation version (2) in the thousands. */
const FILE_TYPE: Readonly<Record<WeightKind, number>> = { f16: 1, q8_0: 2_007 };
const DEFAULT_SEED = 0x7a3d_11e5;

/**
 * A ggml Whisper file of a real shape with random weights: it costs per call what the real model costs, and says
 * nonsense. Made once per folder; returns its path.
 */
export function randomModel(folder: string, options: RandomModelOptions): string {
  const file = path.join(folder, `random-${options.shape}-${options.kind}.bin`);
  const header = modelHeader(options);
  if (existsSync(file) && statSync(file).size === randomModelBytes(options)) return file;
  mkdirSync(folder, { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeRandomModel(temporary, header, options);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  return file;
}

/** Size of the file in bytes: that of the published model of this shape and kind. */
export function randomModelBytes(options: RandomModelOptions): number {
  return tensorsOf(SHAPES[options.shape]).reduce(
    (sum, tensor) => sum + tensorHeader(tensor, options.kind).length + tensorBytes(tensor, options.kind),
    modelHeader(options).length,
  );
}

function writeRandomModel(file: string, header: Buffer, options: RandomModelOptions): void {
  const weights = new RandomWeights(options.seed ?? DEFAULT_SEED);
  const out = openSync(file, 'w');
  try {
    writeSync(out, header);
    for (const tensor of tensorsOf(SHAPES[options.shape])) {
      writeSync(out, tensorHeader(tensor, options.kind));
      for (const chunk of weights.chunks(tensor, options.kind)) writeSync(out, chunk);
    }
  } finally {
    closeSync(out);
  }
}

/** Magic, hyper-parameters of the shape, then mel filters and vocabulary of the given model. */
function modelHeader({ shape, kind, headerFrom }: RandomModelOptions): Buffer {
  const model = readFileSync(headerFrom);
  if (model.readUInt32LE(0) !== MAGIC) throw new Error(`${headerFrom} is not a ggml Whisper model`);
  if (model.readInt32LE(HPARAMS_AT) !== VOCABULARY_SIZE) throw new Error(`${headerFrom} is not English-only`);
  const { state, heads, encoderLayers, decoderLayers } = SHAPES[shape];
  const hparams = [
    VOCABULARY_SIZE,
    AUDIO_CTX,
    state,
    heads,
    encoderLayers,
    TEXT_CTX,
    state,
    heads,
    decoderLayers,
    MEL_BANDS,
    FILE_TYPE[kind],
  ];
  const head = Buffer.alloc(HPARAMS_END);
  head.writeUInt32LE(MAGIC, 0);
  hparams.forEach((value, index) => head.writeInt32LE(value, HPARAMS_AT + 4 * index));
  return Buffer.concat([head, model.subarray(HPARAMS_END, endOfVocabulary(model))]);
}

function endOfVocabulary(model: Buffer): number {
  let at = HPARAMS_END;
  const filters = model.readInt32LE(at) * model.readInt32LE(at + 4);
  at += 8 + 4 * filters;
  const words = model.readInt32LE(at);
  at += 4;
  for (let word = 0; word < words; word++) at += 4 + model.readUInt32LE(at);
  return at;
}

/** Number of dimensions, length of the name, type, dimensions, name: as whisper.cpp's loader reads them. */
function tensorHeader(tensor: TensorSpec, kind: WeightKind): Buffer {
  const name = Buffer.from(tensor.name, 'ascii');
  const numbers = [tensor.dims.length, name.length, ggmlType(tensor, kind), ...tensor.dims];
  const head = Buffer.alloc(4 * numbers.length);
  numbers.forEach((value, index) => head.writeInt32LE(value, 4 * index));
  return Buffer.concat([head, name]);
}

/** ggml's numbers of the tensor types. */
function ggmlType(tensor: TensorSpec, kind: WeightKind): number {
  if (tensor.role === 'matrix') return kind === 'f16' ? 1 : 8;
  return tensor.role === 'convolution' ? 1 : 0;
}
