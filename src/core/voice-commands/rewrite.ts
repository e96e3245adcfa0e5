import type { FormatterId } from '../text/languages';
import { formatWords, makesName, wordsOfText } from '../text/rules/formatters';

/** Rewrites the words of a text; white space at its ends, which belongs to the place, stays. */
export type Rewrite = (text: string) => string;

/** Runs `rewrite` on what stands between the white space at both ends. */
export function inside(text: string, rewrite: Rewrite): string {
  const core = text.trim();
  if (core === '') return text;
  const start = text.indexOf(core);
  return text.slice(0, start) + rewrite(core) + text.slice(start + core.length);
}

/** The first letter of every word as a capital; the rest as it is. */
export const capitalised: Rewrite = (text) =>
  text.replace(/(^|[\s([{<"“‘«-])(\p{L})/gu, (_, before: string, letter: string) => {
    return before + letter.toUpperCase();
  });

/** All letters small. */
export const lowered: Rewrite = (text) => text.toLowerCase();

/** As a formatter writes it: a name of the words alone, or prose that keeps its marks. */
export function formatted(formatter: FormatterId): Rewrite {
  if (makesName(formatter)) return (text) => formatWords(formatter, wordsOfText(text));
  switch (formatter) {
    case 'title':
      return (text) => capitalised(lowered(text));
    case 'sentence':
      return (text) => lowered(text).replace(/\p{L}/u, (letter) => letter.toUpperCase());
    case 'upper':
      return (text) => text.toUpperCase();
    default:
      return lowered;
  }
}
