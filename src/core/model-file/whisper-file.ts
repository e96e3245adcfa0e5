import { BlockReader, ModelFormatError, type Parsing } from './reader';

/** What the header of a Whisper model in ggml's format says. */
export interface WhisperFileInfo {
  readonly vocabulary: number;
  /** Knows more languages than English. */
  readonly multilingual: boolean;
  /** How many of Whisper's languages, always the first ones of its list; 1 for English-only. */
  readonly languages: number;
  /** Encoder positions (20 ms each) for 30 s. */
  readonly audioContext: number;
  /** Width of the network. */
  readonly state: number;
  readonly audioLayers: number;
  readonly textLayers: number;
  readonly mels: number;
}

/** `ggml` as whisper.cpp writes it: a little-endian 32-bit number. */
const MAGIC = 0x67676d6c;
/** From this vocabulary size on a model is multilingual (whisper.cpp: `whisper_vocab::is_multilingual`). */
const MULTILINGUAL_FROM = 51_865;
/** What a multilingual vocabulary holds beside one token per language (whisper.cpp: `whisper_vocab::num_languages`). */
const TOKENS_BESIDE_LANGUAGES = 51_766;
/** File types carry the version of the quantisation times this factor (ggml: `GGML_QNT_VERSION_FACTOR`). */
const QUANTISATION_VERSION_FACTOR = 1000;
/** Tensors of every model, of an encoder layer and of a decoder layer (`whisper_model_load`). */
const TENSORS = { shared: 11, encoderLayer: 15, decoderLayer: 24 };
const MAX_TENSOR_NAME = 128;
const MAX_TOKEN_BYTES = 1024;
const MAX_DIMENSIONS = 4;
const FFT_BINS = 201;

/** Per ggml tensor type: elements in a block and bytes of a block (ggml: `type_traits`). */
const BLOCKS: ReadonlyMap<number, readonly [elements: number, bytes: number]> = new Map([
  [0, [1, 4]], // f32
  [1, [1, 2]], // f16
  [2, [32, 18]], // q4_0
  [3, [32, 20]], // q4_1
  [6, [32, 22]], // q5_0
  [7, [32, 24]], // q5_1
  [8, [32, 34]], // q8_0
  [10, [256, 84]], // q2_K
  [11, [256, 110]], // q3_K
  [12, [256, 144]], // q4_K
  [13, [256, 176]], // q5_K
  [14, [256, 210]], // q6_K
  [30, [1, 2]], // bf16
]);

/** File types (`ggml_ftype`) whose weights the table above knows. */
const FILE_TYPES: ReadonlySet<number> = new Set([0, 1, 2, 3, 7, 8, 9, 10, 11, 12, 13, 14, 24]);

/**
 * Hyper-parameters in file order, with the range outside which the file is no Whisper model. The ranges are wide:
 * fine-tuned, distilled and very small models pass. whisper.cpp's encoder takes at most 1500 positions.
 */
const HYPER_PARAMETERS = [
  ['vocabulary', 51_864, 60_000],
  ['audioContext', 1, 1500],
  ['audioState', 1, 4_096],
  ['audioHeads', 1, 64],
  ['audioLayers', 1, 128],
  ['textContext', 1, 4_096],
  ['textState', 1, 4_096],
  ['textHeads', 1, 64],
  ['textLayers', 1, 128],
  ['mels', 1, 256],
] as const;
type HyperParameters = Record<(typeof HYPER_PARAMETERS)[number][0], number>;

/**
 * Walks the whole structure of a Whisper model file of `size` bytes, but not its weights: magic number, plausible header,
 * filters, vocabulary, every tensor with all its bytes, and nothing behind the last. whisper.cpp trusts the file: one that
 * fails here would end the process, or load as an "empty model". Layout as read by `whisper_model_load` of whisper.cpp.
 * @throws ModelFormatError
 */
export function* parseWhisperFile(size: number): Parsing<WhisperFileInfo> {
  const reader = new BlockReader(size);
  if ((yield* reader.int32()) !== MAGIC) throw corrupt('it does not begin like a ggml model');
  const header = yield* hyperParameters(reader);
  yield* skipFilters(reader, header.mels);
  yield* skipVocabulary(reader, header.vocabulary);
  yield* skipTensors(reader, header);
  const multilingual = header.vocabulary >= MULTILINGUAL_FROM;
  return {
    vocabulary: header.vocabulary,
    multilingual,
    languages: multilingual ? header.vocabulary - TOKENS_BESIDE_LANGUAGES : 1,
    audioContext: header.audioContext,
    state: header.audioState,
    audioLayers: header.audioLayers,
    textLayers: header.textLayers,
    mels: header.mels,
  };
}

function* hyperParameters(reader: BlockReader): Parsing<HyperParameters> {
  const values: Partial<HyperParameters> = {};
  for (const [name, low, high] of HYPER_PARAMETERS) {
    const value = yield* reader.int32();
    if (value < low || value > high) throw corrupt(`its header makes no sense (${name} ${value})`);
    values[name] = value;
  }
  const header = values as HyperParameters;
  const fileType = yield* reader.int32();
  if (fileType < 0 || !FILE_TYPES.has(fileType % QUANTISATION_VERSION_FACTOR))
    throw corrupt(`its file type ${fileType} is unknown`);
  const { audioState, audioHeads, textState, textHeads } = header;
  if (audioState !== textState || audioState % audioHeads !== 0 || textState % textHeads !== 0)
    throw corrupt('the widths of its layers do not fit together');
  return header;
}

function* skipFilters(reader: BlockReader, mels: number): Parsing<void> {
  const rows = yield* reader.int32();
  const columns = yield* reader.int32();
  if (rows !== mels || columns !== FFT_BINS) throw corrupt('its mel filters have the wrong shape');
  reader.skip(rows * columns * Float32Array.BYTES_PER_ELEMENT);
}

function* skipVocabulary(reader: BlockReader, vocabulary: number): Parsing<void> {
  const tokens = yield* reader.int32();
  // Special tokens may be left out of the list.
  if (tokens <= 0 || tokens > vocabulary) throw corrupt(`its vocabulary has ${tokens} entries`);
  for (let i = 0; i < tokens; i++) {
    const length = yield* reader.int32();
    if (length < 0 || length > MAX_TOKEN_BYTES) throw corrupt('its vocabulary is damaged');
    reader.skip(length);
  }
}

function* skipTensors(reader: BlockReader, header: HyperParameters): Parsing<void> {
  const { shared, encoderLayer, decoderLayer } = TENSORS;
  const expected = shared + encoderLayer * header.audioLayers + decoderLayer * header.textLayers;
  for (let found = 0; found < expected; found++) {
    if (reader.atEnd) throw new ModelFormatError('truncated', `it holds ${found} of ${expected} tensors`);
    const dimensions = yield* reader.int32();
    const nameLength = yield* reader.int32();
    const block = BLOCKS.get(yield* reader.int32());
    const sound =
      dimensions >= 1 && dimensions <= MAX_DIMENSIONS && nameLength >= 1 && nameLength <= MAX_TENSOR_NAME;
    if (!sound || !block) throw corrupt(`tensor ${found} of ${expected} is damaged`);
    let elements = 1;
    for (let i = 0; i < dimensions; i++) elements *= yield* reader.int32();
    if (elements <= 0 || elements % block[0] !== 0)
      throw corrupt(`tensor ${found} of ${expected} has an impossible shape`);
    reader.skip(nameLength + (elements / block[0]) * block[1]);
  }
  if (!reader.atEnd) throw corrupt('there is something behind its last tensor');
}

function corrupt(message: string): ModelFormatError {
  return new ModelFormatError('corrupt', message);
}
