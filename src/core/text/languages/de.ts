import { clockTime, counted } from './numbers';
import type { LanguageTable, NumberWords } from './types';

const UNITS = counted('null eins zwei drei vier fünf sechs sieben acht neun', 0);
const TEENS = counted('zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn', 10);
const TENS = counted('zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig', 2);

/** 0…99; German writes them as one word, units before tens. */
function below100(): readonly (readonly [string, number])[] {
  const compound = TENS.flatMap(([ten, value]) => [
    [ten, value * 10] as const,
    ...UNITS.slice(1).map(
      ([unit, one]) => [`${unit === 'eins' ? 'ein' : unit}und${ten}`, value * 10 + one] as const,
    ),
  ]);
  return [...UNITS, ...TEENS, ...compound];
}

/** 100…999, also one word: "zweihundertfünfzig". */
function below1000(): readonly (readonly [string, number])[] {
  const small = below100();
  const prefixes = [
    ...UNITS.slice(2).map(([unit, one]) => [`${unit}hundert`, one * 100] as const),
    ['einhundert', 100] as const,
    ['hundert', 100] as const,
  ];
  const hundreds = prefixes.flatMap(([prefix, value]) => [
    [prefix, value] as const,
    ...small.slice(1).map(([word, rest]) => [prefix + word, value + rest] as const),
  ]);
  return [...small, ...hundreds].flatMap(([word, value]) =>
    word.includes('ß')
      ? [[word, value] as const, [word.replaceAll('ß', 'ss'), value] as const]
      : [[word, value] as const],
  );
}

const NUMBERS: NumberWords = {
  small: new Map(below1000()),
  hundreds: {},
  hundred: [],
  scales: { tausend: 1e3, million: 1e6, millionen: 1e6, milliarde: 1e9, milliarden: 1e9 },
  and: [],
  point: { komma: ',', punkt: '.' },
  percent: ['prozent'],
  percentSign: ' %',
  ordinals: {},
  clock: { uhr: (hour, minute) => `${clockTime(hour, minute)} Uhr` },
  minutesAfterClock: true,
  bareHundred: true,
  pairedYears: false,
  digitCues: 'port nummer code zeile fehler version status',
  writtenBelow: 13,
};

/** German, the basics. */
export const GERMAN: LanguageTable = {
  code: 'de',
  symbols: {
    comma: { plain: ['komma', 'beistrich'] },
    period: {
      edge: ['punkt'],
      notAfter: 'wichtiger erster zweiter dritter springender letzter nächster guter',
    },
    dot: { name: ['punkt'] },
    colon: { plain: ['doppelpunkt'] },
    semicolon: { plain: ['semikolon', 'strichpunkt'] },
    question: { plain: ['fragezeichen'] },
    exclamation: { plain: ['ausrufezeichen', 'rufzeichen'] },
    openParen: { opener: ['klammer auf', 'runde klammer auf'] },
    closeParen: { opener: ['klammer zu', 'runde klammer zu'] },
    openBracket: { opener: ['eckige klammer auf'] },
    closeBracket: { opener: ['eckige klammer zu'] },
    openBrace: { opener: ['geschweifte klammer auf', 'geschwungene klammer auf'] },
    closeBrace: { opener: ['geschweifte klammer zu', 'geschwungene klammer zu'] },
    openAngle: { opener: ['spitze klammer auf'] },
    closeAngle: { opener: ['spitze klammer zu'] },
    quote: { plain: ['anführungszeichen'] },
    openQuote: { opener: ['anführungszeichen auf', 'anführungszeichen unten'] },
    closeQuote: { opener: ['anführungszeichen zu', 'anführungszeichen oben'] },
    singleQuote: { plain: ['einfaches anführungszeichen'] },
    apostrophe: { plain: ['apostroph', 'hochkomma'] },
    backtick: { opener: ['backtick', 'back tick'] },
    underscore: { plain: ['unterstrich'] },
    hyphen: { plain: ['bindestrich'] },
    dash: { plain: ['gedankenstrich'], code: ['strich'] },
    minus: { near: ['minus'] },
    slash: { plain: ['schrägstrich', 'slash'] },
    backslash: { plain: ['backslash', 'umgekehrter schrägstrich'] },
    pipe: { plain: ['senkrechter strich'], near: ['pipe'] },
    ampersand: { plain: ['et zeichen', 'kaufmännisches und'] },
    at: { plain: ['at zeichen', 'klammeraffe'] },
    hash: { plain: ['rautezeichen'], near: ['raute'] },
    dollar: { plain: ['dollarzeichen'], code: ['dollar'] },
    percent: { plain: ['prozentzeichen'], code: ['prozent'] },
    caret: { plain: ['zirkumflex'] },
    tilde: { plain: ['tilde'] },
    star: { plain: ['sternchen'], near: ['stern'] },
    plus: { plain: ['pluszeichen'], near: ['plus'] },
    equals: { plain: ['gleichheitszeichen'], near: ['gleich'] },
    doubleEquals: { code: ['doppelt gleich', 'gleich gleich'] },
    arrow: { near: ['pfeil'] },
    fatArrow: { plain: ['dicker pfeil', 'doppelpfeil'] },
    ellipsis: { plain: ['punkt punkt punkt', 'auslassungspunkte'] },
    newLine: { opener: ['neue zeile'] },
    newParagraph: { opener: ['neuer absatz'] },
    tab: { near: ['tabulator'] },
    space: { near: ['leerzeichen'] },
  },
  nounBefore:
    'der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem jeder jedes jeden kein keine ' +
    'keinen mein sein ihr unser im am vom zum zur beim mit ohne nach vor von durch und oder fehlende fehlendes fehlender ' +
    'letztes letzter letzte welches',
  openerBefore: 'der die das den dem ein eine einen einer diese dieser jede keine fehlende',
  nounAfter: 'getrennt getrennte getrennten taste tasten zeichen',
  formatters: {
    camel: { sure: ['camel case', 'camelcase'], short: ['camel'] },
    pascal: { sure: ['pascal case', 'pascalcase'], short: ['pascal'] },
    snake: { sure: ['snake case', 'snakecase'], short: ['snake'] },
    kebab: { sure: ['kebab case', 'kebabcase'], short: ['kebab'] },
    constant: { sure: ['konstante case'], short: ['konstante'] },
    upper: { sure: ['alles groß', 'alles gross'] },
    lower: { sure: ['alles klein'] },
  },
  formatterNotAfter: 'in im der die das ein eine mit und oder als von zu ist',
  formatterNotBefore: 'ist sind und oder für als namen statt wird',
  sentenceOpeners: 'der die das es er sie wir ich dann danach aber jetzt bitte dies diese wenn',
  over: ['ende'],
  capital: ['groß', 'gross'],
  capitalNotBefore: 'und genug ist wie als war sind wird werden',
  noSpace: ['kein leerzeichen', 'ohne leerzeichen'],
  noSpaceNotAfter: 'ist war hat haben gibt mit braucht',
  noSpaceNotBefore: 'mehr für auf in zwischen vor nach',
  spell: ['buchstabiere'],
  escape: { sure: ['wörtlich'] },
  letters: Object.fromEntries(
    'anton berta cäsar dora emil friedrich gustav heinrich ida julius kaufmann ludwig martha nordpol otto paula quelle richard samuel theodor ulrich viktor wilhelm xanthippe ypsilon zacharias'
      .split(' ')
      .map((word, index) => [word, String.fromCharCode(97 + index)]),
  ),
  fillers: ['äh', 'ähm', 'öh', 'öhm', 'hm'],
  repeatable:
    'der die das den dem ein eine und oder in im an auf zu mit von für ist sind ich wir er es dass wenn',
  functionWords:
    'der die das den dem des ein eine einen einem einer und oder aber wenn dann weil dass ob als wie wo was wer in im an am ' +
    'auf aus bei mit nach von vom zu zum zur für durch ohne um ist sind war waren wird werden wurde es er sie wir ich ihr ' +
    'man nicht kein keine auch nur noch schon sehr hier dort so',
  alwaysCapital: '',
  terms: { 'c plus plus': 'C++', 'c sharp': 'C#' },
  numbers: NUMBERS,
};
