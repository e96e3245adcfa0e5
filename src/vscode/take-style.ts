import type { Wording } from '../core/text/wording';
import type { DraftPreview } from './draft-preview';
import type { DraftRecord } from './draft-record';
import type { DraftView } from './draft-view';
import type { GhostSteps } from './ghost-steps';
import type { SettleView } from './settle-view';
import type { UtteranceLog } from './voice/utterance-log';

/** How a dictation shows and writes its text in an editor. */
export interface TakeStyle {
  readonly view: DraftView;
  /** Marks words for a moment when they have settled; absent: they are not marked. */
  readonly settle?: Pick<SettleView, 'mark'> | undefined;
  /** Present if drafts stand in the document itself. */
  readonly inline?: GhostSteps | undefined;
  /** Remembers, beyond the window, which text of documents is a draft. */
  readonly record?: DraftRecord;
  readonly wording?: Wording;
  /** What was written, for voice commands; without it they know the utterances of this dictation only. */
  readonly utterances?: UtteranceLog;
  /** Shows drafts where nothing can be drawn. */
  readonly preview?: Pick<DraftPreview, 'show'>;
}
