import type { CompiledNumbers } from '../languages/compiled';
import { clockTime } from '../languages/numbers';
import type { CardinalReader, SpokenValue } from './cardinals';
import type { WordView } from './heard';

/** A time as it is written, and how many words it took. */
export interface SpokenTime {
  readonly text: string;
  readonly words: number;
}

const DIGITS_FIRST = /^\d/u;
const HOURS = 24;
const MINUTES = 60;
/** Minutes below are said with a zero: "nine oh five". */
const TWO_DIGITS = 10;
/** "nineteen thirty" is a year unless a word such as "pm" says otherwise. */
const LAST_PLAIN_HOUR = 16;
const FIRST_LATE_HOUR = 21;
/** An hour and a minute: "three thirty", "nine oh five". */
const TIME_LENGTHS = [2, 3];

/** Reads times of the day out of heard words. */
export class TimeReader {
  constructor(
    private readonly view: WordView,
    private readonly numbers: CompiledNumbers,
    private readonly cardinals: CardinalReader,
  ) {}

  /** "three thirty pm" → 3:30 pm; "nine oh five am" → 9:05 am. */
  withClock(index: number): SpokenTime | undefined {
    const { clock, minutesAfterClock } = this.numbers.words;
    const hour = this.hour(index);
    // "5 PM" is written already.
    if (!hour || DIGITS_FIRST.test(this.view.at(index)?.text ?? '')) return undefined;
    let { words } = hour;
    let minute = this.minute(index + words);
    words += minute?.words ?? 0;
    const write = clock[this.view.key(index + words)];
    if (!write) return undefined;
    words++;
    if (minutesAfterClock && !minute) {
      minute = this.minute(index + words);
      words += minute?.words ?? 0;
    }
    return { text: write(hour.value, minute?.value), words };
  }

  /** "at three thirty", "from nine oh five to ten thirty": hour and minute, where only a time is meant. */
  cued(index: number): SpokenTime | undefined {
    const time = this.bare(index);
    return time && this.isCued(index) && !this.countsSomething(index + time.words) ? time : undefined;
  }

  private bare(index: number): SpokenTime | undefined {
    const hour = this.hour(index);
    if (!hour || (hour.value > LAST_PLAIN_HOUR && hour.value < FIRST_LATE_HOUR)) return undefined;
    const minute = this.minute(index + hour.words);
    if (!minute || (minute.value < TWO_DIGITS && minute.words === 1)) return undefined;
    return { text: clockTime(hour.value, minute.value), words: hour.words + minute.words };
  }

  private isCued(index: number): boolean {
    const before = this.view.at(index - 1);
    if (before?.trail !== '') return false;
    const { timeCues, timeJoins } = this.numbers;
    if (timeCues.has(before.key)) return true;
    // "from three thirty to four fifteen"
    return (
      timeJoins.has(before.key) &&
      TIME_LENGTHS.some((words) => {
        const start = index - 1 - words;
        return this.bare(start)?.words === words && timeCues.has(this.view.key(start - 1));
      })
    );
  }

  /** "at two fifty percent", "by one twenty million", "from two ten year plans". */
  private countsSomething(after: number): boolean {
    const { percent, notAfterTime, words } = this.numbers;
    const key = this.view.key(after);
    return (
      this.cardinals.multiplies(after) ||
      percent.match(this.view, after) !== undefined ||
      Object.hasOwn(words.ordinals, key) ||
      notAfterTime.has(key)
    );
  }

  private hour(index: number): SpokenValue | undefined {
    const hour = this.cardinals.small(index);
    return hour && hour.value <= HOURS ? hour : undefined;
  }

  private minute(index: number): SpokenValue | undefined {
    const zero = this.cardinals.zeroLetter(index) ? 1 : 0;
    const minute = this.cardinals.small(index + zero);
    if (!minute || minute.value >= MINUTES) return undefined;
    if (zero === 0) return minute;
    const isDigit = minute.words === 1 && minute.value > 0 && minute.value < TWO_DIGITS;
    return isDigit ? { value: minute.value, words: 2 } : undefined;
  }
}
