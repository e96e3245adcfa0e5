import { byNeighbours } from './neighbours';
import { TYPE_EVIDENCE, typeEvidence } from './type-evidence';
import type { Place } from './place';

/** What is known when heard words might be a name. */
export interface Evidence extends Place {
  readonly name: string;
  /** The first heard word as it was written. */
  readonly written: string;
  /** Share of letters that agree, 0…1, and phonemes that do not. */
  readonly likeness: number;
  readonly errors: number;
  readonly codeLike: boolean;
  /** Distance of the name: 0 near the anchor, 1 in its file, 2 in an open one, 3 elsewhere. */
  readonly distance: number;
  /** Written like a name: capitals inside, an underscore, a dot, all capitals. */
  readonly shaped: boolean;
}

/** From here on words are respelt. Chosen on the tuning half of the corpus. */
export const CONFIDENT = 0.6;

/** What the number of words says: long chance agreements are rare. Index: words; the last one for more. */
const BY_LENGTH = [0, 0, 0.25, 0.5, 0.7, 0.8];
const SAME_FILE = 0.1;
const FAR = -0.1;
/** `asyncio`, said as two words: the name looks like an ordinary word. */
const UNSHAPED = -0.15;
/** A word that is no English makes a name likelier, the more of them the more. */
const STRANGE_WORD = 0.35;
const FILE_NAME = 0.7;
/** What each tenth of differing letters, and each differing phoneme, costs. */
const UNLIKENESS = 1.1;
const UNLIKENESS_SAME_SOUND = 0.8;
const WRONG_SOUND = 0.12;
/** Ordinary words that sound like a name are mostly themselves. */
const ORDINARY_AND_UNLIKE = 0.1;
/** Least likeness at all, and for a single word. */
const LEAST_LIKENESS_OTHER_SOUND = 0.6;
export const LEAST_LIKENESS = 0.5;
const LEAST_LIKENESS_ALONE = 0.75;
/** Names farther away do not say how a word of prose is spelt. */
const FARTHEST_SPELLING = 2;
const INNER_CAPITAL = /^.+\p{Lu}|_|\d/u;
const SHORTEST_UNLIKE = 5;

/** How sure it is that the heard words mean the name, about 0…1. */
export function confidence(evidence: Evidence): number {
  const { heard, likeness, errors, ordinary, name } = evidence;
  const exact = likeness === 1;
  const sameSound = errors === 0 && heard.length > 1;
  if (likeness < (sameSound ? LEAST_LIKENESS : LEAST_LIKENESS_OTHER_SOUND)) return 0;
  if (!exact && Math.min(name.length, heard.join('').length) < SHORTEST_UNLIKE) return 0;
  if (heard.length === 1) return singleWord(evidence);
  const perLetter = errors === 0 ? UNLIKENESS_SAME_SOUND : UNLIKENESS;
  const allOrdinary = heard.length === ordinary ? ORDINARY_AND_UNLIKE : 0;
  const unlike = exact ? 0 : (1 - likeness) * perLetter + errors * WRONG_SOUND + allOrdinary;
  if (evidence.codeLike) return 1 - unlike;
  const shape = evidence.shaped ? 0 : UNSHAPED;
  const place =
    placeConfidence(evidence) + byDistance(evidence.distance) + shape + typeEvidence(name, evidence);
  if (!name.includes('.') || !saysDot(heard)) return place - unlike;
  // However sure it is that a file was named, that does not say which.
  return Math.min(1, place + FILE_NAME) - unlike;
}

/**
 * The most that any name could reach for these words in prose, whatever it is like: a cheap look before names are compared.
 */
export function mostConfidence(place: Place): number {
  return placeConfidence(place) + (saysDot(place.heard) ? FILE_NAME : 0) + SAME_FILE + TYPE_EVIDENCE;
}

/** What the words and their neighbours alone say. */
function placeConfidence(place: Place): number {
  const { heard, ordinary } = place;
  const length = BY_LENGTH[Math.min(heard.length, BY_LENGTH.length - 1)]!;
  return length + (heard.length - ordinary) * STRANGE_WORD + byNeighbours(place);
}

function saysDot(heard: readonly string[]): boolean {
  return heard.includes('dot');
}

/** One word: an ordinary one stays, a strange one is a name if it is spelt or sounds like it. */
function singleWord({ name, written, likeness, errors, ordinary, codeLike, distance }: Evidence): number {
  if (ordinary > 0) return 0;
  if (likeness === 1) {
    // "Timeout" and "timeout" are both right in prose; capitals inside are known to the name alone, unless they were heard.
    const known = INNER_CAPITAL.test(name) && name !== name.toUpperCase() && !INNER_CAPITAL.test(written);
    return codeLike || (known && distance <= FARTHEST_SPELLING) ? 1 : 0;
  }
  const inflected = isInflected(name.toLowerCase(), written.toLowerCase());
  if (likeness < LEAST_LIKENESS_ALONE || (inflected && !codeLike)) return 0;
  return (codeLike ? 1 : 0.9) - (1 - likeness) - errors * WRONG_SOUND;
}

/** One of them is the other's plural, or another form of it: another word. */
function isInflected(name: string, written: string): boolean {
  if (name.endsWith('s') !== written.endsWith('s')) return true;
  const [longer, shorter] = name.length > written.length ? [name, written] : [written, name];
  const stem = shorter.replace(/e$/u, '');
  return longer.startsWith(stem) && /^(?:ed|er|ing)$/u.test(longer.slice(stem.length));
}

function byDistance(distance: number): number {
  if (distance <= 1) return SAME_FILE;
  return distance >= 3 ? FAR : 0;
}
