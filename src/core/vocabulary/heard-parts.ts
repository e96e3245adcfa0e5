import { wordKey } from '../text/rules/heard';

/** What was written with other marks inside is no spoken name: "don't", "a/b", "foo()". */
const SPOKEN = /^[\p{L}\p{N}\p{M}._-]+$/u;

/** A heard word as the parts that are said: "tsconfig.json" → tsconfig, dot, json. */
export function heardParts(word: string | undefined): readonly string[] {
  if (word === undefined || !SPOKEN.test(word)) return [];
  return word
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}]{2})/gu, ' dot ')
    .replace(/(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu, ' ')
    .split(/[\s_-]+/u)
    .map((part) => wordKey(part).replace(/[.']/gu, ''))
    .filter((part) => part !== '');
}
