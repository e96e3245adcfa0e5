import type { HeardPiece } from '../../core/text/wording';
import type { AnchorTracker } from '../anchor-tracker';
import type { DocumentFollower } from '../document-follower';
import type { Inserter } from '../inserter';
import { t } from '../l10n';
import type { EditingRequest } from '../target';
import { carryOut } from './editing';
import type { UtteranceLog } from './utterance-log';
import { VoicePlace, type Outcome } from './voice-place';

/** Parts of {@link PlaceCommands}. */
export interface PlaceCommandsParts {
  /** Of the utterances that are written at the places. */
  readonly owner: object;
  readonly tracker: AnchorTracker;
  readonly follower: Pick<DocumentFollower, 'reopen'>;
  readonly inserter: Pick<Inserter, 'editor' | 'withhold' | 'settled'>;
  readonly utterances: UtteranceLog;
  /** Writes a piece like one that was heard. */
  readonly write: (piece: HeardPiece) => void;
}

/** Carries out voice commands at the places of a dictation in a document. */
export class PlaceCommands {
  private readonly place: VoicePlace;
  /** Text that was not heard is numbered downwards. */
  private ownCount = 0;

  constructor(private readonly parts: PlaceCommandsParts) {
    const { owner, tracker, utterances, inserter } = parts;
    this.place = new VoicePlace(owner, tracker, utterances, () => inserter.editor());
  }

  /** Resolves to what went wrong, once the document has changed. */
  async carryOut(request: EditingRequest): Promise<Outcome> {
    const { follower, inserter } = this.parts;
    if (!(await follower.reopen())) return t('The file you dictated into was closed.');
    // Draft text would come between the command and what it is about.
    const withheld = inserter.withhold();
    await withheld.out;
    try {
      return await carryOut(request, this.place, {
        write: (text) => this.writeOwn(text),
        nextId: () => --this.ownCount,
      });
    } finally {
      withheld.release();
    }
  }

  /** The user's own text, as an utterance of its own. */
  private async writeOwn(text: string): Promise<Outcome> {
    const utteranceId = --this.ownCount;
    this.parts.write({ utteranceId, text, final: true, replacedDraft: '', verbatim: true });
    await this.parts.inserter.settled();
    return undefined;
  }
}
