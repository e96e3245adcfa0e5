/** Audio units of the whole product. Everything is 16 kHz mono; times in samples unless the name says otherwise. */

/** Sample rate that Whisper and Silero expect, in Hz. */
export const SAMPLE_RATE = 16_000;
/** Samples in a frame: 32 ms, the chunk Silero's 16 kHz model was trained on. */
export const FRAME_SAMPLES = 512;
/** A new window is due after this many samples of utterance (0.25 s). */
export const WINDOW_STEP_SAMPLES = 4_000;
/** The heavy model works on every 4th window (16,000 samples, 1 s). */
export const HEAVY_WINDOW_EVERY = 4;
/** Seconds of audio an engine process keeps; longer than Whisper's 30 s so that a retry still finds its audio. */
export const RING_SECONDS = 35;
/**
 * So far a source that could be faster than speech may be ahead of what the pipeline still needs: an utterance has at most 30 s, so
 * that it fits in, and of what the engines keep 3 s are left for what is on its way.
 */
export const MOST_AHEAD_SECONDS = RING_SECONDS - 3;

/**
 * So much may wait for models that are not ready: longer than they are waited for at all, which is five times 30 s for a process and
 * 120 s for its model, and the pauses between. 58 MB; then a session stops listening, so that nothing it heard is lost.
 */
export const MOST_WAITING_SECONDS = 15 * 60;
/** Seconds of audio that are kept for calls still to come: what may wait, and what is said until a session has stopped listening. */
export const KEPT_SECONDS = MOST_WAITING_SECONDS + 60;

/** Milliseconds → samples at 16 kHz, rounded. */
export function msToSamples(ms: number): number {
  return Math.round((ms * SAMPLE_RATE) / 1000);
}

/** Samples at 16 kHz → milliseconds (not rounded). */
export function samplesToMs(samples: number): number {
  return (samples * 1000) / SAMPLE_RATE;
}
