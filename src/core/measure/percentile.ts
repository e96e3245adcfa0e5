/** The usual summary of a latency: count, median and 95th percentile. `undefined` where nothing was measured. */
export interface Summary {
  readonly count: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly max: number | undefined;
}

/** Percentile by linear interpolation between closest ranks (the default of NumPy); `share` in 0…1. */
export function percentile(values: readonly number[], share: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const low = Math.floor(rank);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (rank - low);
}

/** Summarises a list of measurements, rounded to whole units. */
export function summarise(values: readonly number[]): Summary {
  const round = (value: number | undefined) => (value === undefined ? undefined : Math.round(value));
  return {
    count: values.length,
    p50: round(percentile(values, 0.5)),
    p95: round(percentile(values, 0.95)),
    max: round(percentile(values, 1)),
  };
}
