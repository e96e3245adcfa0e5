import type { Pause, TrimPoint } from './agreement';
import type { DraftWord } from './steady';
import type { DropReason, Hypothesis, Role, SampleRange, TranscriptEvent, Window, Word } from '../model';

/** What the merge is told. Everything that can happen to a window or an utterance, in the order it happened. */
export type TranscriptInput =
  | { readonly type: 'utterance-start'; readonly utteranceId: number; readonly start: number }
  /** A forced split may end an utterance before audio that its windows had covered. */
  | { readonly type: 'utterance-end'; readonly utteranceId: number; readonly range: SampleRange }
  | { readonly type: 'dropped'; readonly role: Role; readonly window: Window; readonly reason: DropReason }
  | { readonly type: 'heard'; readonly window: Window; readonly hypothesis: Hypothesis }
  /** The draft of this final window needs no confirmation. */
  | { readonly type: 'trusted'; readonly window: Window }
  /** The heavy model will not answer for this final window: its draft is all there is. */
  | { readonly type: 'unconfirmed'; readonly window: Window };

/** What one model has said about the part of an utterance that is not committed. */
export interface Heard {
  readonly words: readonly DraftWord[];
  /** A draft made at a pause: nothing of it waits to be heard again. */
  readonly complete?: boolean;
  /** Audio the words stand for; `start` stays where the first of them was heard, even if the window moved on. */
  readonly range: SampleRange;
  readonly windowId: number;
  /** Where the speaker had paused when the window ended: no word of it can be cut in half. */
  readonly pausedAt?: number;
}

/** The decided text of an utterance, waiting for its turn. */
export interface Verdict {
  readonly window: Window;
  readonly words: readonly Word[];
  readonly verified: boolean;
  readonly trusted?: true;
  /** Committed words that the final pass heard otherwise. */
  readonly disagreed?: number;
}

/** One utterance on its way. Immutable: every step makes a new one. */
export interface UtteranceState {
  readonly id: number;
  readonly start: number;
  /** Where its audio ends; absent while it is open. What was heard behind belongs to the next utterance. */
  readonly end?: number;
  /** Windows that were answered and not yet corrected by a commit. */
  readonly answered: readonly { readonly id: number; readonly end: number }[];
  readonly committed: readonly Word[];
  /** Sample position where the next window may start, and how many committed words lie before it. */
  readonly trim: TrimPoint;
  /** Where the speaker paused, as far as windows may still be cut there. */
  readonly pauses: readonly Pause[];
  /** Sample position up to which text is committed. */
  readonly horizon: number;
  /** Heavy words beyond what is committed. */
  readonly heavy?: Heard;
  readonly fast?: Heard;
  /** An outlier that was held back; the next draft is shown, whatever it says. */
  readonly heldBack: boolean;
  /** The draft as last told. */
  readonly shown: readonly Word[];
  readonly shownText: string;
  readonly verdict?: Verdict;
}

/** All utterances that are not finished, oldest first. Only the first one may commit. */
export interface TranscriptState {
  readonly utterances: readonly UtteranceState[];
  /** Draft words behind a forced split: what the next utterance begins with until it is heard by itself. */
  readonly overhang?: { readonly splitAt: number; readonly draft: Heard };
  /** Committed text before the current audio, at most a few hundred characters: what a prompt is made of. */
  readonly history: string;
  /** The last committed words with their times: a split may fall before words that are committed already. */
  readonly recent: readonly Word[];
  /** Drafts held back as outliers so far. */
  readonly heldBack: number;
  /** Utterances so far whose draft was committed because the heavy model could not confirm. */
  readonly unverified: number;
  /** Committed words so far that a final pass heard otherwise. */
  readonly disagreed: number;
}

/** A step of the merge: the new state and what is to be told. */
export interface TranscriptStep {
  readonly state: TranscriptState;
  readonly events: readonly TranscriptEvent[];
}

/** Before anybody spoke. */
export const EMPTY_TRANSCRIPT: TranscriptState = {
  utterances: [],
  history: '',
  recent: [],
  heldBack: 0,
  unverified: 0,
  disagreed: 0,
};
