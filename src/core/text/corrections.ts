import type { Span } from '../anchor/site';

const WORD = /[^\s]+/gu;
const NOT_SPOKEN = /[\p{P}\p{S}]+/gu;
/** Texts with more words than this are not compared: an utterance is at most half a minute long. */
const MOST_WORDS = 400;

/**
 * The words of `text` that `draft` did not have, as ranges in `text`: what the heavy model corrected. Words are aligned
 * by their longest common subsequence, case and punctuation aside; neighbours are joined into one range.
 */
export function correctedWords(draft: string, text: string): readonly Span[] {
  const words = [...text.matchAll(WORD)].map((match) => ({
    span: { start: match.index, end: match.index + match[0].length },
    spoken: spoken(match[0]),
  }));
  const drafted = [...draft.matchAll(WORD)].map(([word]) => spoken(word)).filter((word) => word !== '');
  if (drafted.length === 0 || words.length > MOST_WORDS || drafted.length > MOST_WORDS) return [];
  const kept = common(
    drafted,
    words.map((word) => word.spoken),
  );
  const corrected: Span[] = [];
  let isNeighbour = false;
  for (const [index, { span, spoken: word }] of words.entries()) {
    const isNew = word !== '' && !kept.has(index);
    const last = corrected.at(-1);
    if (isNew && isNeighbour && last) corrected[corrected.length - 1] = { start: last.start, end: span.end };
    else if (isNew) corrected.push(span);
    isNeighbour = isNew;
  }
  return corrected;
}

/** Indices in `b` of one longest common subsequence of `a` and `b`. */
function common(a: readonly string[], b: readonly string[]): ReadonlySet<number> {
  const width = b.length + 1;
  // lengths[i * width + j]: the longest one of a from i and b from j.
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const kept = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      kept.add(j);
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return kept;
}

/** A word as it is compared; empty for one that is all punctuation. */
function spoken(word: string): string {
  return word.normalize('NFKC').toLowerCase().replace(NOT_SPOKEN, '');
}
