import type { CompiledNumbers } from '../languages/compiled';
import { AmountReader } from './amounts';
import { CardinalReader, type SpokenValue } from './cardinals';
import type { WordView } from './heard';
import { TimeReader } from './times';

/** Numbers as digits; see `numberAt`. */
interface Read {
  readonly text: string;
  readonly words: number;
}

/** Where a number was heard. */
export interface NumberPlace {
  readonly codeLike: boolean;
  /** A spoken symbol stands before it: "new line two" is not line 2. */
  readonly afterSymbol: boolean;
}

const STARTS_WITH_DIGIT = /^\d/u;
const DOTTED_DIGITS = /^\d+(?:\.\d+)+$/;
/** Fewer single digits in a row are separate numbers. */
const DIGIT_RUN = 3;
/** First halves of years: "eighteen…", "nineteen…", "twenty…", "twenty one hundred" is not one. */
const CENTURIES: ReadonlySet<number> = new Set([17, 18, 19, 20]);
const LARGE_SCALE = 1e6;

/**
 * The number that begins at `index`, written in digits: 42, 3.5, 1.2.3, 50%, 3:30 pm, 21st, 1984. In prose small plain
 * numbers stay words (`writtenBelow`). `undefined` if there is none, or if it is written in digits already.
 */
export function numberAt(
  view: WordView,
  index: number,
  numbers: CompiledNumbers,
  place: NumberPlace,
): Read | undefined {
  const reader = new NumberReader(view, numbers, place);
  const readings = [
    reader.time,
    reader.digitRun,
    reader.pair,
    reader.shortHundreds,
    reader.fraction,
    reader.plain,
  ];
  for (const read of readings) {
    const found = read.call(reader, index);
    if (found && isOneNumber(view, index, found.words)) return found;
  }
  return undefined;
}

/** A mark between two words parts them; what was heard as digits stays as it is. */
function isOneNumber(view: WordView, index: number, count: number): boolean {
  const heard = Array.from({ length: count }, (_, offset) => view.at(index + offset));
  if (heard.slice(0, -1).some((word) => word?.trail !== '')) return false;
  return heard.some((word) => !STARTS_WITH_DIGIT.test(word?.text ?? ''));
}

class NumberReader {
  private readonly cardinals: CardinalReader;
  private readonly times: TimeReader;
  private readonly amounts: AmountReader;

  constructor(
    private readonly view: WordView,
    private readonly numbers: CompiledNumbers,
    private readonly place: NumberPlace,
  ) {
    this.cardinals = new CardinalReader(view, numbers);
    this.times = new TimeReader(view, numbers, this.cardinals);
    this.amounts = new AmountReader(view, numbers, this.cardinals);
  }

  /** "three thirty pm" → 3:30 pm, in prose also "at three thirty". */
  time(index: number): Read | undefined {
    return this.times.withClock(index) ?? (this.place.codeLike ? undefined : this.times.cued(index));
  }

  /** "eight zero eight zero" → 8080, "four oh four" → 404, in code and after words such as "port". */
  digitRun(index: number): Read | undefined {
    let text = '';
    for (;;) {
      const digit = this.cardinals.digit(index + text.length, text === '');
      if (digit === undefined) break;
      text += digit;
    }
    if (text.length < DIGIT_RUN || this.cardinals.multiplies(index + text.length)) return undefined;
    return this.place.codeLike || this.cued(index) ? { text, words: text.length } : undefined;
  }

  /** "nineteen eighty four" → 1984, "port eighty eighty" → 8080. */
  pair(index: number): Read | undefined {
    if (!this.numbers.words.pairedYears) return undefined;
    const century = this.cardinals.small(index);
    if (!century || century.words !== 1 || century.value < 10) return undefined;
    if (!CENTURIES.has(century.value) && !this.cued(index)) return undefined;
    // "nineteen oh five"
    const unit = this.cardinals.zeroLetter(index + 1) ? this.cardinals.digit(index + 2, true) : undefined;
    if (unit) return { text: `${century.value}0${unit}`, words: 3 };
    const rest = this.cardinals.small(index + 1);
    if (!rest || rest.value < 10 || rest.value > 99 || this.cardinals.multiplies(index + 1 + rest.words))
      return undefined;
    return { text: `${century.value}${rest.value}`, words: 1 + rest.words };
  }

  /** "by one twenty eight" → 128, in prose. */
  shortHundreds(index: number): Read | undefined {
    if (this.place.codeLike || this.place.afterSymbol) return undefined;
    const amount = this.amounts.short(index);
    return amount && this.withPercent(index, { text: `${amount.value}`, words: amount.words });
  }

  /** Decimals and versions, with a percent sign if one was said. */
  fraction(index: number): Read | undefined {
    const dotted = DOTTED_DIGITS.test(this.view.at(index)?.text ?? '');
    const whole = dotted ? { text: this.view.at(index)!.text, words: 1 } : this.wholeText(index);
    if (!whole) return undefined;
    const parts = [whole.text];
    let { words } = whole;
    let mark: '.' | ',' | undefined = dotted ? '.' : undefined;
    for (;;) {
      const point = this.numbers.point.match(this.view, index + words);
      const part = point && this.fractionDigits(index + words + point.words);
      if (!point || !part || (mark !== undefined && mark !== point.value)) break;
      mark = point.value;
      parts.push(part.text);
      words += point.words + part.words;
    }
    // "eins Komma zwei Komma drei" is a list.
    if (mark === undefined || (mark === ',' && (parts.length > 2 || this.isListed(index)))) return undefined;
    return this.withPercent(index, { text: parts.join(this.place.codeLike ? '.' : mark), words });
  }

  /** Behind a number and a spoken comma. */
  private isListed(index: number): boolean {
    const isComma = this.numbers.point.match(this.view, index - 1)?.value === ',';
    return isComma && this.cardinals.small(index - 2) !== undefined;
  }

  /** Integers, ordinals, percentages. */
  plain(index: number): Read | undefined {
    const ordinal = this.ordinal(index);
    if (ordinal) return ordinal;
    const read = this.cardinals.integer(index);
    // "zwei Komma fünf tausend": the scale belongs to the number before it.
    if (!read || (this.isBareScale(index) && this.follows(index))) return undefined;
    const text = this.integerText(index, read);
    const percent = this.withPercent(index, { text, words: read.words });
    if (percent.words > read.words) return percent;
    const { writtenBelow } = this.numbers.words;
    const digits = this.place.codeLike || read.value >= writtenBelow || this.cued(index);
    return digits ? { text, words: read.words } : undefined;
  }

  private isBareScale(index: number): boolean {
    return this.cardinals.small(index) === undefined && this.cardinals.multiplies(index);
  }

  private follows(index: number): boolean {
    const isSaid = this.view.at(index - 1)?.trail === '';
    return isSaid && this.cardinals.small(index - 1) !== undefined;
  }

  private ordinal(index: number): Read | undefined {
    const tens = this.cardinals.small(index);
    if (!tens || tens.value < 20 || tens.value > 90 || tens.value % 10 !== 0) return undefined;
    const last = this.numbers.words.ordinals[this.view.key(index + tens.words)];
    if (last === undefined) return undefined;
    const suffix = ['th', 'st', 'nd', 'rd'][last] ?? 'th';
    return { text: `${tens.value + last}${suffix}`, words: tens.words + 1 };
  }

  /** After a point: single digits one by one ("oh" is one), or one number. */
  private fractionDigits(index: number): Read | undefined {
    let text = '';
    for (;;) {
      const digit = this.cardinals.digit(index + text.length, false);
      if (digit === undefined) break;
      text += digit;
    }
    if (text !== '') return { text, words: text.length };
    const number = this.cardinals.small(index);
    return number && { text: `${number.value}`, words: number.words };
  }

  private withPercent(index: number, read: Read): Read {
    const { percent, words } = this.numbers;
    const found = percent.match(this.view, index + read.words);
    if (!found) return read;
    const sign = this.place.codeLike ? '%' : words.percentSign;
    return { text: read.text + sign, words: read.words + found.words };
  }

  private wholeText(index: number): Read | undefined {
    const whole = this.cardinals.integer(index);
    return whole && { text: `${whole.value}`, words: whole.words };
  }

  /** "two million" stays that in prose. */
  private integerText(index: number, read: SpokenValue): string {
    const scale = this.view.key(index + read.words - 1);
    const factor = this.numbers.words.scales[scale] ?? 0;
    const large = factor >= LARGE_SCALE && !this.place.codeLike && read.value % factor === 0;
    const word = this.view.at(index + read.words - 1)?.text ?? '';
    return large ? `${read.value / factor} ${word}` : `${read.value}`;
  }

  private cued(index: number): boolean {
    if (this.place.afterSymbol) return false;
    const before = this.view.at(index - 1);
    return before !== undefined && before.trail === '' && this.numbers.digitCues.has(before.key);
  }
}
