import * as vscode from 'vscode';
import type { TextChange } from '../../core/anchor/anchor';
import type { StandingPart } from '../../core/anchor/parts';
import type { Span } from '../../core/anchor/site';
import { inside, type Rewrite } from '../../core/voice-commands/rewrite';
import { t } from '../l10n';
import type { StandingUtterance } from './utterance-log';
import type { Outcome, VoicePlace } from './voice-place';

/** Takes back the last utterance: what was selected before it comes back. Said again, the one before it. One undo step each. */
export function scratchThat(place: VoicePlace): Promise<Outcome> {
  return withThat(place, (last) => takeOut(place, [last]));
}

/** Takes back the utterances of this dictation that were not confirmed yet when this was said; they stay in the history. */
export async function cancelDrafts(place: VoicePlace, ids: ReadonlySet<number>): Promise<Outcome> {
  const those = place.log.those(place.document, place.owner, ids);
  return those.length === 0 ? t('Nothing was waiting for confirmation.') : takeOut(place, those);
}

/** Selects the last utterance: the next words take its place. */
export function selectThat(place: VoicePlace): Promise<Outcome> {
  return withThat(place, ({ parts }) => {
    place.goTo(spansBySite(place, parts).map((span) => selectionOf(place, span)));
    return undefined;
  });
}

/** Goes on in front of the last utterance, or behind it. */
export function goToThat(place: VoicePlace, side: 'before' | 'after'): Promise<Outcome> {
  return withThat(place, ({ parts }) => {
    place.goToOffsets(spansBySite(place, parts).map(({ start, end }) => (side === 'before' ? start : end)));
    return undefined;
  });
}

/** Rewrites every piece of the last utterance where it stands. One undo step. */
export function rewriteThat(place: VoicePlace, rewrite: Rewrite): Promise<Outcome> {
  return withThat(place, (last) =>
    replaceParts(place, last, ({ parts }) => parts.map((part) => inside(textOf(place, part.span), rewrite))),
  );
}

/** Puts `text` in place of an utterance, once at each cursor. One undo step. */
export function replaceThat(place: VoicePlace, last: StandingUtterance, text: string): Promise<Outcome> {
  return replaceParts(place, last, ({ parts }) =>
    parts.map((part) => {
      const isFirst = parts.find(({ site }) => site === part.site) === part;
      return isFirst ? inside(textOf(place, part.span), () => text) : '';
    }),
  );
}

/** What stands there of an utterance, as one text; at the first cursor if there are several. */
export function textOfThat(place: VoicePlace, { parts }: StandingUtterance): string {
  const [first] = parts;
  const own = parts.filter((part) => part.site === first?.site);
  return own
    .map((part) => textOf(place, part.span))
    .join('')
    .trim();
}

/** Finds the last utterance; says so if there is none, or if it was changed. */
export async function withThat(
  place: VoicePlace,
  act: (last: StandingUtterance) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const last = place.log.last(place.document);
  if (last === 'none') return t('Nothing was dictated here that this could mean.');
  if (last === 'changed') return changed();
  return act(last);
}

function takeOut(place: VoicePlace, those: readonly StandingUtterance[]): Promise<Outcome> {
  const changes = ({ parts }: StandingUtterance) =>
    parts.map(({ whole, replaced }) => changeOf(whole, replaced));
  return edit(place, those, changes, (one) => place.log.tookOut(one));
}

function replaceParts(
  place: VoicePlace,
  last: StandingUtterance,
  textsOf: (now: StandingUtterance) => readonly string[],
): Promise<Outcome> {
  if (textsOf(last).every((text, index) => text === textOf(place, last.parts[index]!.span)))
    return Promise.resolve(undefined);
  let texts: readonly string[] = [];
  return edit(
    place,
    [last],
    (now) => {
      texts = textsOf(now);
      return now.parts.map(({ span }, index) => changeOf(span, texts[index] ?? ''));
    },
    (now) => place.log.rewrote(now, texts),
  );
}

/** One undo step for all of `those`, wherever they have moved by the time it is made. */
async function edit(
  place: VoicePlace,
  those: readonly StandingUtterance[],
  changesOf: (now: StandingUtterance) => readonly TextChange[],
  done: (now: StandingUtterance) => void,
): Promise<Outcome> {
  let found: readonly StandingUtterance[] = [];
  const accepted = await place.edit(() => {
    found = those.flatMap((one) => place.log.again(place.document, one) ?? []);
    return found.flatMap(changesOf).sort((a, b) => a.rangeOffset - b.rangeOffset);
  });
  if (!accepted) return t('The document took no edit.');
  found.forEach(done);
  return found.length === those.length ? undefined : changed();
}

function changed(): string {
  return t('What was said last has been changed since; it was left alone.');
}

function changeOf({ start, end }: Span, text: string): TextChange {
  return { rangeOffset: start, rangeLength: end - start, text };
}

/** From the first word to the last one at each cursor, without the blank in front. */
function spansBySite(place: VoicePlace, parts: readonly StandingPart[]): readonly Span[] {
  const spans = new Map<number, Span>();
  for (const { site, span } of parts) {
    const text = textOf(place, span);
    const own = { start: span.start + text.length - text.trimStart().length, end: span.end };
    const known = spans.get(site) ?? own;
    spans.set(site, { start: Math.min(known.start, own.start), end: Math.max(known.end, own.end) });
  }
  return [...spans.values()].sort((a, b) => a.start - b.start);
}

function selectionOf({ document }: VoicePlace, { start, end }: Span): vscode.Selection {
  return new vscode.Selection(document.positionAt(start), document.positionAt(end));
}

function textOf({ document }: VoicePlace, { start, end }: Span): string {
  return document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}
