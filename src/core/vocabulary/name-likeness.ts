import { LEAST_LIKENESS } from './confidence';
import { SMALL_WORDS, SYMBOL_WORDS, VERBS_BEFORE, WEAK_VERBS_BEFORE } from './cues';
import { likeness } from './likeness';
import type { Name } from './name-index';
import { partsOf } from './names';
import { lettersOf } from './sound';

const DOT = 'dot';
/** A shorter part of a file's name is like any other: it has to be heard as it is. Letters. */
const SHORTEST_ALIKE = 4;
/** Words as like a name as this without the verb before them are the whole name. */
const LIKE_WITHOUT_VERB = 0.7;

/** Letters of a name or of heard words. */
export interface Spelling {
  /** All of them, without the division into words. */
  readonly letters: string;
  /** Those between spoken dots; a single piece if there is none. */
  readonly pieces: readonly string[];
}

/** How words are spelt that are said one after the other. */
export function spellingOf(words: readonly string[]): Spelling {
  const letters = lettersOf(words);
  if (!words.includes(DOT)) return { letters, pieces: [letters] };
  const pieces: string[][] = [[]];
  for (const word of words) {
    if (word === DOT) pieces.push([]);
    else pieces.at(-1)!.push(word);
  }
  return { letters, pieces: pieces.map(lettersOf) };
}

/** How alike heard letters are to the way a name is said that is most alike, 0…1. */
export function likenessTo(name: Name, heard: Spelling): number {
  return Math.max(...name.forms.map((form) => formLikeness(form, heard)));
}

/**
 * True if words that are merely like a name mean it all the same: every one of them belongs to it (one at either end that
 * makes it no more alike is the sentence's), and they are not just words that stand in every sentence.
 */
export function isMeant(name: Name, heard: readonly string[], alike: number): boolean {
  if (!hasEvidence(name, heard)) return false;
  if (heard.length === 1) return true;
  const [behind, ahead] = [heard.slice(1), heard.slice(0, -1)].map((words) =>
    likenessTo(name, spellingOf(words)),
  ) as [number, number];
  if (Math.max(behind, ahead) >= alike) return false;
  // "use OS str" uses it, although `as_os_str` sounds like all of it.
  const isVerb = VERBS_BEFORE.has(heard[0]!) || WEAK_VERBS_BEFORE.has(heard[0]!);
  return !isVerb || behind < LIKE_WITHOUT_VERB || partsOf(name.text)[0] === heard[0];
}

/**
 * A spoken dot is a dot: what stands between dots is compared piece by piece, so that an ending says nothing about the
 * name before it ("dot ts" is not `two.ts`), and the ending itself is never merely alike.
 */
function formLikeness(form: Spelling, heard: Spelling): number {
  if (form.letters === heard.letters) return 1;
  if (heard.pieces.length === 1) {
    // "docker compose yml": the dot was not heard, but all the rest.
    const isMissed = form.pieces.length === 1 || form.pieces.join('') === heard.letters;
    return isMissed ? likeness(heard.letters, form.letters, LEAST_LIKENESS) : 0;
  }
  if (form.pieces.length !== heard.pieces.length || form.pieces.at(-1) !== heard.pieces.at(-1)) return 0;
  return Math.min(...form.pieces.slice(0, -1).map((piece, at) => pieceLikeness(piece, heard.pieces[at]!)));
}

function pieceLikeness(piece: string, heard: string): number {
  if (piece === heard) return 1;
  return Math.min(piece.length, heard.length) < SHORTEST_ALIKE ? 0 : likeness(heard, piece, LEAST_LIKENESS);
}

/**
 * Names of symbols, numbers and small words are said for their own sake: "star date" is no `startDate`. At least one
 * other word must speak for the name, and a symbol's name only for one that has it.
 */
function hasEvidence(name: Name, heard: readonly string[]): boolean {
  const parts = new Set(partsOf(name.text));
  const foreign = heard.some((word) => word !== DOT && SYMBOL_WORDS.has(word) && !parts.has(word));
  if (foreign) return false;
  const lastDot = heard.lastIndexOf(DOT);
  const body = lastDot === -1 ? heard : heard.slice(0, lastDot);
  return body.some((word) => !SMALL_WORDS.has(word) && !SYMBOL_WORDS.has(word));
}
