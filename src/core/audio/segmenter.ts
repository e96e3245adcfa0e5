import type { UtteranceEvent } from '../model';
import type { ListeningOptions } from '../session-types';
import { FRAME_SAMPLES, msToSamples } from '../units';
import { OpenUtterance, type HeardFrame } from './open-utterance';

export type { HeardFrame } from './open-utterance';

/** The detector's figures and the longest utterance that the models can take in one window, in samples. */
export type SegmenterOptions = ListeningOptions['vad'] & { readonly maxUtteranceSamples: number };

/** A shorter burst (a click, a knock) is no utterance, whatever the setting for the onset is. */
const MIN_VOICED_FRAMES = 2;
/**
 * What follows a split should hold so much voice (256 ms): a model understands a shorter piece of a word badly. Where there is
 * no such gap, any will do.
 */
const VOICED_FRAMES_AFTER_SPLIT = 8;
/** Asked to end at once, an utterance whose speaker is silent for so long is over: longer than the closure of a stop consonant. */
const END_NOW_SILENCE = 3 * FRAME_SAMPLES;
/** Most words that have begun are over after so long; one who speaks on is cut at the quietest gap since, or shortly before. */
const END_NOW_WAIT = msToSamples(500);
/** So far before the request: together longer than a long word, so that there is a gap beside it. */
const END_NOW_REACH = msToSamples(300);
/** A limit below pre-roll and so much would split single words. */
const SHORTEST_LIMIT_AFTER_PRE_ROLL = msToSamples(1_000);

/**
 * Finds utterances in the stream of the voice activity detector: a pure state machine on the sample clock.
 *
 * Speech begins after `onsetFrames` frames at or above `on` (each not gated) and reaches back by the pre-roll, never into the
 * utterance before. Inside, a frame is voiced from `on` until one is below `off`. Silence makes a pause, then the end. At the
 * limit, min(`splitMs`, `maxUtteranceSamples`), the utterance is split: right here if it pauses anyway, else in the
 * quietest gap of the last `splitSearchMs`, and what follows the gap becomes the next utterance at once. An utterance
 * that is split may have announced audio beyond the split: the range of its `utterance-end` is what counts.
 *
 * Utterances never overlap; ids rise by one from 1. A frame that is missing counts as silence.
 */
export class Segmenter {
  private readonly onsetFrames: number;
  private readonly preRoll: number;
  private readonly limit: number;
  private readonly pauseSilence: number;
  private readonly endSilence: number;
  private nextId = 1;
  /** End of the last frame heard. */
  private clock: number | undefined;
  /** Audio before this belongs to an utterance already (or was never heard). */
  private free = 0;
  /** When the open utterance is cut at the latest, since somebody asked for its end in mid-word. */
  private endBy: number | undefined;
  /** Where the last utterance was ended although the speaker had not paused. */
  private cutAt: number | undefined;
  private onset: { readonly start: number; readonly frames: HeardFrame[] } | undefined;
  private open: OpenUtterance | undefined;

  constructor(private readonly options: SegmenterOptions) {
    this.onsetFrames = Math.max(MIN_VOICED_FRAMES, options.onsetFrames);
    this.preRoll = msToSamples(options.preRollMs);
    this.pauseSilence = msToSamples(options.pauseMs);
    this.endSilence = msToSamples(options.endMs);
    this.limit = Math.max(
      this.preRoll + SHORTEST_LIMIT_AFTER_PRE_ROLL,
      Math.min(msToSamples(options.splitMs), options.maxUtteranceSamples),
    );
  }

  /**
   * Takes the next frame.
   * @throws RangeError when it overlaps the frame before: two sample clocks were mixed.
   */
  push(heard: HeardFrame): UtteranceEvent[] {
    if (this.clock === undefined) this.free = heard.start;
    else if (heard.start < this.clock)
      throw new RangeError(`Frame at ${heard.start} comes after the clock was at ${this.clock}.`);
    this.clock = heard.start + FRAME_SAMPLES;
    const before = this.open ? this.endBefore(this.open, heard) : [];
    return [...before, ...(this.open ? this.goOn(this.open, heard) : this.listen(heard))];
  }

  /**
   * Ends the open utterance as if the speaker had paused long enough; speech that goes on begins the next one. In mid-word it ends
   * with that word, for neither model understands the half of one: within 500 ms.
   */
  endNow(): UtteranceEvent[] {
    if (!this.open || this.clock === undefined) return [];
    if (this.open.silence >= END_NOW_SILENCE) return this.close('silence');
    this.endBy ??= this.clock + END_NOW_WAIT;
    return [];
  }

  /** The end of listening: closes an open utterance at what was heard. */
  finish(): UtteranceEvent[] {
    return this.close('stop');
  }

  /** Outside speech: waits for enough frames of voice in a row. */
  private listen(heard: HeardFrame): UtteranceEvent[] {
    if (heard.gated || heard.probability < this.options.on) {
      this.onset = undefined;
      return [];
    }
    this.onset ??= { start: heard.start, frames: [] };
    this.onset.frames.push(heard);
    if (this.onset.frames.length < this.onsetFrames) return [];
    const start = Math.max(this.free, this.onset.start - this.preRoll);
    const continues = this.cutAt !== undefined && this.onset.start - this.cutAt < this.pauseSilence;
    const utterance = new OpenUtterance(this.nextId++, start, this.options, continues);
    for (const frame of this.onset.frames) utterance.add(frame);
    this.onset = undefined;
    this.open = utterance;
    return [utterance.startEvent(), utterance.audioEvent()];
  }

  /** Ends or splits the utterance if `heard` cannot belong to it: after missing frames, or when it would pass the limit. */
  private endBefore(utterance: OpenUtterance, heard: HeardFrame): UtteranceEvent[] {
    if (heard.start - utterance.speechEnd >= this.endSilence) return this.close('silence');
    return utterance.length + (heard.start - utterance.end) + FRAME_SAMPLES > this.limit
      ? this.split(utterance)
      : [];
  }

  /** Inside an utterance. */
  private goOn(utterance: OpenUtterance, heard: HeardFrame): UtteranceEvent[] {
    const resumed = utterance.add(heard);
    const events = [...(resumed ? [resumed] : []), utterance.audioEvent(), ...utterance.pauseEvents()];
    return [...events, ...this.endIfOver(utterance)];
  }

  private endIfOver(utterance: OpenUtterance): UtteranceEvent[] {
    if (utterance.silence >= this.endSilence) return this.close('silence');
    if (this.endBy === undefined) return [];
    if (utterance.silence >= END_NOW_SILENCE) return this.close('silence');
    if (utterance.end < this.endBy) return [];
    if (utterance.silence > 0) return this.close('silence');
    return this.cut(
      utterance,
      utterance.quietestGap(END_NOW_WAIT + END_NOW_REACH, MIN_VOICED_FRAMES),
      'silence',
    );
  }

  private split(utterance: OpenUtterance): UtteranceEvent[] {
    if (utterance.paused) return this.close('split');
    const searched = Math.min(msToSamples(this.options.splitSearchMs), Math.floor(this.limit / 2));
    const gap =
      utterance.quietestGap(searched, VOICED_FRAMES_AFTER_SPLIT) ??
      utterance.quietestGap(searched, MIN_VOICED_FRAMES);
    return this.cut(utterance, gap, 'split');
  }

  /** Ends the utterance at `gap`, and goes on with the rest; without a gap it ends here. */
  private cut(
    utterance: OpenUtterance,
    gap: number | undefined,
    reason: 'silence' | 'split',
  ): UtteranceEvent[] {
    if (gap === undefined) return this.close(reason);
    this.endBy = undefined;
    const rest = utterance.splitAt(gap, this.nextId);
    this.free = gap;
    const ended = utterance.endEvent(reason);
    this.open = rest.voicedFrames > 0 ? rest : undefined;
    if (!this.open) {
      // Between the parts lies no pause: what comes next may be the rest of a word.
      this.cutAt = gap;
      return [ended];
    }
    this.nextId++;
    return [ended, rest.startEvent(), rest.audioEvent()];
  }

  private close(reason: 'silence' | 'split' | 'stop'): UtteranceEvent[] {
    const utterance = this.open;
    this.onset = undefined;
    this.endBy = undefined;
    if (!utterance) return [];
    this.open = undefined;
    this.free = utterance.end;
    this.cutAt = utterance.silence < this.pauseSilence ? utterance.end : undefined;
    return [utterance.endEvent(reason)];
  }
}
