import { ENGLISH_NUMBERS } from './en-numbers';
import { ENGLISH_SYMBOLS } from './en-symbols';
import type { LanguageTable } from './types';

const TALON_LETTERS =
  'air bat cap drum each fine gust harp sit jury crunch look made near odd pit quench red sun trap urge vest whale plex yank zip';

/** Talon's alphabet and NATO's. */
const LETTERS: Readonly<Record<string, string>> = Object.fromEntries([
  ...TALON_LETTERS.split(' ').map((word, index) => [word, String.fromCharCode(97 + index)]),
  ...'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu'
    .split(' ')
    .map((word, index) => [word, String.fromCharCode(97 + index)]),
  ['alfa', 'a'],
  ['juliett', 'j'],
  // A compound is heard as two words.
  ['x ray', 'x'],
  ['whisky', 'w'],
  // Names of letters as a recogniser writes them.
  ...Object.entries({
    bee: 'b',
    cee: 'c',
    dee: 'd',
    gee: 'g',
    jay: 'j',
    kay: 'k',
    el: 'l',
    em: 'm',
    en: 'n',
    pee: 'p',
    cue: 'q',
    queue: 'q',
    ess: 's',
    tee: 't',
    vee: 'v',
    ex: 'x',
    zee: 'z',
    zed: 'z',
  }),
]);

/** English, complete. Word lists are blank-separated; extend them here and add cases to the corpus. */
export const ENGLISH: LanguageTable = {
  code: 'en',
  symbols: ENGLISH_SYMBOLS,
  nounBefore:
    'a an the this that these those each every any some no another my your his her its our their which what ' +
    'single double triple extra missing trailing leading final last next previous stray literal oxford serial ' +
    'of by with without between after before into as like use uses using used add adds adding added insert ' +
    'inserts press presses pressing pressed type types typing typed hit hits put puts called named remove removes ' +
    'removing removed replace replaces delete deletes escape escapes escaping is are was be word character symbol key ' +
    'optional forget forgot need needs semantic',
  openerBefore:
    'a an the this that each every any no another my your his her its our their missing extra unmatched matching stray trailing leading ' +
    'single double literal press pressing type typing typed hit add adding insert inserting inserts called forgot after before',
  notAdjectives:
    'string strings thing nothing something anything everything setting warning heading meaning building beginning ending ' +
    'mapping binding encoding padding parsing spacing listing pricing ring king spring wing morning evening meeting feeling ' +
    'being thinking bug seed feed need speed bed embed shed variable table executable cable library binary dictionary ' +
    'boundary summary glossary salary secretary archive directive drive objective alternative primitive terminal interval ' +
    'proposal manual journal portal total deal modal literal approval retrieval arrival removal animal hospital goal topic ' +
    'logic metric mic traffic music fabric clinic fix basic',
  indefinite: 'a an another each every',
  units: 'second minute hour day night week month quarter year decade century',
  nounAfter:
    'of separated delimited character characters key keys symbol symbols sign signs operator operators mark marks ' +
    'button command commands notation prefix suffix',
  formatters: {
    camel: { sure: ['camel case', 'camelcase'], short: ['camel'] },
    pascal: { sure: ['pascal case', 'pascalcase', 'hammer case'], short: ['hammer', 'pascal'] },
    snake: { sure: ['snake case', 'snakecase'], short: ['snake'] },
    kebab: { sure: ['kebab case', 'kebabcase', 'dash case'], short: ['kebab'] },
    constant: { sure: ['constant case', 'screaming snake case', 'upper snake case'], short: ['constant'] },
    dotted: { sure: ['dotted case', 'dot case'], short: ['dotted'], named: ['dots'] },
    slashed: { sure: ['slash case', 'path case'], short: ['conga'], named: ['slash', 'slashes'] },
    absolute: { sure: [], short: ['slasher'] },
    packed: { sure: ['packed case'], short: ['packed'] },
    dunder: { sure: ['dunder case'], short: ['dunder'] },
    smash: { sure: ['smash case', 'flat case'], short: ['smash'] },
    // A variable is often called "title".
    title: { sure: ['title case'], named: ['title'] },
    sentence: { sure: ['sentence case'], named: ['sentence'] },
    upper: { sure: ['all caps', 'upper case', 'uppercase'], short: ['all cap'], named: ['upper', 'caps'] },
    lower: {
      sure: ['all lower', 'no caps', 'lower case', 'lowercase', 'all lowercase'],
      short: ['all down'],
      named: ['lower'],
    },
  },
  formatterNotAfter:
    'a an the this that in to into of with by not no and or as use uses using used prefer prefers like is are be ' +
    'from for both between either called convert write writes written want wants expects require requires my your our their',
  formatterNotBefore:
    'is are was for and or to in as names name naming identifier identifiers variable variables convention conventions ' +
    'style styles only letter letters property properties key keys string strings instead everywhere here because ' +
    'but if when while which that versus vs throughout function functions',
  sentenceOpeners:
    'the then it this we i you they he she there these those if when so but now please also next however our my your let ' +
    "its it's we'll i'll that's don't do make run check see use",
  over: ['over'],
  capital: ['cap', 'capital', 'proud'],
  capitalNotBefore:
    'of is are was on the a an and or for to at in that this letter letters gains expenditure city punishment table ' +
    'space theorem rate rates limit limits it',
  noSpace: ['no space'],
  noSpaceNotAfter: 'is was be are with has have had there takes use leaves',
  noSpaceNotBefore: 'left for on in between before after at is to available remaining and or here',
  spell: ['spell', 'spell that', 'spell out'],
  escape: { sure: ['literal', 'literally the word', 'the literal word'], short: ['escape'] },
  escapeNotAfter:
    'a an the this that each every any no is are was as string object array template number numeric regex regexp function ' +
    'integer float char character boolean byte date hex octal binary tagged',
  letters: LETTERS,
  wordLetters: TALON_LETTERS,
  fillers: ['um', 'uh', 'uhm', 'umm', 'uhh', 'erm', 'mhm', 'hmm'],
  repeatable:
    'the a an to of in on at for with and or but is are was were i we he she they it this my your our their if as by from when then can will be',
  functionWords:
    'a an the this that these those and or but if then else when while where which who what how why of to in on at for ' +
    'with without by from into as is are was were be been it its we you they he she his her our your their my there ' +
    'here not no so do does did can could will would should must may might have has had also just only all any some each',
  alwaysCapital:
    "i i'm i'll i'd i've monday tuesday wednesday thursday friday saturday sunday january february april june july " +
    'august september october november december english german french spanish',
  terms: {
    'c plus plus': 'C++',
    'c sharp': 'C#',
    'f sharp': 'F#',
    'objective c': 'Objective-C',
    'dot net': '.NET',
    'node js': 'Node.js',
    'node dot js': 'Node.js',
    'next dot js': 'Next.js',
    'vue dot js': 'Vue.js',
    'vs code': 'VS Code',
    'dot env': '.env',
    'dot git ignore': '.gitignore',
    'dot gitignore': '.gitignore',
    'and slash or': 'and/or',
    'he slash she': 'he/she',
    'his slash her': 'his/her',
    'java script': 'JavaScript',
    'git hub': 'GitHub',
    'git lab': 'GitLab',
    'o auth': 'OAuth',
    'web socket': 'WebSocket',
    'web sockets': 'WebSockets',
    'i o s': 'iOS',
    'mac os': 'macOS',
    'post gres': 'Postgres',
    'read me dot md': 'README.md',
    'readme dot md': 'README.md',
    'todo colon': 'TODO:',
    'fix me colon': 'FIXME:',
    'fixme colon': 'FIXME:',
  },
  numbers: ENGLISH_NUMBERS,
};
