import { Q8_BLOCK_BYTES, type TensorSpec, elementsOf, tensorBytes } from './random-model-tensors';

/** A multiple of every element's and block's size, so that chunks never split one. */
const CHUNK_BYTES = Q8_BLOCK_BYTES * 4 * 32_768;
const HALF_SIGN_AND_MANTISSA = 0x83ff;
const HALF_EXPONENT_BIAS = 15;
const HALF_EXPONENT_SHIFT = 10;
/** Root mean square of ±[1, 2) and of all signed bytes: what the scale has to be set against. */
const HALF_RMS = 1.53;
const BYTE_RMS = 73.9;
/** Amplitude of positional embeddings, small against the unit variance of what they are added to. */
const POSITION_AMPLITUDE = 0.02;

/**
 * Weights with the variance 1 ∕ inputs, which keeps activations of every layer near unit variance: nothing overflows and
 * no kernel meets denormals, so that the time is that of a real model. The same seed gives the same bytes.
 */
export class RandomWeights {
  private state: number;

  /** @param seed any number but 0 */
  constructor(seed: number) {
    this.state = seed >>> 0 || 1;
  }

  /** The bytes of one tensor in pieces. The buffer is reused: a piece is valid until the next one is asked for. */
  *chunks(tensor: TensorSpec, kind: 'f16' | 'q8_0'): Generator<Buffer> {
    const buffer = new ArrayBuffer(CHUNK_BYTES);
    let left = tensorBytes(tensor, kind);
    while (left > 0) {
      const bytes = Math.min(left, CHUNK_BYTES);
      this.fill(buffer, bytes, tensor, kind);
      yield Buffer.from(buffer, 0, bytes);
      left -= bytes;
    }
  }

  private fill(buffer: ArrayBuffer, bytes: number, tensor: TensorSpec, kind: 'f16' | 'q8_0'): void {
    switch (tensor.role) {
      case 'norm':
        new Float32Array(buffer, 0, bytes / 4).fill(1);
        break;
      case 'bias':
        new Float32Array(buffer, 0, bytes / 4).fill(0);
        break;
      case 'position':
        this.fillPositions(new Float32Array(buffer, 0, bytes / 4));
        break;
      case 'convolution':
        this.fillHalves(buffer, bytes, inputsOf(tensor));
        break;
      case 'matrix':
        if (kind === 'f16') this.fillHalves(buffer, bytes, inputsOf(tensor));
        else this.fillBlocks(buffer, bytes, inputsOf(tensor));
        break;
    }
  }

  private fillPositions(out: Float32Array): void {
    for (let index = 0; index < out.length; index++) {
      out[index] = POSITION_AMPLITUDE * (this.next() / 2 ** 31 - 1);
    }
  }

  /** Random sign and mantissa, one exponent for all. */
  private fillHalves(buffer: ArrayBuffer, bytes: number, inputs: number): void {
    this.fillBytes(buffer, bytes);
    const exponent = halfPowerOfTwo(1 / Math.sqrt(inputs) / HALF_RMS);
    const halves = new Uint16Array(buffer, 0, bytes / 2);
    for (let index = 0; index < halves.length; index++) {
      halves[index] = ((halves[index] ?? 0) & HALF_SIGN_AND_MANTISSA) | exponent;
    }
  }

  /** Random bytes, one scale for all blocks. */
  private fillBlocks(buffer: ArrayBuffer, bytes: number, inputs: number): void {
    this.fillBytes(buffer, bytes);
    const scale = halfPowerOfTwo(1 / Math.sqrt(inputs) / BYTE_RMS);
    const view = new DataView(buffer);
    for (let at = 0; at < bytes; at += Q8_BLOCK_BYTES) view.setUint16(at, scale, true);
  }

  private fillBytes(buffer: ArrayBuffer, bytes: number): void {
    const words = new Uint32Array(buffer, 0, Math.ceil(bytes / 4));
    for (let index = 0; index < words.length; index++) words[index] = this.next();
  }

  /** Marsaglia's xorshift32. */
  private next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state;
  }
}

/** How many products are summed for one output. */
function inputsOf(tensor: TensorSpec): number {
  const outputs = tensor.dims.at(-1) ?? 1;
  return elementsOf(tensor) / outputs;
}

/** The nearest power of two as IEEE half-precision bits. */
function halfPowerOfTwo(value: number): number {
  return (Math.round(Math.log2(value)) + HALF_EXPONENT_BIAS) << HALF_EXPONENT_SHIFT;
}
