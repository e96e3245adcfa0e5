import { NOTHING_PENDING, type Pending } from './pending';
import type { Stretch } from './rules/text-rules';
import { NOTHING_CARRIED } from './rules/types';
import { joinTexts } from './spacing';
import { previewPart, unwrittenParts, type Held } from './unwritten';
import type { HeardPiece, Part, TextPlace, Wording } from './wording';

/** A piece of an utterance whose words are decided. */
export interface DecidedPiece {
  readonly utteranceId: number;
  readonly stretch: Stretch;
  /** The utterance ends with it. */
  readonly final: boolean;
  /** How the words it replaces were shown. */
  readonly replacedDraft: string;
  /** What was confirmed, and the draft before it, if a language model has tidied up what replaced them. */
  readonly beforeCleanUp?: { readonly heard: string; readonly draft: string };
  /** The user's own text, to be written as it is. */
  readonly verbatim?: boolean;
}

/** What one dictation has heard and not written yet. */
export class HeardText {
  private readonly waiting: HeardPiece[] = [];
  private pending: Pending = NOTHING_PENDING;
  /** What the rules hold back of the utterance that is partly written. */
  private held: Held | undefined;

  constructor(private readonly wording: Wording) {}

  /** What is new: perhaps a committed piece, and all that is not committed. */
  update(piece: HeardPiece | undefined, pending: Pending): void {
    if (piece) this.waiting.push(piece);
    this.pending = pending;
  }

  /** All that is not written. */
  parts(): readonly Part[] {
    return unwrittenParts(this.held, this.waiting, this.pending);
  }

  /** What is not committed. */
  drafts(): readonly Part[] {
    const { held } = this;
    return unwrittenParts(held && { ...held, carry: { ...held.carry, pending: '' } }, [], this.pending);
  }

  /** The utterance that comes first in what is not written. */
  get firstUtterance(): number | undefined {
    return this.parts()[0]?.utteranceId;
  }

  /** The first utterance that is not committed. */
  get firstDraft(): number | undefined {
    return this.pending[0]?.utteranceId;
  }

  /**
   * How many committed pieces may be taken together.
   * @param whole wait until the utterance is complete, unless `finishing`
   */
  readyCount(whole: boolean, finishing: boolean): number {
    const [first] = this.waiting;
    if (!first || !whole) return first ? 1 : 0;
    const last = this.waiting.findIndex((piece) => piece.final || piece.utteranceId !== first.utteranceId);
    if (last === -1) return finishing ? this.waiting.length : 0;
    return this.waiting[last]?.utteranceId === first.utteranceId ? last + 1 : last;
  }

  /**
   * Takes the next committed pieces, joined, and decides their words; `undefined` if there are none.
   * @param finishing nothing more will be heard: what was held back comes now
   * @param place where they will be written, as it is now
   */
  take(count: number, finishing: boolean, place: () => TextPlace): DecidedPiece | undefined {
    const pieces = this.waiting.splice(0, count);
    const last = pieces.at(-1) ?? (finishing && this.held ? nothingMore(this.held) : undefined);
    if (!last) return undefined;
    const { utteranceId } = last;
    const goesOn = this.waiting.some((piece) => piece.utteranceId === utteranceId);
    const heard: HeardPiece = {
      utteranceId,
      text: joinTexts(pieces.map(({ text }) => text)),
      final: last.final || (finishing && !goesOn),
      replacedDraft: joinTexts(pieces.map(({ replacedDraft }) => replacedDraft)),
      ...(last.verbatim && { verbatim: true }),
      // Cleaned-up utterances come in one piece.
      ...(pieces.length === 1 && { original: last.original, drafted: last.drafted }),
    };
    return this.decide(heard, place());
  }

  private decide(heard: HeardPiece, place: TextPlace): DecidedPiece {
    const { utteranceId, final, text, verbatim } = heard;
    if (verbatim) {
      const stretch = { said: '', heard: text, following: '', final };
      return { utteranceId, stretch, final, replacedDraft: '', verbatim };
    }
    const carry = this.held?.utteranceId === utteranceId ? this.held.carry : NOTHING_CARRIED;
    const decided = this.wording.decide(carry, heard, place);
    this.held = final ? undefined : { utteranceId, carry: decided.carry };
    const shown = (draft: string) =>
      draft === '' ? '' : this.wording.write([previewPart(utteranceId, carry, draft)], place).text;
    const replacedDraft = shown(heard.replacedDraft);
    const { original, drafted = '' } = heard;
    return {
      utteranceId,
      stretch: decided.stretch,
      final,
      replacedDraft,
      ...(original !== undefined && { beforeCleanUp: { heard: original, draft: shown(drafted) } }),
    };
  }
}

function nothingMore({ utteranceId }: Held): HeardPiece {
  return { utteranceId, text: '', final: true, replacedDraft: '' };
}
