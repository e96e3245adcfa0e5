/** Levels drawn with characters, for places that show text only. Pure. */

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
/** The bars span these RMS levels (dB of full scale); speech at an ordinary microphone moves between −45 and −12. */
const LOWEST_DB = -50;
const HIGHEST_DB = -10;

/** The bar for an RMS of 0…1, on a scale of decibels. */
export function levelBar(rms: number): string {
  const share = Math.min(1, Math.max(0, (decibels(rms) - LOWEST_DB) / (HIGHEST_DB - LOWEST_DB)));
  return BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))] ?? BARS[0];
}

/** Magnitude 0…1 in dB of full scale; not less than −120, which is below 16 bit. */
export function decibels(magnitude: number): number {
  return magnitude > 0 ? Math.max(-120, 20 * Math.log10(magnitude)) : -120;
}
