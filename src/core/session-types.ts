import type { Observable } from 'rxjs';
import type { DictationError } from './errors';
import type { Level, ListeningWarning, TranscriptEvent } from './model';
import type { AudioSource, Engines } from './ports';
import type { StrategyName } from './session/strategies/names';

/** Figures of the listening stage; defaults are design figures, every one a setting. */
export interface ListeningOptions {
  readonly gain: { readonly enabled: boolean; readonly targetPeak: number; readonly maxGain: number };
  readonly gate: { readonly enabled: boolean; readonly threshold: number };
  readonly vad: {
    /** Probability at which a frame counts as speech while silent, and below which it counts as silence while speaking. */
    readonly on: number;
    readonly off: number;
    readonly onsetFrames: number;
    readonly preRollMs: number;
    /** Silence that makes a pause (speculation may start). */
    readonly pauseMs: number;
    /** Silence that ends the utterance. */
    readonly endMs: number;
    /** Forced split, in the quietest gap of the last `splitSearchMs`. */
    readonly splitMs: number;
    readonly splitSearchMs: number;
    /** Audio kept after stop. */
    readonly stopTailMs: number;
  };
}

/** Choices of the pipeline that benchmarks and settings switch; defaults in `DEFAULT_POLICY`. */
export interface PipelinePolicy {
  /** Commit agreed words while the speaker goes on (LocalAgreement-2). */
  readonly agreement: boolean;
  /** Start the final pass at a pause, before it is sure that the utterance ended. */
  readonly speculate: boolean;
  /** Give the heavy model committed text that left its window as a prompt. */
  readonly prompt: boolean;
  /** Words that the heavy model should expect, appended to its prompt; empty for none. Asked at each call, so it must be cheap. */
  readonly glossary: () => string;
  /**
   * Final passes that will take no longer than this, ms, have the fast model's cores, too: they begin when the draft of their pause is
   * done, and drafts wait meanwhile. 0: none has; Infinity: all have.
   */
  readonly allCoresUpTo: number;
  /** No drafts while any final pass runs: more threads are wanted than there are cores. */
  readonly yieldToFinal: boolean;
  /**
   * An utterance whose final draft is surer of every word than this (0…1) is committed without the heavy model; 1 trusts no
   * draft. One model alone makes no drafts that could be trusted.
   */
  readonly skipConfirmAbove: number;
}

/** What a session is started with. */
export interface SessionOptions {
  readonly source: AudioSource;
  readonly engines: Engines;
  /** Whisper language code, or `auto`: decided by the first confirmed utterance. */
  readonly language: string;
  readonly listening: ListeningOptions;
  /** How the models are combined; default `tandem`. `single` wants one engine in both roles. */
  readonly strategy?: StrategyName;
  readonly policy?: Partial<PipelinePolicy>;
  /**
   * What the user can do about a confirming model that is too slow; a sentence.
   * @param msPerSecond what it takes for a second of audio, ms
   */
  readonly slowAdvice?: (msPerSecond: number) => string;
}

/** What the session is doing, for the status bar and the terminal. */
export interface SessionStatus {
  readonly phase: 'loading' | 'listening' | 'stopping' | 'stopped';
  /** How much of the models is loaded, 0…1; 1 unless the phase is `loading`. */
  readonly loaded?: number;
  /** True while an utterance is open. */
  readonly speaking: boolean;
  /** True if drafts are shown that wait for confirmation. */
  readonly pending: boolean;
  /** True while a language model tidies up an utterance that is confirmed. Absent where nobody does that. */
  readonly cleaning?: boolean;
  /** How far confirmation lags behind the microphone, ms; 0 when nothing is pending. */
  readonly lagMs: number;
  /**
   * False when the heavy model cannot confirm (failed for good): drafts are committed unverified. One model alone confirms by its
   * own final pass over the utterance; should it fail for good, so does the session.
   */
  readonly verifying: boolean;
}

/** Everything a session tells. */
export type SessionEvent =
  | TranscriptEvent
  | { readonly type: 'status'; readonly status: SessionStatus }
  | { readonly type: 'level'; readonly level: Level; readonly voiced: boolean }
  | { readonly type: 'warning'; readonly warning: ListeningWarning; readonly active: boolean }
  /** Not fatal: an engine restarted, a call failed. Fatal errors end `events$` with an error notification after what was pending was committed. */
  | { readonly type: 'problem'; readonly error: DictationError }
  /** The language was detected; told once, before the utterance that decided it is committed. Only if it was `auto`. */
  | { readonly type: 'language'; readonly language: string }
  | {
      readonly type: 'utterance';
      readonly utteranceId: number;
      readonly phase: 'start' | 'end';
      readonly start: number;
      readonly end: number;
      /** Where speech itself ended, before the hang-over; only in `end`. */
      readonly speechEnd?: number;
    };

/** What one model did in a session. */
export interface RoleStats {
  /** Calls that were answered, and those that failed. */
  readonly calls: number;
  readonly failed: number;
  /** Windows that got no call. */
  readonly dropped: number;
  /** Time the model computed, and the audio it was given (windows overlap), in ms. */
  readonly computeMs: number;
  readonly audioMs: number;
}

/** Counters of a session, for benchmarks and the log. */
export interface SessionStats {
  readonly windows: number;
  readonly utterances: number;
  readonly fast: RoleStats;
  readonly heavy: RoleStats;
  /** Speculative finals that became the final, and those that speech overtook. */
  readonly speculation: { readonly kept: number; readonly thrown: number };
  /** Final passes that were tried again after a failure. */
  readonly retried: number;
  /** Utterances whose draft was committed because the heavy model could not confirm. */
  readonly unverified: number;
  /** Utterances whose draft was so sure that it was committed without the heavy model. */
  readonly trusted: number;
  /** Drafts held back as outliers. */
  readonly heldBack: number;
  /**
   * Words committed while their utterance went on that its final pass, as far as they were still in its window, heard otherwise.
   * They stay as they were committed.
   */
  readonly disagreed: number;
}

/** One dictation from start to stop. */
export interface Session {
  /**
   * Cold but single-use: subscribing starts the microphone; completes after stop (or the end of the file) once everything
   * pending was committed; unsubscribing ends everything at once. Errors only after pending drafts were committed.
   */
  readonly events$: Observable<SessionEvent>;
  /** Stops listening, keeps the last 400 ms, confirms what is pending; `events$` then completes. Idempotent. */
  stop(): void;
  /** Ends the open utterance now, as if the speaker had paused, and goes on listening. */
  confirmNow(): void;
  /**
   * Sample position up to which everything is committed or silence. A source that can wait (a file read faster than
   * real time) stays less than the engines' 35 s of audio ahead of it, but at least 20 s, so that an utterance can end.
   */
  heardUpTo(): number;
  /** Counters so far. */
  stats(): SessionStats;
}
