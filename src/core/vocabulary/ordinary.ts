/** Endings that make new words of known ones: "crawler", "batching", "cacheable". What replaces them, if anything. */
const ENDINGS: readonly (readonly [ending: string, replacement: string])[] = [
  ['s', ''],
  ['es', ''],
  ['ies', 'y'],
  ['er', ''],
  ['er', 'e'],
  ['or', ''],
  ['or', 'e'],
  ['ed', ''],
  ['ed', 'e'],
  ['ing', ''],
  ['ing', 'e'],
  ['able', ''],
  ['able', 'e'],
  ['ly', ''],
  ['ness', ''],
  ['less', ''],
  ['ize', ''],
  ['ise', ''],
  ['ization', ''],
];
/** A shorter rest is no word that something was added to. */
const SHORTEST_STEM = 3;
/** "crawlers": an ending on an ending. */
const MOST_ENDINGS = 2;

/** True if a word (small letters) is in the list or is made of one that is, by the usual endings. */
export function isOrdinary(word: string, list: ReadonlySet<string>, endings = MOST_ENDINGS): boolean {
  if (list.has(word)) return true;
  if (endings === 0) return false;
  return ENDINGS.some(([ending, replacement]) => {
    if (!word.endsWith(ending)) return false;
    const stem = word.slice(0, word.length - ending.length) + replacement;
    if (stem.length < SHORTEST_STEM) return false;
    // "emitter", "running": the last letter was doubled.
    const single = /([b-df-hj-np-tv-z])\1$/u.test(stem) ? stem.slice(0, -1) : stem;
    return isOrdinary(stem, list, endings - 1) || (single !== stem && list.has(single));
  });
}
