/** What a child process is to time. */
export interface Job {
  /** Path of the addon. */
  readonly addon: string;
  readonly model: string;
  /** A 16 kHz mono WAV file of at least `samples`. */
  readonly recording: string;
  readonly samples: number;
  readonly threads: number;
  /** Encoder positions; 0 for all 1500. */
  readonly audioCtx: number;
  readonly maxTokens: number;
  /** Timed calls, after one that is not. */
  readonly calls: number;
  /** Calls go on until the process is ended; nothing is timed. After the first one {@link WORKING} is told. */
  readonly endless?: boolean;
}

/** The line by which an endless job tells that it is at work. */
export const WORKING = 'working';

/** What came out. */
export interface Measurement {
  readonly ms: readonly number[];
  /** The call that is not timed with the others: the first one of its process, ms. */
  readonly firstMs: number;
  /** Computing time of the timed calls together, ms. */
  readonly cpuMs: number;
  /** Tokens decoded by a call. */
  readonly tokens: number;
  /** Largest resident size of the process, MiB. */
  readonly peakMiB: number;
}
