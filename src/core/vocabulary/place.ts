/** Heard words and where they stand. Words are in small letters without marks; a sentence's end is where words end. */
export interface Place {
  /** The heard words, and one word (or nothing) on either side. */
  readonly heard: readonly string[];
  readonly before: string;
  readonly after: string;
  /** A comma parts them from what stands before, which says nothing then. */
  readonly afterPause: boolean;
  /** How many of the heard words are ordinary English. */
  readonly ordinary: number;
}

/** "follows", "matches": may be a verb with a subject before it. Plurals are taken for one; behind a verb's object they are rare. */
export function isThirdPerson(word: string): boolean {
  return /[^s]s$/u.test(word) && word.length > SHORTEST_VERB;
}

/** True for several things, as far as the ending tells: "flags", no "class", no "status". */
export function isPlural(word: string): boolean {
  return /[^suia]s$/u.test(word);
}

/** True for one thing that is counted: "flag", "class", no "flags", no "handling". */
export function isSingular(word: string): boolean {
  return !isPlural(word) && !/(?:ing|ly)$/u.test(word);
}

/** "is" and "as" are no verbs of this kind. */
const SHORTEST_VERB = 3;
