import { namesIn } from './names';
import type { Vocabulary } from './vocabulary';

/** Characters looked at in one step: well under a millisecond. */
const CHUNK = 8_192;
/** Names are shorter; a chunk that has to end within one may cut it. */
const LONGEST_NAME = 100;
const OUTSIDE_NAME = /[^\p{L}\p{N}_$-]/u;

/**
 * Takes a document into the vocabulary, in steps of well under a millisecond each.
 * @param fileName is a name, too ("tsconfig dot json")
 * @param kebab whether names with dashes are one name
 */
export function* indexSteps(
  vocabulary: Vocabulary,
  document: string,
  fileName: string,
  text: string,
  kebab: boolean,
): Generator<void, void> {
  const counts = new Map<string, number>();
  for (let start = 0; start < text.length;) {
    const end = endOfChunk(text, start + CHUNK);
    for (const [name, count] of namesIn(text.slice(start, end), kebab))
      counts.set(name, (counts.get(name) ?? 0) + count);
    start = end;
    yield;
  }
  if (fileName !== '') counts.set(fileName, (counts.get(fileName) ?? 0) + 1);
  const steps = vocabulary.entering(document, counts);
  while (!steps.next().done) yield;
}

/** Where no name is cut in two. */
function endOfChunk(text: string, from: number): number {
  if (from >= text.length) return text.length;
  const behind = text.slice(from, from + LONGEST_NAME).search(OUTSIDE_NAME);
  return behind === -1 ? Math.min(from + LONGEST_NAME, text.length) : from + behind;
}
