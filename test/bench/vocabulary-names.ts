import { englishWords } from '../../src/core/vocabulary/english-words';
import { isShaped } from '../../src/core/vocabulary/name-index';
import { namesIn } from '../../src/core/vocabulary/names';

/** The names of a project's files as plain text: all that a vocabulary ever sees of a source. */

/** Begins the line with a document's path. */
const DOCUMENT = '@ ';

/** Names by document, each with how often it occurs there; a document without any is known by its file name alone. */
export type NameList = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The names of a source text but for ordinary words written as they are said: a vocabulary leaves those out. */
export function listedNames(
  text: string,
  ordinary: ReadonlySet<string> = englishWords(),
): ReadonlyMap<string, number> {
  return new Map([...namesIn(text)].filter(([name]) => isShaped(name) || !ordinary.has(name.toLowerCase())));
}

/** A list as text: a line with the path for each document, then one for each count, with the names that have it. */
export function formatNames(list: NameList): string {
  return [...list]
    .map(([document, names]) => {
      const counts = [...new Set(names.values())].toSorted((a, b) => b - a);
      const lines = counts.map((count) => {
        const those = [...names.keys()].filter((name) => names.get(name) === count);
        return `${count} ${those.toSorted().join(' ')}\n`;
      });
      return `${DOCUMENT}${document}\n${lines.join('')}`;
    })
    .join('');
}

/** What {@link formatNames} wrote. Throws if a line is none of its. */
export function parseNames(text: string): NameList {
  const list = new Map<string, Map<string, number>>();
  let names: Map<string, number> | undefined;
  for (const line of text.split('\n').filter(Boolean)) {
    if (line.startsWith(DOCUMENT)) {
      names = new Map();
      list.set(line.slice(DOCUMENT.length), names);
      continue;
    }
    const [count, ...those] = line.split(' ');
    if (!names || !/^[1-9]\d*$/u.test(count ?? '')) throw new Error(`no list of names: ${line}`);
    for (const name of those) names.set(name, Number(count));
  }
  return list;
}
