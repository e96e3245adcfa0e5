import { LEAST_LIKENESS } from './confidence';
import { likeness } from './likeness';
import type { Name } from './name-index';
import { lettersOf } from './sound';

const DOT = 'dot';

/** How alike heard letters are to the way a name is said that is most alike, 0…1. */
export function likenessTo(name: Name, letters: string): number {
  return Math.max(...name.forms.map((form) => likeness(letters, form.letters, LEAST_LIKENESS)));
}

/** True if every heard word belongs to the name: one at either end that makes it no more alike is the sentence's. */
export function isWholly(name: Name, heard: readonly string[], alike: number): boolean {
  if (heard.includes(DOT) && !endsAlike(name, heard)) return false;
  if (heard.length === 1) return true;
  const shorter = [heard.slice(1), heard.slice(0, -1)].map((words) => likenessTo(name, lettersOf(words)));
  return Math.max(...shorter) < alike;
}

/** A spoken dot is a dot, and what follows the last one is an ending, which is never merely alike. */
function endsAlike(name: Name, heard: readonly string[]): boolean {
  const ending = DOT + lettersOf(heard.slice(heard.lastIndexOf(DOT) + 1));
  return name.text.includes('.') && name.forms.some((form) => form.letters.endsWith(ending));
}
