import { ENGLISH_SYMBOLS } from '../text/languages/en-symbols';
import type { ProseLevel } from '../text/languages/types';

/** English words that tell names from ordinary words. */

const LEVELS: readonly ProseLevel[] = ['plain', 'opener', 'edge', 'name', 'near', 'code'];
/** Names of symbols that are one word: "dash", "slash", "star". */
export const SYMBOL_WORDS: ReadonlySet<string> = new Set(
  Object.values(ENGLISH_SYMBOLS)
    .flatMap((symbol) => LEVELS.flatMap((level) => symbol[level] ?? []))
    .filter((phrase) => !phrase.includes(' ')),
);
/** Words that any sentence may have: alone they are no evidence for a name that merely sounds like them. */
export const SMALL_WORDS: ReadonlySet<string> = wordSet(
  'a an the and or nor but not no so if then than as at by for from in into of off on out over to too up via with ' +
    'i me my we us our you your he him his she her it its they them their this that these those who what which ' +
    'is are was were be been am do does did has have had can will would ' +
    'zero one two three four five six seven eight nine ten 0 1 2 3 4 5 6 7 8 9 10',
);

/** What a name is called by: right before or right behind a name, these say that it is one. */
export const KINDS: ReadonlySet<string> = wordSet(
  'function functions method methods class classes interface struct enum trait type module package component hook hooks ' +
    'variable variables constant const field property parameter param argument attribute flag option setting prop macro ' +
    'constructor getter setter callback handler helper variant import decorator namespace endpoint table column key identifier ' +
    'array slice',
);
/** Kinds whose names begin with a capital in most languages, and kinds whose names do not. */
export const TYPE_KINDS: ReadonlySet<string> = wordSet(
  'class classes interface struct enum trait type new component instance',
);
export const VALUE_KINDS: ReadonlySet<string> = wordSet(
  'variable variables field property parameter param argument attribute flag option prop self this',
);
/** After these words a name is likely: one calls, uses, renames it. */
export const VERBS_BEFORE: ReadonlySet<string> = wordSet(
  'call calls calling called invoke invokes invoking import imports importing export rename renames renaming named ' +
    'instantiate override overrides overriding mock mocks mocking stub implement implements extends await return returns',
);
/** Weaker: ordinary things are used and passed, too. */
export const WEAK_VERBS_BEFORE: ReadonlySet<string> = wordSet(
  'use uses using used pass passes passing set sets setting check checks checking see add adds update updates remove ' +
    'removes replace replaces with via through if when unless while until to in from',
);
/** Prepositions and verbs after which another verb makes no sense, so that it must be a name: "in use callback". */
export const NO_VERB_BEHIND: ReadonlySet<string> = wordSet(
  'in with via through by from of on for uses using used wrap wraps inside like',
);
/** Prepositions: none stands behind another one, so that "for on idle" has a name in it. */
export const PREPOSITIONS: ReadonlySet<string> = wordSet(
  'in with via through by from of on for before after until without',
);
/** What a name does: "… returns null". */
export const VERBS_AFTER: ReadonlySet<string> = wordSet(
  'never always returns throws raises calls takes accepts expects fails is must should may can cannot does will runs was needs ' +
    'reads writes holds keeps has resolves rejects yields implements extends overrides skips blocks stops counts sorts ' +
    'ignores sums empties frees clips replaces overwrites creates drops builds parses panics',
);
export const DETERMINERS: ReadonlySet<string> = wordSet(
  'the a an this that our your its their each every another',
);
/** Verbs of one thing. */
export const SINGULAR_VERBS: ReadonlySet<string> = wordSet('is was has');
/** Determiners that may be all of a subject: "this is ready". */
export const PRONOUNS: ReadonlySet<string> = wordSet('this that');
/** After these a verb is a verb: "we use effect", "to get user". */
export const SUBJECTS: ReadonlySet<string> = wordSet(
  "i we you they he she it who to will would can could must should may might please let's don't do does did not and " +
    'that which',
);
/** First words of functions: what a program does, as an imperative. */
export const NAME_VERBS: ReadonlySet<string> = wordSet(
  'accept acquire activate add adjust advance aggregate align allocate allow analyze announce append ' +
    'apply approve archive arrange assemble assert assign attach authenticate authorize await backup ' +
    'balance begin bind blit block boot broadcast buffer build bump cache calculate call cancel capture ' +
    'cast catch change charge check choose chunk clamp clean clear click clip clone close coalesce ' +
    'collapse collect combine commit compact compare compile complete compose compress compute concat ' +
    'configure confirm connect consume contains convert copy correct count crawl create crop cut debounce ' +
    'debug decide decode decompress decrement decrypt deduplicate defer define delete deliver deploy ' +
    'derive describe deserialize destroy detach detect dial diff disable discard disconnect dispatch ' +
    'display dispose divide do download drain draw drop dump duplicate edit eject emit enable encode ' +
    'encrypt end enqueue ensure enter enumerate escape estimate evaluate evict exchange exclude exec ' +
    'execute exit expand expect export expose extend extract fail fetch fill filter finalize find finish ' +
    'fire fit fix flatten flip flush focus fold follow force forget fork format forward free freeze ' +
    'gather generate get give grant group grow guard guess handle hash hide highlight hydrate ignore ' +
    'import include increase increment index infer ingest inherit init initialize inject insert inspect ' +
    'install instantiate interpolate intersect invalidate invert invoke issue iterate join jump keep kill ' +
    'launch lint list listen load locate lock log login lookup make map mark match matches measure merge ' +
    'migrate mix modify mount move multiply mutate name negate normalize notify observe offset open ' +
    'optimize order override pack pad paint parse pass patch pause peek perform persist pick ping pipe ' +
    'place play plot poll pop populate post prepare prepend preview print probe process produce project ' +
    'promote prompt propagate prune publish pull purge push put query queue quit raise rasterize read ' +
    'rebuild recalculate receive record recover redirect reduce refresh register reject release reload ' +
    'remove rename render replace replay reply report request require reserve reset resize resolve ' +
    'restart restore resume retrieve retry return reverse revert revoke rewrite rotate round route run ' +
    'sample save scale scan schedule scroll seal search seek select send serialize serve set setup shift ' +
    'show shuffle shut sign skip sleep slice solve sort spawn split stage start stop store stream strip ' +
    'submit subscribe subtract suggest sum suspend swap switch sync synchronize take terminate test ' +
    'throttle throw toggle tokenize trace track train transfer transform translate traverse trigger trim ' +
    'truncate try unbind undo uninstall unlock unmount unregister unsubscribe unwrap update upgrade ' +
    'upload use validate verify visit wait wake walk warn watch wrap write yield zip zoom',
);
/** Verbs that are nouns or adjectives as well: "the queue", "the open window". */
export const ALSO_NOUNS: ReadonlySet<string> = wordSet(
  'append advance approve archive attempt backup balance block boot broadcast buffer build bump cache ' +
    'call cast catch change charge check chunk clip clone commit copy count crop cut debug delay dial ' +
    'diff dispatch display divide download draw drop dump edit end escape estimate exchange exit expand ' +
    'export fail fill finish fire fit fix flip flush focus fold force fork format freeze grant group ' +
    'guard guess handle hash highlight import increase index insert install issue join jump kill launch ' +
    'lint list load lock log login lookup map mark match measure merge mount move mix name notice offset ' +
    'open order override pack pad parse pass patch pause pick ping pipe place play plot poll pop post ' +
    'present preview print process produce project promote prompt pull purge push query queue record ' +
    'redirect release reply report request reserve reset restore result resume retry return reverse ' +
    'rewrite rotate round route run sample scale scan schedule scroll seal search select serve set setup ' +
    'shift show shuffle shut sign skip sleep slice sort split stage start stop store stream strip sum ' +
    'suspend swap switch sync take test throttle throw toggle trace track train transfer transform ' +
    'trigger trim try update upgrade upload visit wait walk watch wrap yield zip zoom key value event ' +
    'entry state type user time date data line file page number text current live free clear clean close ' +
    'light',
);
/** Other first words of functions: `withTimeout`, `fromJson`, `newClient`. */
export const NAME_PREFIXES: ReadonlySet<string> = wordSet('new with on from to as into by for');
/** What ordinary phrases begin with: "too many voices". */
export const QUANTIFIERS: ReadonlySet<string> = wordSet(
  'too many much more most some all no few several every any one two three first last next best worst other same',
);
/** First words of conditions: verbs whose subject is the object that has them. */
export const CONDITION_VERBS: ReadonlySet<string> = wordSet(
  'is has can should was will are have does did needs supports allows accepts requires contains includes',
);
/** What sets a value: "set … to …". */
export const SETTING_VERBS: ReadonlySet<string> = wordSet('set sets setting change changes changing');
/** Values that are written as they are said. */
export const LITERALS: ReadonlySet<string> = wordSet('true false null none nil undefined');
/** Short forms that are ordinary words, too. */
export const ABBREVIATIONS: ReadonlySet<string> = wordSet(
  'id ids max min info int num init async config param params prop props util utils ref req res temp exec',
);
/** Words that English puts between a verb and its object; names leave them out. */
export const ARTICLES: ReadonlySet<string> = wordSet(
  'the a an this that his her its my your our their some any each every',
);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
