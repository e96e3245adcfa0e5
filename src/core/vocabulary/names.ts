import { otherWays } from './abbreviations';

/** Names as programs write them, and as people say them. */

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*(?:-[\p{L}][\p{L}\p{N}]*)*/gu;
const KEBAB = /-/u;
/** Shorter names are said as letters, longer ones are no names. */
const SHORTEST = 3;
const LONGEST = 60;
/** Ways to say a name that are kept. */
const MOST_FORMS = 8;
/** Words of common languages that are no names of a project. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'abstract async await boolean break case catch class const constructor continue debugger declare default delete elif ' +
    'else enum export extends false final finally float for from func function implements import instanceof int ' +
    'interface lambda let match mod module mut namespace new nil none nonlocal not null number object override package ' +
    'pass private protected pub public raise readonly return satisfies self static string struct super switch this throw ' +
    'throws trait true try type typeof undefined union unknown unsafe use using var virtual void volatile where while ' +
    'with yield impl range chan defer fallthrough goto map select def print len str dict list tuple bool byte rune uint'
  ).split(' '),
);

/** The names in a source text with how often each occurs. Kebab-case counts only where asked for (style sheets, markup). */
export function namesIn(text: string, kebab = false): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [found] of text.matchAll(NAME)) {
    for (const name of kebab || !KEBAB.test(found) ? [found] : found.split('-')) {
      if (name.length < SHORTEST || name.length > LONGEST || KEYWORDS.has(name)) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

/** The parts a name is made of, in small letters: `getUserByID2` → get, user, by, id, 2; a dot inside is a part. */
export function partsOf(name: string): readonly string[] {
  return name
    .replace(/\.(?=[\p{L}\p{N}])/gu, ' dot ')
    .replace(/([\p{Ll}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .replace(/(\p{N})(\p{L})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

/** Ways to say a name, the plain one first: `ctxId` → [ctx id], [context id], [ctx i d]… Few, not all combinations. */
export function spokenForms(name: string): readonly (readonly string[])[] {
  let forms: (readonly string[])[] = [[]];
  for (const part of partsOf(name)) {
    const ways = [[part], ...otherWays(part)];
    forms = ways.flatMap((way) => forms.map((form) => [...form, ...way])).slice(0, MOST_FORMS);
  }
  return forms.filter((form) => form.length > 0);
}
