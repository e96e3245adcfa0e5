import {
  ALSO_NOUNS,
  ARTICLES,
  CONDITION_VERBS,
  DETERMINERS,
  KINDS,
  NAME_PREFIXES,
  NAME_VERBS,
  NO_VERB_BEHIND,
  QUANTIFIERS,
  SUBJECTS,
  VERBS_AFTER,
  VERBS_BEFORE,
  WEAK_VERBS_BEFORE,
} from './cues';

/** Heard words and where they stand. Words are in small letters without marks. */
export interface Place {
  /** The heard words, and one word (or nothing) on either side. */
  readonly heard: readonly string[];
  readonly before: string;
  readonly after: string;
  /** How many of them are ordinary English. */
  readonly ordinary: number;
}

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
const KIND_BESIDE = 0.4;
const STRONG_VERB_BEFORE = 0.35;
const WEAK_VERB_BEFORE = 0.1;
const VERB_BEHIND = 0.2;
/** "the get user": a verb behind an article is no verb. */
const VERB_AS_NOUN = 0.4;
/** "Skip white space …" at the start, verb and noun without an article: telegraphic, as names are. */
const TELEGRAPHIC = 0.15;
const SAME_FILE = 0.1;
const FAR = -0.1;
/** "we use effect": the verb has its subject. */
const VERB_WITH_SUBJECT = -0.3;
/** "the server is ready": the condition has its subject. */
const CONDITION_WITH_SUBJECT = -0.6;
const CONDITION_ALONE = 0.35;
/** A word that is no English makes a name likelier, the more of them the more. */
/** "the end of file" is English. */
const NATURAL_PHRASE = -0.3;
/** "set is loading to true" sets `isLoading`. */
const SET_TO = -0.6;
/** `asyncio`, said as two words: the name looks like an ordinary word. */
const UNSHAPED = -0.15;
/** "is" and "as" are no verbs of this kind. */
const SHORTEST_VERB = 3;
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
  const place = placeConfidence(evidence) + byDistance(evidence.distance) + shape;
  if (!name.includes('.') || !saysDot(heard)) return place - unlike;
  // However sure it is that a file was named, that does not say which.
  return Math.min(1, place + FILE_NAME) - unlike;
}

/**
 * The most that any name could reach for these words in prose, whatever it is like: a cheap look before names are compared.
 */
export function mostConfidence(place: Place): number {
  return placeConfidence(place) + (saysDot(place.heard) ? FILE_NAME : 0) + SAME_FILE;
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
  // One of them is the other's plural: another word.
  const plural = name.toLowerCase().endsWith('s') !== written.toLowerCase().endsWith('s');
  if (likeness < LEAST_LIKENESS_ALONE || (plural && !codeLike)) return 0;
  return (codeLike ? 1 : 0.9) - (1 - likeness) - errors * WRONG_SOUND;
}

function byDistance(distance: number): number {
  if (distance <= 1) return SAME_FILE;
  return distance >= 3 ? FAR : 0;
}

function byNeighbours({ heard, before, after }: Place): number {
  const first = heard[0]!;
  let sum = 0;
  if (KINDS.has(before) || KINDS.has(after)) sum += KIND_BESIDE;
  if (VERBS_BEFORE.has(before)) sum += STRONG_VERB_BEFORE;
  else if (WEAK_VERBS_BEFORE.has(before)) sum += WEAK_VERB_BEFORE;
  const verb = NAME_VERBS.has(first);
  const phrase = heard.includes('of') || NAME_PREFIXES.has(first);
  const natural = phrase ? DETERMINERS.has(before) : QUANTIFIERS.has(first);
  if ((!verb || ALSO_NOUNS.has(first)) && natural) sum += NATURAL_PHRASE;
  if (CONDITION_VERBS.has(first)) return sum + conditionAlone(before);
  if (verb && !ALSO_NOUNS.has(first) && DETERMINERS.has(before)) sum += VERB_AS_NOUN;
  if (verb && NO_VERB_BEHIND.has(before)) sum += VERB_AS_NOUN;
  if (verb && SUBJECTS.has(before)) sum += VERB_WITH_SUBJECT;
  if (verb && before === '' && !heard.some((word) => ARTICLES.has(word)) && !ARTICLES.has(after))
    sum += TELEGRAPHIC;
  if (first === 'set' && after === 'to') sum += SET_TO;
  const subject = before === '' && (verb || NAME_PREFIXES.has(first));
  if (VERBS_AFTER.has(after)) sum += subject ? VERB_BEHIND * 2 : VERB_BEHIND;
  else if (subject && isThirdPerson(after)) sum += VERB_BEHIND * 2;
  return sum;
}

/** "if is ready": no subject, so it is the name of a condition; "the server is ready" has one. */
function conditionAlone(before: string): number {
  const free =
    before === '' ||
    DETERMINERS.has(before) ||
    WEAK_VERBS_BEFORE.has(before) ||
    VERBS_BEFORE.has(before) ||
    KINDS.has(before);
  return free ? CONDITION_ALONE : CONDITION_WITH_SUBJECT;
}

/** "follows", "matches": may be a verb with a subject before it. Plurals are taken for one; behind a verb's object they are rare. */
function isThirdPerson(word: string): boolean {
  return /[^s]s$/u.test(word) && word.length > SHORTEST_VERB;
}
