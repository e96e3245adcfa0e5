import { clockTime, counted, tensAndUnits } from './numbers';
import type { NumberWords } from './types';

const UNITS = counted('one two three four five six seven eight nine', 1);
const TEENS = counted('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 10);
const TENS = counted('twenty thirty forty fifty sixty seventy eighty ninety', 2).map(
  ([word, ten]) => [word, ten * 10] as const,
);

/** English numbers and times. */
export const ENGLISH_NUMBERS: NumberWords = {
  small: new Map([
    ['zero', 0],
    ...UNITS,
    ...TEENS,
    ...tensAndUnits(TENS, UNITS, (ten, unit) => `${ten} ${unit}`),
  ]),
  hundreds: {},
  hundred: ['hundred'],
  scales: { thousand: 1e3, million: 1e6, billion: 1e9 },
  and: ['and'],
  point: { point: '.', dot: '.' },
  percent: ['percent', 'per cent'],
  percentSign: '%',
  ordinals: Object.fromEntries([...counted('first second third fourth fifth sixth seventh eighth ninth', 1)]),
  clock: {
    am: (hour, minute) => `${clockTime(hour, minute)} am`,
    pm: (hour, minute) => `${clockTime(hour, minute)} pm`,
    'a.m': (hour, minute) => `${clockTime(hour, minute)} a.m.`,
    'p.m': (hour, minute) => `${clockTime(hour, minute)} p.m.`,
    "o'clock": (hour, minute) => (minute === undefined ? `${hour} o'clock` : clockTime(hour, minute)),
  },
  minutesAfterClock: false,
  timeCues: 'at until till since',
  weakTimeCues: 'by before after from between around about',
  timeEvidence:
    "am pm a.m p.m o'clock today tonight tomorrow yesterday noon midnight morning afternoon evening night daily sharp monday " +
    'tuesday wednesday thursday friday saturday sunday meet meets meeting meetings appointment lunch dinner breakfast train ' +
    'flight bus arrive arrives arrived deadline due ran',
  changes:
    'divide divides divided dividing multiply multiplies multiplied multiplying scale scales scaled increase increases ' +
    'increased increasing decrease decreases decreased decreasing reduce reduces reduced reducing grow grows grew grown ' +
    'growing shrink shrinks shrank raise raises raised lower lowers lowered drop drops dropped bump bumps bumped shift shifts ' +
    'shifted change changes changed went fell rose times plus minus modulo',
  amountCues:
    'by before after from between around about at to of than over under above below nearly almost roughly exactly ' +
    'approximately times plus minus',
  singularUnits:
    'second minute hour day night week month quarter year decade dollar euro pound cent degree mile meter kilometer byte bit ' +
    'kilobyte megabyte gigabyte pixel point page line word foot inch watt volt person character',
  // "always" and "does" count nothing.
  plural: /^(?!(?:always|sometimes|perhaps|does|goes)$).*[^aius']s$/u,
  timeJoins: 'to and or until till',
  notAfterTime:
    'second seconds minute minutes hour hours day days week weeks month months year years dollar dollars euro euros pound ' +
    'pounds cent cents degree degrees mile miles meter meters kilometer kilometers byte bytes kilobytes megabytes ' +
    'gigabytes milliseconds pixel pixels point points times people files lines tests users inch inches foot feet',
  zeroLetters: 'oh o',
  notAfterZeroLetter:
    'no well my yes yeah yep god gosh dear boy man wait sorry right okay ok really come hey please sure never and but i',
  bareHundred: false,
  pairedYears: true,
  digitCues:
    'port number code extension pin room error status http line issue version release build ticket bug pr',
  writtenBelow: 10,
};
