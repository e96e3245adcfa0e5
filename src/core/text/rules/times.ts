import type { CompiledNumbers } from '../languages/compiled';
import { clockTime } from '../languages/numbers';
import type { CardinalReader, SpokenValue } from './cardinals';
import type { WordView } from './heard';

/** A time as it is written, and how many words it took. */
export interface SpokenTime {
  readonly text: string;
  readonly words: number;
}

/** An hour and a minute. */
interface BareTime extends SpokenTime {
  /** Times are said like this and amounts hardly ever: "three thirty", "nine oh five", "ten twenty". */
  readonly typical: boolean;
}

const DIGITS_FIRST = /^\d/u;
const HOURS = 24;
const MINUTES = 60;
/** Minutes below are said with a zero: "nine oh five". */
const TWO_DIGITS = 10;
/** "nineteen thirty" is a year unless a word such as "pm" says otherwise. */
const LAST_PLAIN_HOUR = 16;
const FIRST_LATE_HOUR = 21;
/** "three thirty" is a time of the day rather than 330; the other minutes may be any number. */
const QUARTER = 15;
/** Words before and behind a time in which something may speak for it; a sentence's end ends them sooner. */
const WORDS_BEFORE = 6;
const WORDS_BEHIND = 4;
const SENTENCE_END = /[.?!;:…]/u;
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
    if (!time || this.countsSomething(index + time.words)) return undefined;
    return this.isCued(index, time) || this.endsRange(index) ? time : undefined;
  }

  private bare(index: number): BareTime | undefined {
    const hour = this.hour(index);
    if (!hour || (hour.value > LAST_PLAIN_HOUR && hour.value < FIRST_LATE_HOUR)) return undefined;
    const minute = this.minute(index + hour.words);
    if (!minute || (minute.value < TWO_DIGITS && minute.words === 1)) return undefined;
    return {
      text: clockTime(hour.value, minute.value),
      words: hour.words + minute.words,
      typical: minute.value % QUARTER === 0 || minute.value < TWO_DIGITS || hour.value >= TWO_DIGITS,
    };
  }

  /** "at two fifty" is a time, "around two fifty" an amount unless something else speaks for a time. */
  private isCued(index: number, time: BareTime): boolean {
    const before = this.view.at(index - 1);
    if (before?.trail !== '') return false;
    if (this.numbers.timeCues.has(before.key)) return true;
    if (!this.numbers.weakTimeCues.has(before.key)) return false;
    const around = this.wordsAround(index, time.words);
    if (around.some((word) => this.numbers.timeEvidence.has(word))) return true;
    if (around.some((word) => this.numbers.changes.has(word))) return false;
    return time.typical || this.rangeEnd(index + time.words)?.typical === true;
  }

  /** "from three thirty to four fifteen": the second one. */
  private endsRange(index: number): boolean {
    const join = this.view.at(index - 1);
    if (join?.trail !== '' || !this.numbers.timeJoins.has(join.key)) return false;
    return TIME_LENGTHS.some((words) => {
      const start = index - 1 - words;
      const first = this.bare(start);
      return first?.words === words && this.isCued(start, first);
    });
  }

  /** What follows the first time of a range, if one does. */
  private rangeEnd(after: number): BareTime | undefined {
    const isJoined =
      this.view.at(after - 1)?.trail === '' && this.numbers.timeJoins.has(this.view.key(after));
    return isJoined ? this.bare(after + 1) : undefined;
  }

  /** The words of the sentence that stand near. */
  private wordsAround(index: number, words: number): readonly string[] {
    const near: string[] = [];
    for (let at = index - 1; at >= index - WORDS_BEFORE; at--) {
      const word = this.view.at(at);
      if (!word || SENTENCE_END.test(word.trail)) break;
      near.push(word.key);
    }
    for (let at = index + words; at < index + words + WORDS_BEHIND; at++) {
      const word = this.view.at(at);
      if (!word || SENTENCE_END.test(this.view.at(at - 1)?.trail ?? '')) break;
      near.push(word.key);
    }
    return near;
  }

  /** "at two fifty percent", "by one twenty million", "from two ten year plans", "after one twenty retries". */
  private countsSomething(after: number): boolean {
    const { percent, notAfterTime, words } = this.numbers;
    const key = this.view.key(after);
    return (
      this.cardinals.multiplies(after) ||
      percent.match(this.view, after) !== undefined ||
      Object.hasOwn(words.ordinals, key) ||
      notAfterTime.has(key) ||
      // A plural right behind it is what is counted.
      (this.view.at(after - 1)?.trail === '' && (words.plural?.test(key) ?? false))
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
