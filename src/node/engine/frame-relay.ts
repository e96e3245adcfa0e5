import type { Frame, SampleRange, VoiceProbability } from '../../core/model';
import { FRAME_SAMPLES, KEPT_SECONDS, RING_SECONDS, SAMPLE_RATE } from '../../core/units';
import type { FromEngineOf, ToEngine, ToEngineOf } from '../../protocol/messages';

type Send = (message: ToEngine) => void;

/** What a process keeps itself. */
const RING_SAMPLES = RING_SECONDS * SAMPLE_RATE;
const MOST_KEPT_SAMPLES = KEPT_SECONDS * SAMPLE_RATE;
/** Frames in one message of a replay: a second of audio. */
const REPLAY_FRAMES = Math.floor(SAMPLE_RATE / FRAME_SAMPLES);

/**
 * Carries frames to whichever process is there, and keeps those that may be asked for still: a new process is handed what was not
 * judged yet and what it would have in its ring, and a call over older audio takes that audio with it. Makes one gap-free sequence
 * of voice probabilities, one per frame and in order, out of the answers of processes that come and go.
 */
export class FrameRelay {
  private history: Frame[] = [];
  private send: Send | undefined;
  private epochNumber = 0;
  /** Frames from this position on have no voice probability yet. */
  private voiceFrom = 0;
  /** Position behind the last frame. */
  private end = 0;
  /** Nobody asks for audio before this position any more. */
  private needed = 0;

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
    this.end = 0;
    this.needed = 0;
    this.sendReset();
  }

  /** Takes one frame of the current session. */
  push(frame: Frame): void {
    this.history.push(frame);
    this.end = frame.start + frame.samples.length;
    this.send?.({ type: 'frames', epoch: this.epochNumber, start: frame.start, samples: frame.samples });
    this.forget();
  }

  /** Audio before this sample position is not asked for any more. */
  release(before: number): void {
    this.needed = Math.max(this.needed, before);
    this.forget();
  }

  /** A process takes frames from now on: it is given what it needs to answer for the past. */
  attach(send: Send): void {
    this.send = send;
    this.sendReset();
    const frames = this.history.slice(this.firstToReplay());
    for (let i = 0; i < frames.length; i += REPLAY_FRAMES) {
      const batch = frames.slice(i, i + REPLAY_FRAMES);
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

  /**
   * The call, with its audio if that has left the process's ring: the detector runs through a backlog far quicker than a model that
   * was loaded late.
   */
  withAudio(call: ToEngineOf<'transcribe'>): ToEngineOf<'transcribe'> {
    const { epoch, range } = call;
    if (epoch !== this.epochNumber || range.start >= this.end - RING_SAMPLES) return call;
    const samples = this.read(range);
    return samples ? { ...call, samples } : call;
  }

  private read({ start, end }: SampleRange): Float32Array | undefined {
    const first = this.history[0]?.start ?? Infinity;
    if (start < first || end > this.end) return undefined;
    const frames = this.history.filter((frame) => frame.start < end && frame.start + FRAME_SAMPLES > start);
    const from = frames[0]?.start ?? start;
    return joined(frames).slice(start - from, end - from);
  }

  /** Index of the first frame that a new process needs: to judge it (the detector warms up on a second before), or for its ring. */
  private firstToReplay(): number {
    const unjudged = this.onVoice ? this.voiceFrom - SAMPLE_RATE : Infinity;
    const from = Math.min(unjudged, this.end - RING_SAMPLES);
    const index = this.history.findIndex(({ start }) => start + FRAME_SAMPLES > from);
    return index < 0 ? this.history.length : index;
  }

  private sendReset(): void {
    this.send?.({ type: 'reset', epoch: this.epochNumber, voiceFrom: this.voiceFrom });
  }

  /** Drops what nobody asks for, except what a new process starts with; and beyond the most that is kept, whatever it is. */
  private forget(): void {
    const oldest = Math.max(Math.min(this.needed, this.end - RING_SAMPLES), this.end - MOST_KEPT_SAMPLES);
    while ((this.history[0]?.start ?? oldest) + FRAME_SAMPLES <= oldest) this.forgetOldest();
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
