/**
 * The vocabulary of the pipeline as types. Sample positions count from the start of the session: the sample clock,
 * the only clock the pipeline knows.
 */

/** Which of the two models: `fast` drafts, `heavy` confirms. */
export type Role = 'fast' | 'heavy';

/** Half-open range of sample positions `[start, end)`. */
export interface SampleRange {
  readonly start: number;
  readonly end: number;
}

/** 512 samples of 16 kHz mono audio in −1…1; `start` is the sample position of the first one. */
export interface Frame {
  readonly start: number;
  readonly samples: Float32Array;
}

/** The voice activity detector's opinion of one frame: probability of speech, 0…1. */
export interface VoiceProbability {
  readonly start: number;
  readonly probability: number;
}

/** Level of one frame after gain: `peak` and `rms` in 0…1; `gain` the factor that was applied. */
export interface Level {
  readonly start: number;
  readonly peak: number;
  readonly rms: number;
  readonly gain: number;
  /** Peak before gain, 0…1. */
  readonly inputPeak: number;
}

/** What the listening stage warns about; each at most once until the condition has cleared. */
export type ListeningWarning = 'quiet' | 'silent-microphone' | 'clipping';

/** What the segmenter tells of utterances. Ranges include the pre-roll at the start and the hang-over at the end. */
export type UtteranceEvent =
  | {
      readonly type: 'utterance-start';
      readonly utteranceId: number;
      readonly start: number;
      /** The speaker made no pause before it: the utterance before was cut here. */
      readonly continues?: true;
    }
  /**
   * Every frame of an open utterance: audio known so far, how much of it was voiced (samples), and how certain the detector was of
   * that: the mean probability of speech of the voiced frames, 0…1.
   */
  | {
      readonly type: 'utterance-audio';
      readonly utteranceId: number;
      readonly range: SampleRange;
      readonly voiced: number;
      readonly certainty: number;
    }
  /** Silence was confirmed (160 ms); `at` is where it began. */
  | {
      readonly type: 'utterance-pause';
      readonly utteranceId: number;
      readonly range: SampleRange;
      readonly voiced: number;
      readonly certainty: number;
      readonly at: number;
    }
  /** Speech went on after a pause. */
  | { readonly type: 'utterance-resume'; readonly utteranceId: number; readonly at: number }
  | {
      readonly type: 'utterance-end';
      readonly utteranceId: number;
      readonly range: SampleRange;
      readonly voiced: number;
      readonly certainty: number;
      /** Where speech itself ended, before the hang-over. */
      readonly speechEnd: number;
      readonly reason: 'silence' | 'split' | 'stop';
    };

/** The stretch of audio one transcription covers. `id` rises by one every 4,000 samples of utterance. */
export interface Window {
  readonly id: number;
  readonly utteranceId: number;
  /** End of the audio; the start is decided when the call starts (trim), never before `utteranceStart`. */
  readonly end: number;
  readonly utteranceStart: number;
  /** Voiced samples of the utterance so far, and the mean probability of speech in them, 0…1. */
  readonly voiced: number;
  readonly certainty: number;
  /** Also for the heavy model (every 4th, and every final one). */
  readonly heavy: boolean;
  /** The utterance's last window: never dropped, unless it is speculative. */
  readonly final: boolean;
  /** Opened at a pause that may turn out to be the end: its result becomes the final one if the pause holds. */
  readonly speculative?: boolean;
  /** Its utterance goes on where the one before was cut: whatever voice it has is speech. */
  readonly continues?: true;
}

/** One word of a hypothesis, without surrounding white space; `p` is the mean probability of its tokens, 0…1. */
export interface Word {
  readonly text: string;
  readonly p: number;
  /** Sample positions; estimates between segment time-stamps unless token times are reliable. Absent in drafts. */
  readonly start?: number;
  readonly end?: number;
}

/** One segment as Whisper timed it. */
export interface Segment {
  readonly text: string;
  readonly range: SampleRange;
}

/** What the engine is asked for. */
export interface TranscribeRequest {
  readonly role: Role;
  readonly windowId: number;
  readonly utteranceId: number;
  readonly range: SampleRange;
  readonly final: boolean;
  /** It may use the threads of a pass that has all cores; default: false. */
  readonly allCores?: boolean;
  /** Whisper language code, e.g. `en`, or `auto`. */
  readonly language: string;
  /** Text before this window, and glossary; empty for none. */
  readonly prompt: string;
  /** Ask for segment and word times (heavy) or not (fast: faster and steadier). */
  readonly timestamps: boolean;
}

/** What a model heard in `range`. */
export interface Hypothesis {
  readonly role: Role;
  readonly windowId: number;
  readonly utteranceId: number;
  readonly range: SampleRange;
  readonly text: string;
  readonly words: readonly Word[];
  readonly segments: readonly Segment[];
  /** Mean token probability, 0…1; 0 when there is no text. */
  readonly confidence: number;
  readonly language: string;
  /** How long the model computed. */
  readonly elapsedMs: number;
}

/** Why a window got no call of a model; a dropped window is not an error, only visible. */
export type DropReason =
  /** A newer window took its place in the waiting slot. */
  | 'superseded'
  /** Less than 250 ms of voiced audio: a model would invent words. */
  | 'little-voice'
  /** Not enough new voiced audio since the model's last call. */
  | 'nothing-new'
  /** Silence has begun: the final pass is near and must not queue behind this one. */
  | 'pause'
  /** The heavy model is slower than its interval, which was stretched. */
  | 'stretched'
  /** The heavy model has fallen behind and does final passes only. */
  | 'behind'
  /** A speculative final whose pause was over before its turn came: speech went on, or the utterance ended and has its final. */
  | 'resumed'
  /** Its utterance is decided already. */
  | 'decided'
  /** Few cores: the draft waits so that a final pass has them all. */
  | 'yielded'
  /** The draft is so sure that the user wants no confirmation of it. */
  | 'trusted';

/** What leaves the merge: the only thing sinks (editor, terminal, JSON lines) see. */
export type TranscriptEvent =
  /** All text of the utterance that is not committed yet; replaces what the previous draft of that utterance showed. */
  | {
      readonly type: 'draft';
      readonly utteranceId: number;
      readonly windowId: number;
      readonly text: string;
      /** Sample position up to which audio was heard. */
      readonly timestamp: number;
    }
  /** Text that will never change. Pieces of an utterance come in order; the utterance's pending draft is what follows them. */
  | {
      readonly type: 'commit';
      readonly utteranceId: number;
      readonly windowId: number;
      readonly text: string;
      readonly range: SampleRange;
      readonly timestamp: number;
      /** Windows whose drafts this text replaces. */
      readonly correctsWindowIds: readonly number[];
      /** Last piece of its utterance. May have empty text, then it only says that the utterance is over. */
      readonly final: boolean;
      /** False when the heavy model could not confirm and the draft was taken. */
      readonly verified: boolean;
      /**
       * The heavy model was not asked, because the user wants no confirmation of a draft that is so sure. Such text counts as
       * verified: nothing failed, and the user's own rule has decided.
       */
      readonly trusted?: true;
      /** What was shown for this stretch before. */
      readonly replacedDraft: string;
      /** What was confirmed, if a language model has tidied it up. */
      readonly original?: string;
      /** What the fast model had made of it, if `replacedDraft` is what a language model has tidied up. */
      readonly drafted?: string;
      /** The words, with their times where the model told them; absent for unverified text. */
      readonly words?: readonly Word[];
    }
  /** A window that got no call of this model, e.g. superseded before it began: visible, because ids never skip silently. */
  | {
      readonly type: 'dropped';
      readonly role: Role;
      readonly utteranceId: number;
      readonly windowId: number;
      readonly reason?: DropReason;
    };
