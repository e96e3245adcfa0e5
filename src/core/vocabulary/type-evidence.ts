import { DETERMINERS, VERBS_AFTER } from './cues';
import { isThirdPerson, type Place } from './place';

/** What types are called after: who does something, and what something is. */
const TYPE_ENDING = /(?:er|or|Exception|State|Mode|Result|Mixin|Dict|Map|Set|Config|Context)$/u;
const ORDINARY_ENDING =
  /(?:User|Order|Number|Header|Folder|Letter|Layer|Member|Character|Parameter|Identifier|Pointer|Color|Author)$/u;
const TYPE = /^\p{Lu}\p{L}*\p{Lu}\p{Ll}/u;
/** "The batch sender locks …": said like an ordinary word, but it ends as a type does and acts. */
export const TYPE_EVIDENCE = 0.1;

/** What speaks for a type behind an article, where other names have nothing. */
export function typeEvidence(name: string, { before, after }: Place): number {
  const isType = TYPE.test(name) && TYPE_ENDING.test(name) && !ORDINARY_ENDING.test(name);
  if (!isType || !DETERMINERS.has(before)) return 0;
  return VERBS_AFTER.has(after) || isThirdPerson(after) ? TYPE_EVIDENCE : 0;
}
