import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Observable, type Subscriber } from 'rxjs';
import { Framer } from '../../core/audio/framer';
import { asDictationError } from '../../core/errors';
import type { Frame } from '../../core/model';
import type { AudioSource } from '../../core/ports';
import { FRAME_SAMPLES, MOST_AHEAD_SECONDS, msToSamples, samplesToMs } from '../../core/units';
import { wavSamples } from './wav-decoder';

/** `realtime`: as the microphone would deliver it; `max`: as fast as the consumer can follow. */
export type Pace = 'realtime' | 'max';

/** How a file is played into the pipeline. */
export interface WavFileOptions {
  readonly pace: Pace;
  /**
   * With pace `max`: the sample position up to which the pipeline needs no audio any more. The source stays at most
   * `maxAheadMs` ahead of it. In silence it has to follow the clock, else the source would wait for ever.
   */
  readonly heardUpTo?: () => number;
  /** Longer than the longest utterance, or it could never end; shorter than what the engines keep. */
  readonly maxAheadMs?: number;
}

const DEFAULT_MAX_AHEAD_MS = MOST_AHEAD_SECONDS * 1_000;
/** With pace `max` others get a turn after so many frames (half a second of audio). */
const FRAMES_A_TURN = 16;
/** How often a source that is ahead looks whether it may go on, ms. */
const AHEAD_RETRY_MS = 10;

/**
 * A recording as a source of frames: any WAV file, resampled to 16 kHz mono; the last frame is padded with silence.
 * @throws DictationError `bad-audio-file` (area `usage`) when its header or its first audio cannot be read
 */
export async function openWavFile(file: string, options: WavFileOptions): Promise<AudioSource> {
  // Decoding a first piece finds what is wrong before anything is started.
  for await (const _piece of wavSamples(file)) break;
  return {
    name: path.basename(file),
    frames$: new Observable((subscriber) => {
      const abort = new AbortController();
      play(file, options, subscriber, abort.signal).then(
        () => subscriber.complete(),
        (error: unknown) => subscriber.error(asDictationError(error, 'usage', 'bad-audio-file')),
      );
      return () => abort.abort();
    }),
  };
}

async function play(
  file: string,
  options: WavFileOptions,
  subscriber: Subscriber<Frame>,
  signal: AbortSignal,
): Promise<void> {
  const wait = options.pace === 'realtime' ? realtimePace(signal) : maximalPace(options, signal);
  const framer = new Framer();
  const send = async (frames: readonly Frame[]) => {
    for (const frame of frames) {
      await wait(frame);
      if (signal.aborted) return;
      subscriber.next(frame);
    }
  };
  for await (const samples of wavSamples(file)) {
    await send(framer.push(samples));
    if (signal.aborted) return;
  }
  await send(framer.finish());
}

type Wait = (frame: Frame) => Promise<void>;

/** A frame is due when its last sample would have been spoken, by the clock: being late once delays nothing after it. */
function realtimePace(signal: AbortSignal): Wait {
  const started = performance.now();
  return async ({ start }) => {
    const due = started + samplesToMs(start + FRAME_SAMPLES);
    const left = due - performance.now();
    if (left > 0) await sleep(left, undefined, { signal }).catch(ignoreAbort);
  };
}

function maximalPace(
  { heardUpTo, maxAheadMs = DEFAULT_MAX_AHEAD_MS }: WavFileOptions,
  signal: AbortSignal,
): Wait {
  const maxAhead = msToSamples(maxAheadMs);
  let sent = 0;
  return async ({ start }) => {
    if (sent++ % FRAMES_A_TURN === 0) await nextTurn();
    while (heardUpTo && !signal.aborted && start + FRAME_SAMPLES - heardUpTo() > maxAhead)
      await sleep(AHEAD_RETRY_MS, undefined, { signal }).catch(ignoreAbort);
  };
}

/** The waiting was cut short because nobody listens any more: the caller looks at the signal. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
