import { TYPE_KINDS, VALUE_KINDS } from './cues';
import type { Name } from './name-index';

/** A name that words may mean, and how sure that is. */
export interface Scored {
  readonly name: Name;
  /** How many heard words it stands for. */
  readonly words: number;
  /** 0…1. */
  readonly score: number;
  /** From the anchor: 0 near it, 1 in its document, 2 in an open one, 3 elsewhere. */
  readonly distance: number;
  /** Its capital agrees with what stands beside it: types have one, fields have none. */
  readonly suits: boolean;
  /** Occurrences in the anchor's document. */
  readonly count: number;
}

/** "class order repository" has a capital, "parameter order repository" and values in code have none. */
export function suits(name: string, before: string, after: string, codeLike: boolean): boolean {
  const capital = /^\p{Lu}/u.test(name);
  if (TYPE_KINDS.has(before) || TYPE_KINDS.has(after)) return capital;
  return codeLike || VALUE_KINDS.has(before) || VALUE_KINDS.has(after) ? !capital : true;
}

/** A longer name may be this much less sure than a shorter one. */
const WORTH_OF_LENGTH = 0.3;

/** The surer one; among equals the longer, then the nearer, then the more frequent one. */
export function isBetter(a: Scored, b: Scored): boolean {
  if (a.words !== b.words && Math.min(a.score, b.score) > 0)
    return a.words > b.words ? a.score >= b.score - WORTH_OF_LENGTH : a.score > b.score + WORTH_OF_LENGTH;
  if (a.score !== b.score) return a.score > b.score;
  if (a.distance !== b.distance) return a.distance < b.distance;
  if (a.suits !== b.suits) return a.suits;
  return a.count !== b.count ? a.count > b.count : a.name.counts.size > b.name.counts.size;
}
