import type { Pending } from './pending';
import { NOTHING_CARRIED, type Carry } from './rules/types';
import { joinHeard } from './spacing';
import type { HeardPiece, Part } from './wording';

/** What the rules hold back of the utterance that is being written. */
export interface Held {
  readonly utteranceId: number;
  readonly carry: Carry;
}

/**
 * All that was heard and stands in no document, a part for each utterance in the order they were spoken: what the rules
 * hold back, confirmed pieces that wait, drafts. Read as if nothing more came.
 */
export function unwrittenParts(
  held: Held | undefined,
  waiting: readonly HeardPiece[],
  pending: Pending,
): readonly Part[] {
  const ids = [
    ...(held ? [held.utteranceId] : []),
    ...waiting.map(({ utteranceId }) => utteranceId),
    ...pending.map(({ utteranceId }) => utteranceId),
  ];
  return [...new Set(ids)]
    .sort((a, b) => a - b)
    .map((utteranceId) => {
      const carry = held?.utteranceId === utteranceId ? held.carry : NOTHING_CARRIED;
      const texts = [
        ...waiting.filter((piece) => piece.utteranceId === utteranceId).map(({ text }) => text),
        ...pending.filter((entry) => entry.utteranceId === utteranceId).map(({ draft }) => draft),
      ];
      return previewPart(utteranceId, carry, texts.reduce(joinHeard, ''));
    })
    .filter(({ stretch }) => stretch.heard.trim() !== '');
}

/** What follows `carry` of an utterance, as if nothing more came. */
export function previewPart(utteranceId: number, { said, pending }: Carry, heard: string): Part {
  return { utteranceId, stretch: { said, heard: joinHeard(pending, heard), following: '', final: true } };
}

/** True if both say the same, whatever has become of the places. */
export function sameParts(a: readonly Part[], b: readonly Part[]): boolean {
  return (
    a.length === b.length &&
    a.every((part, index) => {
      const other = b[index];
      return (
        part.utteranceId === other?.utteranceId &&
        part.stretch.said === other.stretch.said &&
        part.stretch.heard === other.stretch.heard
      );
    })
  );
}
