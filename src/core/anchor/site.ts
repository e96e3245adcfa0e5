import { NO_TEXT, type FittedText } from '../text/spacing';
import type { PlacedUtterance } from '../text/wording';
import { moveOffset, type AnchorContext, type TextChange } from './anchor';

/** Half-open range of UTF-16 offsets `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One place that is dictated into; with several cursors there are several. Immutable. */
export interface Site {
  /** Where the next text goes. */
  readonly at: number;
  /** Text that was selected when dictation began: the first confirmed text replaces it. Ends at `at` or before it. */
  readonly selection?: Span;
  /** Draft text that stands in the document; in pieces if somebody has edited inside it. In order, never overlapping. */
  readonly drafts: readonly Span[];
  /** What was confirmed here last; it decides whether a blank is wanted behind it. */
  readonly said: string;
  /** The utterance that is partly written here. */
  readonly utterance?: PlacedUtterance;
}

/** Text of ours that replaces selection and drafts of a site. */
export interface SiteText {
  /** Confirmed; empty for none. */
  readonly confirmed: FittedText;
  /** Stands behind it until it is confirmed or taken out; empty for none. */
  readonly draft: FittedText;
  /** The utterance that goes on here after this text; absent: the site's own, `null` for none. */
  readonly utterance?: PlacedUtterance | null;
}

/** How text comes to a site: changes of the document as it is, and the site after them. */
export interface SiteEdit {
  readonly changes: readonly TextChange[];
  readonly after: Site;
}

/** A site at a cursor, or one that will replace `selection`. */
export function siteAt(selection: Span): Site {
  const site = { at: selection.end, drafts: [], said: '' };
  return selection.start === selection.end ? site : { ...site, selection };
}

/**
 * Moves a site through one change event of others. What they typed belongs to them: a selection that they touched is
 * not replaced any more, and draft text that they edited is taken out around their words.
 */
export function moveSite(site: Site, changes: readonly TextChange[], context: AnchorContext): Site {
  const at = moveOffset(site.at, changes, context);
  const drafts = movedSpans(site.drafts, changes);
  const { selection, ...rest } = site;
  const touched =
    selection !== undefined &&
    changes.some(
      ({ rangeOffset, rangeLength }) =>
        rangeOffset < selection.end && rangeOffset + rangeLength > selection.start,
    );
  if (!selection || touched) return { ...rest, at, drafts };
  const [moved] = movedSpans([selection], changes);
  return { ...rest, at, drafts, ...(moved && { selection: moved }) };
}

/** What is left of spans of ours after one change event of others, in pieces where they wrote inside. */
export function movedSpans(spans: readonly Span[], changes: readonly TextChange[]): readonly Span[] {
  const descending = [...changes].sort((a, b) => b.rangeOffset - a.rangeOffset);
  return descending.reduce((left, change) => left.flatMap((one) => cut(one, change)), spans);
}

/** The ranges that the next text replaces: the selection only once there is something to replace it with. */
export function replacedSpan(site: Site, withSelection: boolean): Span {
  let { start, end } = { start: site.at, end: site.at };
  for (const span of erased(site, withSelection).reverse()) if (span.end === start) start = span.start;
  for (const span of erased(site, withSelection)) if (span.start === end) end = span.end;
  return { start, end };
}

/** Plans one edit of a site. Neighbours for fitting are those of {@link replacedSpan}. */
export function planSite(site: Site, { confirmed, draft, utterance = site.utterance }: SiteText): SiteEdit {
  const withSelection = confirmed.text !== '';
  const main = replacedSpan(site, withSelection);
  const ours = confirmed.lead + confirmed.text;
  const shown = draft.text === '' ? '' : draft.lead + draft.text + draft.trail;
  const text = ours + (shown === '' ? confirmed.trail : shown);
  const strays = erased(site, withSelection).filter(({ start, end }) => end < main.start || start > main.end);
  const changes = [
    ...strays.map(({ start, end }) => ({ rangeOffset: start, rangeLength: end - start, text: '' })),
    { rangeOffset: main.start, rangeLength: main.end - main.start, text },
  ]
    .filter((change) => change.rangeLength > 0 || change.text !== '')
    .sort((a, b) => a.rangeOffset - b.rangeOffset);
  const shift = strays
    .filter(({ end }) => end < main.start)
    .reduce((sum, { start, end }) => sum - (end - start), 0);
  const at = main.start + shift + ours.length;
  const { selection, utterance: _former, ...rest } = site;
  const kept = withSelection ? undefined : selection;
  return {
    changes,
    after: {
      ...rest,
      at,
      drafts: shown === '' ? [] : [{ start: at, end: at + shown.length }],
      said: confirmed.text || site.said,
      ...(kept && { selection: kept }),
      ...(utterance && { utterance }),
    },
  };
}

/** Joins the edits of all sites, ascending and apart, into one. */
export function joinEdits(edits: readonly SiteEdit[]): {
  readonly changes: readonly TextChange[];
  readonly after: readonly Site[];
} {
  let delta = 0;
  const after = edits.map((edit) => {
    const moved = shifted(edit.after, delta);
    delta += edit.changes.reduce((sum, { text, rangeLength }) => sum + text.length - rangeLength, 0);
    return moved;
  });
  return { changes: edits.flatMap(({ changes }) => changes), after };
}

/** A text and its sites as they are without draft text. */
export function withoutDrafts(
  text: string,
  sites: readonly Site[],
): { readonly text: string; readonly sites: readonly Site[] } {
  const { changes, after } = joinEdits(
    sites.map((site) => planSite(site, { confirmed: NO_TEXT, draft: NO_TEXT })),
  );
  // From the end, so that the offsets of the others hold.
  const cleared = changes.reduceRight(
    (rest, { rangeOffset, rangeLength }) =>
      rest.slice(0, rangeOffset) + rest.slice(rangeOffset + rangeLength),
    text,
  );
  return { text: cleared, sites: after };
}

/** In order, and one of those that have come to stand at the same place. */
export function distinctSites(sites: readonly Site[]): readonly Site[] {
  return [...sites]
    .sort((a, b) => a.at - b.at)
    .filter((site, index, all) => site.at !== all[index - 1]?.at || site.drafts.length > 0);
}

/** What is left of a span of ours after a change by others, in the coordinates after it. */
function cut({ start, end }: Span, { rangeOffset, rangeLength, text }: TextChange): readonly Span[] {
  const rangeEnd = rangeOffset + rangeLength;
  const delta = text.length - rangeLength;
  if (rangeEnd <= start && (rangeLength > 0 || rangeOffset <= start)) {
    return [{ start: start + delta, end: end + delta }];
  }
  if (rangeOffset >= end) return [{ start, end }];
  return [
    { start, end: rangeOffset },
    { start: rangeOffset + text.length, end: end + delta },
  ].filter((span) => span.start < span.end);
}

/** Spans that an edit takes out, in order. */
function erased(site: Site, withSelection: boolean): Span[] {
  const { drafts, selection } = site;
  const spans = withSelection && selection ? [selection, ...drafts] : [...drafts];
  return spans.sort((a, b) => a.start - b.start);
}

function shifted(site: Site, delta: number): Site {
  const move = ({ start, end }: Span): Span => ({ start: start + delta, end: end + delta });
  const { selection, ...rest } = site;
  return {
    ...rest,
    at: site.at + delta,
    drafts: site.drafts.map(move),
    ...(selection && { selection: move(selection) }),
  };
}
