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
  point: ['point', 'dot'],
  decimalMark: '.',
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
  timeCues: 'at by until till before from since around after between',
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
