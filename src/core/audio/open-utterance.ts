import type { UtteranceEvent } from '../model';
import type { ListeningOptions } from '../session-types';
import { FRAME_SAMPLES, msToSamples } from '../units';

/**
 * Frames either side of a possible split whose loudness decides: together 192 ms, longer than the closure of a stop
 * consonant (up to about 100 ms), so that a gap between words wins against one inside a word.
 */
const GAP_FRAMES_EACH_SIDE = 3;

/**
 * Weight of the nth of the frames around a possible split: 1, 2, 3, 3, 2, 1. The nearer, the more it counts, so that a gap of a single
 * frame is cut at that frame, and not within reach of it, in the word beside.
 */
function nearness(n: number): number {
  return Math.min(n + 1, 2 * GAP_FRAMES_EACH_SIDE - n);
}

/** What is known of one frame when the detector has spoken. */
export interface HeardFrame {
  /** Sample position of its first sample; never before the end of the frame before it. */
  readonly start: number;
  /** Probability of speech, 0…1. */
  readonly probability: number;
  /** Peak after gain; finds the quietest gap. */
  readonly peak: number;
  /** True if too quiet to begin speech. */
  readonly gated: boolean;
}

interface KnownFrame {
  readonly start: number;
  readonly end: number;
  readonly peak: number;
  /** Probability of speech, 0…1. */
  readonly probability: number;
  readonly voiced: boolean;
}

/** An utterance that has begun and not ended: what the segmenter knows of it. */
export class OpenUtterance {
  private frames: KnownFrame[] = [];
  private last: number;
  private lastVoiced: number;
  private voiced = 0;
  /** Sum of the probabilities of speech of its voiced frames. */
  private certain = 0;
  /** A frame at or above `on` was heard and none below `off` since. */
  private talking = false;
  /** A pause was told and no resume since. */
  private pauseTold = false;

  /**
   * @param start position of its first sample, pre-roll included
   * @param continues true if the one before was cut in mid-speech where this begins
   */
  constructor(
    private readonly id: number,
    private readonly start: number,
    private readonly options: ListeningOptions['vad'],
    private readonly continues: boolean,
  ) {
    this.last = start;
    this.lastVoiced = start;
  }

  /** End of the audio known so far. */
  get end(): number {
    return this.last;
  }

  /** End of the last voiced frame. */
  get speechEnd(): number {
    return this.lastVoiced;
  }

  /** Samples so far, pre-roll included. */
  get length(): number {
    return this.last - this.start;
  }

  /** Samples since the last voiced one. */
  get silence(): number {
    return this.last - this.lastVoiced;
  }

  /** Silence was confirmed and speech has not gone on. */
  get paused(): boolean {
    return this.pauseTold;
  }

  /** Voiced frames so far. */
  get voicedFrames(): number {
    return this.voiced;
  }

  /** Takes the next frame; returns the event if it ends a pause. */
  add(heard: HeardFrame): UtteranceEvent | undefined {
    this.talking = heard.probability >= (this.talking ? this.options.off : this.options.on);
    return this.append({
      start: heard.start,
      end: heard.start + FRAME_SAMPLES,
      peak: heard.peak,
      probability: heard.probability,
      voiced: this.talking,
    });
  }

  private append(frame: KnownFrame): UtteranceEvent | undefined {
    this.frames.push(frame);
    this.last = frame.end;
    if (!frame.voiced) return undefined;
    this.voiced++;
    this.certain += frame.probability;
    this.lastVoiced = frame.end;
    if (!this.pauseTold) return undefined;
    this.pauseTold = false;
    return { type: 'utterance-resume', utteranceId: this.id, at: frame.start };
  }

  startEvent(): UtteranceEvent {
    const { id, start, continues } = this;
    return { type: 'utterance-start', utteranceId: id, start, ...(continues && { continues }) };
  }

  audioEvent(): UtteranceEvent {
    return { type: 'utterance-audio', ...this.known() };
  }

  /** The pause, once, when the silence is long enough. */
  pauseEvents(): UtteranceEvent[] {
    if (this.pauseTold || this.silence < msToSamples(this.options.pauseMs)) return [];
    this.pauseTold = true;
    return [{ type: 'utterance-pause', ...this.known(), at: this.lastVoiced }];
  }

  endEvent(reason: 'silence' | 'split' | 'stop'): UtteranceEvent {
    return { type: 'utterance-end', ...this.known(), speechEnd: this.lastVoiced, reason };
  }

  /**
   * The boundary between frames, at most `searched` samples back, around which it is quietest (the latest of equals).
   * Both parts have at least `minVoiced` voiced frames, or the second has none; undefined if there is no such place.
   */
  quietestGap(searched: number, minVoiced: number): number | undefined {
    let best: { at: number; loudness: number } | undefined;
    let voicedAfter = 0;
    for (let i = this.frames.length - 1; i >= GAP_FRAMES_EACH_SIDE; i--) {
      const frame = this.frames[i];
      if (!frame || frame.start < this.last - searched) break;
      if (frame.voiced) voicedAfter++;
      const around = this.frames.slice(i - GAP_FRAMES_EACH_SIDE, i + GAP_FRAMES_EACH_SIDE);
      const allowed =
        around.length === 2 * GAP_FRAMES_EACH_SIDE &&
        this.voiced - voicedAfter >= minVoiced &&
        (voicedAfter === 0 || voicedAfter >= minVoiced);
      const loudness = around.reduce((sum, { peak }, n) => sum + peak * nearness(n), 0);
      if (allowed && (!best || loudness < best.loudness)) best = { at: frame.start, loudness };
    }
    return best?.at;
  }

  /** Cuts this utterance at a boundary between its frames and returns what follows as an open utterance with id `id`. */
  splitAt(at: number, id: number): OpenUtterance {
    const rest = new OpenUtterance(id, at, this.options, true);
    for (const frame of this.frames) if (frame.start >= at) rest.append(frame);
    rest.talking = this.talking;
    this.frames = this.frames.filter(({ start }) => start < at);
    this.last = at;
    this.lastVoiced = this.frames.findLast(({ voiced }) => voiced)?.end ?? this.start;
    this.voiced -= rest.voiced;
    this.certain -= rest.certain;
    return rest;
  }

  private known() {
    return {
      utteranceId: this.id,
      range: { start: this.start, end: this.last },
      voiced: this.voiced * FRAME_SAMPLES,
      certainty: this.voiced > 0 ? this.certain / this.voiced : 0,
    };
  }
}
