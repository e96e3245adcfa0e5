import type { Site } from '../core/anchor/site';
import { fitText, joinTexts, type FittedText } from '../core/text/spacing';
import type { AnchorTracker } from './anchor-tracker';
import type { DraftPreview } from './draft-preview';
import type { DraftView } from './draft-view';
import type { ShownDraft } from './target';

/** Parts of a {@link PlaceDrawing}. */
export interface PlaceDrawingParts {
  readonly tracker: AnchorTracker;
  readonly view: Pick<DraftView, 'show'>;
  /** Shows drafts where nothing can be drawn; absent where something can. */
  readonly preview: Pick<DraftPreview, 'show'> | undefined;
  /** What was heard and stands in no document, as it reads at a place. */
  readonly unseenAt: (site: Site) => FittedText;
}

/** Draws what one dictation has heard and not written yet, at its places in a document. */
export class PlaceDrawing {
  constructor(private readonly parts: PlaceDrawingParts) {}

  /**
   * What is committed but not inserted yet stays in front of the drafts, so that no word vanishes for a moment.
   * @param asides shown behind the drafts: commands, and what follows them
   */
  draw(asides: readonly ShownDraft[]): void {
    const { tracker, view, preview, unseenAt } = this.parts;
    const { document } = tracker;
    const sites = document.isClosed ? [] : tracker.sites;
    const labels = sites.map((site) => ({
      position: document.positionAt(site.drafts.at(-1)?.end ?? site.at),
      text: this.behind(unseenAt(site), site, asides),
    }));
    preview?.show(this, labels[0]?.text.text ?? '');
    view.show(this, {
      document,
      labels: labels.filter(({ text }) => text.text !== ''),
      ghosts: sites.flatMap(({ drafts }) => drafts.map((span) => tracker.rangeOf(span))),
      replaced: sites.flatMap(({ selection }) => (selection ? [tracker.rangeOf(selection)] : [])),
    });
  }

  /** Shows nothing any more. */
  clear(): void {
    this.parts.view.show(this, undefined);
    this.parts.preview?.show(this, '');
  }

  private behind(draft: FittedText, site: Site, asides: readonly ShownDraft[]): FittedText {
    if (asides.length === 0) return draft;
    const texts = asides.map(asideText);
    if (draft.text !== '') return { ...draft, text: joinTexts([draft.text, ...texts]) };
    const { before, after } = this.parts.tracker.placeOf(site, false);
    return fitText(joinTexts(texts), before, after);
  }
}

/** A command in single angle quotes, so that one sees that it will not be written. */
export function asideText({ kind, draft }: ShownDraft): string {
  return kind === 'command' ? `‹${draft.trim()}›` : draft;
}
