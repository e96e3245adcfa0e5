import type { ListeningOptions } from '../session-types';

/** The listening stage as it was designed and measured; every figure can be overridden by a setting. */
export const DEFAULT_LISTENING: ListeningOptions = {
  gain: { enabled: true, targetPeak: 0.95, maxGain: 8 },
  gate: { enabled: true, threshold: 0.04 },
  vad: {
    on: 0.5,
    off: 0.35,
    onsetFrames: 2,
    preRollMs: 450,
    pauseMs: 160,
    endMs: 550,
    splitMs: 15_000,
    splitSearchMs: 3_000,
    stopTailMs: 400,
  },
};
