import type { Site, SiteText } from '../core/anchor/site';
import type { DecidedPiece } from '../core/text/heard-text';
import { NO_TEXT, type FittedText } from '../core/text/spacing';
import { PLAIN_WORDING, type Part, type TextPlace, type Wording } from '../core/text/wording';
import type { AnchorTracker } from './anchor-tracker';
import { withLineEnds } from './own-edit';

const NOWHERE: TextPlace = { before: '', after: '', languageId: 'plaintext' };

/** How heard text reads at each place of a dictation. */
export class SiteWording {
  /** Spoken language, once it was detected. */
  language: string | undefined;

  constructor(
    private readonly tracker: AnchorTracker,
    private readonly wording: Wording,
  ) {}

  /** The first place, as confirmed text finds it. */
  firstPlace(): TextPlace {
    const [site] = this.tracker.sites;
    return site ? this.placeOf(site, true) : NOWHERE;
  }

  /** Parts as they read at the first place. */
  read(parts: readonly Part[]): string {
    const [site] = this.tracker.sites;
    return site ? this.wording.write(parts, this.placeOf(site, false)).text : '';
  }

  /** Parts as they are shown beside the text at a place. */
  shownAt(site: Site, parts: readonly Part[]): FittedText {
    return this.wording.write(parts, this.placeOf(site, false));
  }

  /** Confirmed text, if any, and the draft behind it, as they stand at a place. */
  at(site: Site, piece: DecidedPiece | undefined, draft: readonly Part[]): SiteText {
    const { tracker, wording } = this;
    const place = this.placeOf(site, piece !== undefined);
    const rules = piece?.verbatim ? PLAIN_WORDING : wording;
    const confirmed = piece ? rules.write([piece], place) : NO_TEXT;
    // It goes on in the position where it began, whatever its own words look like by then.
    const utterance = piece && {
      id: piece.utteranceId,
      position: wording.positionOf(piece.utteranceId, place),
    };
    const goesOn = piece?.final ? null : utterance;
    const { utterance: former, ...around } = place;
    const current = goesOn === undefined ? former : goesOn;
    const shown = wording.write(draft, {
      ...around,
      before: place.before + confirmed.lead + confirmed.text,
      ...(current && { utterance: current }),
    });
    // A blank may be wanted behind what was said before, once the draft that stood between is gone.
    const trail =
      !piece && shown.text === '' && site.said !== ''
        ? wording.trailBehind(site.said, place)
        : confirmed.trail;
    return {
      confirmed: withLineEnds({ ...confirmed, trail }, tracker.document),
      draft: withLineEnds(shown, tracker.document),
      ...(goesOn !== undefined && { utterance: goesOn }),
    };
  }

  private placeOf(site: Site, withSelection: boolean): TextPlace {
    const place = this.tracker.placeOf(site, withSelection);
    return this.language === undefined ? place : { ...place, language: this.language };
  }
}
