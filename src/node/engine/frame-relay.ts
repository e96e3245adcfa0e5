import type { Frame, VoiceProbability } from '../../core/model';
import { FRAME_SAMPLES, RING_SECONDS, SAMPLE_RATE } from '../../core/units';
import type { FromEngineOf, ToEngine } from '../../protocol/messages';

type Send = (message: ToEngine) => void;

/** What is kept to be handed over again: as much as the process keeps. */
const KEPT_SAMPLES = RING_SECONDS * SAMPLE_RATE;
/** Frames in one message of a replay: a second of audio. */
const REPLAY_FRAMES = Math.floor(SAMPLE_RATE / FRAME_SAMPLES);

/**
 * Carries frames to whichever process is there, and hands the last 35 s over again to a new one. Makes one gap-free
 * sequence of voice probabilities, one per frame and in order, out of the answers of processes that come and go.
 */
export class FrameRelay {
  private history: Frame[] = [];
  private send: Send | undefined;
  private epochNumber = 0;
  /** Frames from this position on have no voice probability yet. */
  private voiceFrom = 0;

  /** `onVoice`: absent for an engine without voice detector. */
  constructor(private readonly onVoice?: (voice: VoiceProbability) => void) {}

  /** Number of the current session: rises with each reset. */
  get epoch(): number {
    return this.epochNumber;
  }

  /** Starts a new session. */
  reset(): void {
    this.epochNumber += 1;
    this.history = [];
    this.voiceFrom = 0;
    this.sendReset();
  }

  /** Takes one frame of the current session. */
  push(frame: Frame): void {
    this.history.push(frame);
    this.send?.({ type: 'frames', epoch: this.epochNumber, start: frame.start, samples: frame.samples });
    const oldest = frame.start + frame.samples.length - KEPT_SAMPLES;
    while ((this.history[0]?.start ?? oldest) < oldest) this.forgetOldest();
  }

  /** A process takes frames from now on: it is given what it needs to answer for the past. */
  attach(send: Send): void {
    this.send = send;
    this.sendReset();
    for (let i = 0; i < this.history.length; i += REPLAY_FRAMES) {
      const batch = this.history.slice(i, i + REPLAY_FRAMES);
      send({ type: 'frames', epoch: this.epochNumber, start: batch[0]?.start ?? 0, samples: joined(batch) });
    }
  }

  /** The process is gone; frames wait for the next one. */
  detach(): void {
    this.send = undefined;
  }

  /** An answer of the voice detector. */
  voice(message: FromEngineOf<'voice'>): void {
    if (message.epoch !== this.epochNumber) return;
    this.emit(message.start, message.probability);
  }

  private sendReset(): void {
    this.send?.({ type: 'reset', epoch: this.epochNumber, voiceFrom: this.voiceFrom });
  }

  /** A frame that no process ever judged counts as silence: its audio cannot be transcribed any more either. */
  private forgetOldest(): void {
    const frame = this.history.shift();
    if (frame) this.emit(frame.start, 0);
  }

  private emit(start: number, probability: number): void {
    if (start < this.voiceFrom) return;
    this.voiceFrom = start + FRAME_SAMPLES;
    this.onVoice?.({ start, probability });
  }
}

function joined(frames: readonly Frame[]): Float32Array {
  const samples = new Float32Array(frames.reduce((sum, frame) => sum + frame.samples.length, 0));
  let at = 0;
  for (const frame of frames) {
    samples.set(frame.samples, at);
    at += frame.samples.length;
  }
  return samples;
}
