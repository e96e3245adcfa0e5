import { clockTime, counted, tensAndUnits } from './numbers';
import type { LanguageTable, NumberWords } from './types';

const UNITS = counted('un deux trois quatre cinq six sept huit neuf', 1);
const TEENS = counted('dix onze douze treize quatorze quinze seize', 10);
/** 17…19 are spoken as ten and a unit. */
const LATE_TEENS = counted('sept huit neuf', 17).map(([unit, value]) => [`dix ${unit}`, value] as const);
const TENS = counted('vingt trente quarante cinquante soixante', 2).map(
  ([word, ten]) => [word, ten * 10] as const,
);
const pair = (ten: string, unit: string): string => (unit === 'un' ? `${ten} et un` : `${ten} ${unit}`);
/** 70…79 and 90…99 count on from 60 and 80. */
const COUNTED_ON = [...TEENS, ...LATE_TEENS].flatMap(([word, value]) => [
  [value === 11 ? 'soixante et onze' : `soixante ${word}`, 60 + value] as const,
  [`quatre vingt ${word}`, 80 + value] as const,
]);

const NUMBERS: NumberWords = {
  small: new Map([
    ['zéro', 0],
    ...UNITS,
    ...TEENS,
    ...LATE_TEENS,
    ...tensAndUnits(TENS, UNITS, pair),
    ...tensAndUnits([['quatre vingt', 80]], UNITS, (ten, unit) => `${ten} ${unit}`),
    ['quatre vingts', 80],
    ...COUNTED_ON,
  ]),
  hundreds: {},
  hundred: ['cent', 'cents'],
  scales: { mille: 1e3, million: 1e6, millions: 1e6, milliard: 1e9, milliards: 1e9 },
  and: [],
  point: { virgule: ',', point: '.' },
  percent: ['pour cent', 'pourcent'],
  percentSign: ' %',
  ordinals: {},
  clock: {
    heure: (hour, minute) => `${clockTime(hour, minute, ' h ')}${minute === undefined ? ' h' : ''}`,
    heures: (hour, minute) => `${clockTime(hour, minute, ' h ')}${minute === undefined ? ' h' : ''}`,
  },
  minutesAfterClock: true,
  bareHundred: true,
  pairedYears: false,
  digitCues: 'port numéro code ligne erreur version statut',
  writtenBelow: 10,
};

/** French, the basics. */
export const FRENCH: LanguageTable = {
  code: 'fr',
  symbols: {
    comma: { plain: ['virgule'] },
    period: {
      edge: ['point'],
      plain: ['point final'],
      notAfter: 'bon premier deuxième dernier même quel tel certain',
    },
    dot: { name: ['point'] },
    colon: { plain: ['deux points'], notAfter: 'marqué gagné perdu ces les mes' },
    semicolon: { plain: ['point virgule'] },
    question: { plain: ["point d'interrogation"] },
    exclamation: { plain: ["point d'exclamation"] },
    openParen: {
      opener: ['ouvrez la parenthèse', 'parenthèse ouvrante', 'ouvrir parenthèse', 'ouvre parenthèse'],
    },
    closeParen: {
      opener: ['fermez la parenthèse', 'parenthèse fermante', 'fermer parenthèse', 'ferme parenthèse'],
    },
    openBracket: { opener: ['crochet ouvrant', 'ouvrir crochet'] },
    closeBracket: { opener: ['crochet fermant', 'fermer crochet'] },
    openBrace: { opener: ['accolade ouvrante', 'ouvrir accolade'] },
    closeBrace: { opener: ['accolade fermante', 'fermer accolade'] },
    openAngle: { opener: ['chevron ouvrant'] },
    closeAngle: { opener: ['chevron fermant'] },
    quote: { plain: ['guillemet'] },
    openQuote: { opener: ['ouvrez les guillemets', 'ouvrir guillemets', 'guillemet ouvrant'] },
    closeQuote: { opener: ['fermez les guillemets', 'fermer guillemets', 'guillemet fermant'] },
    apostrophe: { plain: ['apostrophe'] },
    backtick: { opener: ['accent grave'] },
    underscore: { plain: ['tiret bas', 'souligné'] },
    hyphen: { plain: ["trait d'union"] },
    dash: { plain: ['tiret'] },
    minus: { near: ['moins'] },
    slash: { plain: ['slash', 'barre oblique'] },
    backslash: { plain: ['antislash', 'barre oblique inversée'] },
    pipe: { plain: ['barre verticale'] },
    ampersand: { plain: ['esperluette', 'et commercial'] },
    at: { plain: ['arobase'] },
    hash: { plain: ['dièse', 'croisillon'] },
    dollar: { plain: ['signe dollar'], code: ['dollar'] },
    percent: { code: ['pourcent', 'modulo'] },
    caret: { plain: ['accent circonflexe'] },
    tilde: { plain: ['tilde'] },
    star: { plain: ['astérisque'], near: ['étoile'] },
    plus: { code: ['plus'] },
    equals: { near: ['égale', 'égal'] },
    doubleEquals: { code: ['double égal', 'égal égal'] },
    arrow: { near: ['flèche'] },
    fatArrow: { plain: ['grosse flèche', 'double flèche'] },
    ellipsis: { plain: ['points de suspension'] },
    newLine: { opener: ['nouvelle ligne', 'à la ligne', 'retour à la ligne'] },
    newParagraph: { opener: ['nouveau paragraphe'] },
    tab: { near: ['tabulation'] },
    space: { near: ['espace'] },
  },
  nounBefore:
    'le la les un une des du de ce cet cette ces chaque mon ma son sa notre votre leur au aux avec sans par et ou quelle quel ' +
    'en sur entre après avant',
  openerBefore: 'le la les un une ce cette chaque',
  nounAfter: 'de du des séparé séparée séparées',
  formatters: {
    camel: { sure: ['camel case', 'camelcase', 'casse chameau'], short: ['camel'] },
    pascal: { sure: ['pascal case', 'pascalcase'], short: ['pascal'] },
    snake: { sure: ['snake case', 'snakecase'], short: ['snake'] },
    kebab: { sure: ['kebab case', 'kebabcase'], short: ['kebab'] },
    constant: { sure: ['constante case'], short: ['constante'] },
    upper: { sure: ['tout en majuscules', 'tout majuscule'] },
    lower: { sure: ['tout en minuscules', 'tout minuscule'] },
  },
  formatterNotAfter: 'en le la les un une de du et ou avec comme est',
  formatterNotBefore: 'est sont et ou pour comme',
  sentenceOpeners: "le la les il elle on nous vous je ce cela ensuite puis mais maintenant si c'est",
  over: ['terminé'],
  capital: ['majuscule'],
  capitalNotBefore: 'et est ou au de',
  noSpace: ['sans espace', "pas d'espace"],
  noSpaceNotAfter: 'est a avoir y reste prend',
  noSpaceNotBefore: 'pour sur dans entre avant après libre',
  spell: ['épelle', 'épeler'],
  escape: { sure: ['littéral'], short: ['mot'] },
  letters: {},
  fillers: ['euh', 'heu', 'hum'],
  repeatable: 'le la les un une de du des à au et ou en est il elle je on ce se que qui dans pour avec',
  functionWords:
    'le la les un une des de du à au aux et ou mais si alors donc car que qui quoi dont où dans en sur sous pour par avec sans ' +
    'ce cet cette ces il elle on nous vous ils elles je se est sont était ne pas plus aussi très ici là comme quand',
  alwaysCapital: '',
  terms: { 'c plus plus': 'C++' },
  numbers: NUMBERS,
};
