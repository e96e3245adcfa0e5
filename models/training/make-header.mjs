/**
 * Writes the part of an English-only ggml Whisper file before its tensors: hyper-parameters of tiny.en (place-holders; export.py writes
 * its own), the 80 Slaney mel filters for 16 kHz and a window of 400, and the GPT-2 vocabulary.
 * Vocabulary: the gpt2 ranks of js-tiktoken (MIT). Filters: Slaney's formula, normalised by area.
 *
 *   node make-header.mjs OUT
 */
import { writeFileSync } from 'node:fs';
import gpt2 from 'js-tiktoken/ranks/gpt2';

const SAMPLE_RATE = 16000;
const FFT = 400;
const MELS = 80;
const BINS = FFT / 2 + 1;
const MAGIC = 0x67676d6c;
const TINY_EN = [51864, 1500, 384, 6, 4, 448, 384, 6, 4, MELS, 1];

// Slaney's mel scale: linear below 1 kHz, logarithmic above.
const HZ_PER_MEL = 200 / 3;
const LOG_START_HZ = 1000;
const LOG_START_MEL = LOG_START_HZ / HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

function toMel(hz) {
  return hz >= LOG_START_HZ ? LOG_START_MEL + Math.log(hz / LOG_START_HZ) / LOG_STEP : hz / HZ_PER_MEL;
}

function toHz(mel) {
  return mel >= LOG_START_MEL ? LOG_START_HZ * Math.exp(LOG_STEP * (mel - LOG_START_MEL)) : HZ_PER_MEL * mel;
}

/** Triangles between neighbouring mel frequencies, row by row. */
function melFilters() {
  const top = toMel(SAMPLE_RATE / 2);
  const edges = Array.from({ length: MELS + 2 }, (_, i) => toHz((top * i) / (MELS + 1)));
  const filters = new Float32Array(MELS * BINS);
  for (let mel = 0; mel < MELS; mel++) {
    const [low, middle, high] = edges.slice(mel, mel + 3);
    for (let bin = 0; bin < BINS; bin++) {
      const hz = (bin * SAMPLE_RATE) / FFT;
      const height = Math.max(0, Math.min((hz - low) / (middle - low), (high - hz) / (high - middle)));
      filters[mel * BINS + bin] = height * (2 / (high - low));
    }
  }
  return filters;
}

/** The bytes of every token, by id. */
function vocabulary() {
  const tokens = [];
  for (const line of gpt2.bpe_ranks.split('\n').filter(Boolean)) {
    const [, offset, ...words] = line.split(' ');
    words.forEach((word, i) => (tokens[Number(offset) + i] = Buffer.from(word, 'base64')));
  }
  for (const [text, id] of Object.entries(gpt2.special_tokens)) tokens[id] = Buffer.from(text);
  return tokens;
}

function int32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

const [out] = process.argv.slice(2);
if (!out) {
  console.error('usage: node make-header.mjs OUT');
  process.exit(2);
}
const tokens = vocabulary();
writeFileSync(
  out,
  Buffer.concat([
    ...[MAGIC, ...TINY_EN, MELS, BINS].map(int32),
    Buffer.from(melFilters().buffer),
    int32(tokens.length),
    ...tokens.flatMap((token) => [int32(token.length), token]),
  ]),
);
console.log(`${out}: ${tokens.length} tokens, ${MELS} filters`);
