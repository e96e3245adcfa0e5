import {
  ABBREVIATIONS,
  ALSO_NOUNS,
  ARTICLES,
  CONDITION_VERBS,
  DETERMINERS,
  KINDS,
  LITERALS,
  NAME_PREFIXES,
  NAME_VERBS,
  NO_VERB_BEHIND,
  PREPOSITIONS,
  PRONOUNS,
  QUANTIFIERS,
  SETTING_VERBS,
  SINGULAR_VERBS,
  SUBJECTS,
  VERBS_AFTER,
  VERBS_BEFORE,
  WEAK_VERBS_BEFORE,
} from './cues';
import { isPlural, isSingular, isThirdPerson, type Place } from './place';

const KIND_BESIDE = 0.4;
const STRONG_VERB_BEFORE = 0.35;
const WEAK_VERB_BEFORE = 0.1;
const VERB_BEHIND = 0.2;
/** "the get user": a verb behind an article is no verb. */
const VERB_AS_NOUN = 0.4;
/** "Skip white space …" at the start, verb and noun without an article: telegraphic, as names are. */
const TELEGRAPHIC = 0.15;
/** "we use effect": the verb has its subject. */
const VERB_WITH_SUBJECT = -0.3;
/** "the server is ready": the condition has its subject. */
const CONDITION_WITH_SUBJECT = -0.6;
const CONDITION_ALONE = 0.35;
/** "the end of file" is English. */
const NATURAL_PHRASE = -0.3;
/** "set is loading to true" sets `isLoading`. */
const SET_TO = -0.6;
/** "Interval count goes back to zero": a single thing would have an article. */
const BARE_SUBJECT = 0.25;
/** "Too many redirects is raised": many things would be. */
const NO_AGREEMENT = 0.25;
/** "a new mux is created": an adjective. */
const NEW_THING = -0.3;
/** "Revalidate all pages": what ends in "all" goes on. */
const GOES_ON = -0.4;
/** "wait for on idle": no preposition stands behind another one. */
const PREPOSITION_AS_NOUN = 0.4;
/** "set allow redirects to false", "passing auto start false". */
const BARE_OBJECT_SET = 0.25;
const BEFORE_LITERAL = 0.2;
/** "max depth", "timeout ID": words that are short for something stand in names more often than in prose. */
const ABBREVIATED = 0.1;

/** What the heard words and those beside them say for a name, or against it. */
export function byNeighbours(place: Place): number {
  const { heard, before, after } = place;
  const first = heard[0]!;
  let sum = byCues(place);
  const verb = NAME_VERBS.has(first);
  const phrase = heard.includes('of') || NAME_PREFIXES.has(first);
  const natural = phrase ? DETERMINERS.has(before) : QUANTIFIERS.has(first);
  if ((!verb || ALSO_NOUNS.has(first)) && natural) sum += NATURAL_PHRASE;
  if (QUANTIFIERS.has(heard.at(-1)!) && isPlural(after) && !VERBS_AFTER.has(after)) sum += GOES_ON;
  if (first === 'new' && natural && !KINDS.has(after)) sum += NEW_THING;
  if (CONDITION_VERBS.has(first)) return sum + conditionAlone(place);
  if (verb && !ALSO_NOUNS.has(first) && DETERMINERS.has(before)) sum += VERB_AS_NOUN;
  if (verb && NO_VERB_BEHIND.has(before)) sum += VERB_AS_NOUN;
  if (NAME_PREFIXES.has(first) && PREPOSITIONS.has(before)) sum += PREPOSITION_AS_NOUN;
  if (verb && SUBJECTS.has(before)) sum += VERB_WITH_SUBJECT;
  if (verb && before === '' && !heard.some((word) => ARTICLES.has(word)) && !ARTICLES.has(after))
    sum += TELEGRAPHIC;
  if (first === 'set' && after === 'to') sum += SET_TO;
  return sum + asSubject(place, verb) + asObject(place);
}

/** Words that are cues wherever they stand beside a name. */
function byCues({ heard, before, after }: Place): number {
  let sum = 0;
  if (KINDS.has(before) || KINDS.has(after)) sum += KIND_BESIDE;
  if (VERBS_BEFORE.has(before)) sum += STRONG_VERB_BEFORE;
  else if (WEAK_VERBS_BEFORE.has(before)) sum += WEAK_VERB_BEFORE;
  if (!DETERMINERS.has(before) && heard.some((word) => ABBREVIATIONS.has(word))) sum += ABBREVIATED;
  return sum;
}

function asSubject({ heard, before, after }: Place, verb: boolean): number {
  const imperative = before === '' && (verb || NAME_PREFIXES.has(heard[0]!));
  const acts = VERBS_AFTER.has(after) || isThirdPerson(after);
  if (imperative) return acts ? VERB_BEHIND * 2 : 0;
  const isOne = isSingular(heard.at(-1)!);
  const bare = before === '' && heard.length > 1 && isOne && isSingularVerb(after) ? BARE_SUBJECT : 0;
  const disagrees = isPlural(heard.at(-1)!) && SINGULAR_VERBS.has(after) ? NO_AGREEMENT : 0;
  if (VERBS_AFTER.has(after)) return bare + disagrees + VERB_BEHIND;
  return bare + disagrees + (DETERMINERS.has(before) && isOne && isThirdPerson(after) ? VERB_BEHIND : 0);
}

function isSingularVerb(word: string): boolean {
  return SINGULAR_VERBS.has(word) || isThirdPerson(word);
}

function asObject({ heard, before, after }: Place): number {
  const isSet = SETTING_VERBS.has(before) && after === 'to' && !heard.some((word) => ARTICLES.has(word));
  const beforeLiteral = WEAK_VERBS_BEFORE.has(before) && LITERALS.has(after);
  return (isSet ? BARE_OBJECT_SET : 0) + (beforeLiteral ? BEFORE_LITERAL : 0);
}

/** "if is ready": no subject, so it is the name of a condition; "the server is ready" and "this is ready" have one. */
function conditionAlone({ before, after, afterPause }: Place): number {
  // "the value, if any, is set" has its subject before the pause.
  if (afterPause) return 0;
  const free =
    before === '' ||
    (DETERMINERS.has(before) && !PRONOUNS.has(before)) ||
    WEAK_VERBS_BEFORE.has(before) ||
    VERBS_BEFORE.has(before) ||
    // "the key is undefined" has all that a sentence needs, "the flag is ready hides it" a verb too many.
    (KINDS.has(before) && (VERBS_AFTER.has(after) || isThirdPerson(after)));
  return free ? CONDITION_ALONE : CONDITION_WITH_SUBJECT;
}
