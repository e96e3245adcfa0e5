import type { Vocabulary } from './vocabulary';

/** How long a glossary may be. Long ones cost accuracy: a prompt of names that are not said invites inventing them. */
export interface GlossaryLimits {
  readonly terms: number;
  readonly characters: number;
}

/** A dozen names: what fits beside the context in a short prompt. */
export const DEFAULT_GLOSSARY: GlossaryLimits = { terms: 12, characters: 160 };
const SEPARATOR = ', ';

/**
 * The names a recogniser should expect, as text for its prompt: the user's own first, then those near the anchor, and
 * rare before common ones (what is everywhere it has seen already). Empty if there are none.
 */
export function glossary(vocabulary: Vocabulary, limits: GlossaryLimits = DEFAULT_GLOSSARY): string {
  const terms = vocabulary
    .nearby()
    .toSorted(
      (a, b) =>
        Number(b.own) - Number(a.own) ||
        a.distance - b.distance ||
        a.documents - b.documents ||
        (a.text < b.text ? -1 : 1),
    );
  const chosen: string[] = [];
  let length = 0;
  for (const { text } of terms) {
    const added = text.length + (chosen.length > 0 ? SEPARATOR.length : 0);
    if (chosen.length >= limits.terms) break;
    if (length + added > limits.characters) continue;
    chosen.push(text);
    length += added;
  }
  return chosen.join(SEPARATOR);
}
