import type { FormatterId } from '../languages';

/** What a formatter makes of words (lower case, letters and digits only); names are one word, the others stay several. */
interface Formatter {
  readonly isName: boolean;
  readonly format: (words: readonly string[]) => string;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const joinedBy =
  (separator: string, each: (word: string, index: number) => string = (word) => word) =>
  (words: readonly string[]): string =>
    words.map(each).join(separator);

const FORMATTERS: Readonly<Record<FormatterId, Formatter>> = {
  camel: { isName: true, format: joinedBy('', (word, index) => (index === 0 ? word : capital(word))) },
  pascal: { isName: true, format: joinedBy('', capital) },
  snake: { isName: true, format: joinedBy('_') },
  kebab: { isName: true, format: joinedBy('-') },
  constant: { isName: true, format: joinedBy('_', (word) => word.toUpperCase()) },
  dotted: { isName: true, format: joinedBy('.') },
  slashed: { isName: true, format: joinedBy('/') },
  absolute: { isName: true, format: (words) => `/${words.join('/')}` },
  packed: { isName: true, format: joinedBy('::') },
  dunder: { isName: true, format: (words) => `__${words.join('_')}__` },
  smash: { isName: true, format: joinedBy('') },
  title: { isName: false, format: joinedBy(' ', capital) },
  sentence: { isName: false, format: joinedBy(' ', (word, index) => (index === 0 ? capital(word) : word)) },
  upper: { isName: false, format: joinedBy(' ', (word) => word.toUpperCase()) },
  lower: { isName: false, format: joinedBy(' ') },
};

/** True if the formatter makes one name of all words. */
export function makesName(id: FormatterId): boolean {
  return FORMATTERS[id].isName;
}

/** Words as a formatter writes them: `formatWords('camel', ['get', 'User'])` → `getUser`. */
export function formatWords(id: FormatterId, words: readonly string[]): string {
  const { isName, format } = FORMATTERS[id];
  const lower = words.map((word) => word.toLowerCase().replace(/[’']/gu, isName ? '' : "'"));
  return format(lower.filter((word) => word !== ''));
}

/**
 * The words of any text, names taken apart: `getUser-id` → get, user, id. For reformatting what is written already
 * ("format that snake").
 */
export function wordsOfText(text: string): readonly string[] {
  return text
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}\p{M}'’]+/u)
    .filter((word) => word !== '');
}
