/** Full scale of signed 16-bit audio. */
const FULL_SCALE = 32_768;
const BYTES = 2;

/**
 * Turns raw signed 16-bit little-endian audio, cut anywhere (also inside a sample), into samples in −1…1.
 * @returns a function that takes the next piece; half a sample waits for the next one.
 */
export function samplesFromS16(): (piece: Buffer) => Float32Array {
  let half: Buffer = Buffer.alloc(0);
  return (piece) => {
    const bytes = half.length > 0 ? Buffer.concat([half, piece]) : piece;
    const samples = new Float32Array(Math.floor(bytes.length / BYTES));
    for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(i * BYTES) / FULL_SCALE;
    half = bytes.subarray(samples.length * BYTES);
    return samples;
  };
}
