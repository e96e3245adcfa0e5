/** A sample this large touched the end of the converter's range (full scale of 16 bit is 0.99997). */
export const CLIPPED_PEAK = 0.999;

/** Largest magnitude of `samples` (−1…1 audio gives 0…1; unlimited floats may give more); 0 for none. */
export function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (let i = 0; i < samples.length; i++) {
    const magnitude = Math.abs(samples[i] ?? 0);
    if (magnitude > peak) peak = magnitude;
  }
  return peak;
}

/** Root mean square of `samples`; 0 for none. */
export function rmsOf(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] ?? 0;
    sum += sample * sample;
  }
  return Math.sqrt(sum / samples.length);
}
