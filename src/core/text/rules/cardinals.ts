import type { CompiledNumbers } from '../languages/compiled';
import type { WordView } from './heard';

/** A spoken number and how many words it took. */
export interface SpokenValue {
  readonly value: number;
  readonly words: number;
}

const DIGITS = /^\d{1,9}$/;
/** "tausend Dateien" are 1000, "Millionen Menschen" no certain number. */
const LARGEST_BARE = 1e3;

/** Reads cardinal numbers, spoken or in digits, out of heard words. */
export class CardinalReader {
  constructor(
    private readonly view: WordView,
    private readonly numbers: CompiledNumbers,
  ) {}

  /** Any whole number: "two hundred thousand and five". */
  integer(index: number): SpokenValue | undefined {
    const { scales, bareHundred } = this.numbers.words;
    let total = 0;
    let words = 0;
    let limit = Infinity;
    for (;;) {
      const group = this.group(index + words);
      const scaleWord = this.view.key(index + words + (group?.words ?? 0));
      const scale = Object.hasOwn(scales, scaleWord) ? scales[scaleWord]! : undefined;
      const isBare = bareHundred && scale !== undefined && scale <= LARGEST_BARE && words === 0;
      if (!group && !isBare) break;
      if (scale !== undefined && scale < limit) {
        total += (group?.value ?? 1) * scale;
        words += (group?.words ?? 0) + 1;
        limit = scale;
        // "two thousand and five": the word between says nothing, if a number follows.
        const and = this.numbers.words.and.includes(this.view.key(index + words)) ? 1 : 0;
        if (and === 1 && this.small(index + words + 1)) words++;
        continue;
      }
      if (group && group.value < limit) {
        total += group.value;
        words += group.words;
      }
      break;
    }
    return words === 0 ? undefined : { value: total, words };
  }

  /** A number below 1,000 (or "fifteen hundred"). */
  private group(index: number): SpokenValue | undefined {
    const { hundreds, hundred, bareHundred } = this.numbers.words;
    const key = this.view.key(index);
    let value: number;
    let words: number;
    if (Object.hasOwn(hundreds, key)) {
      [value, words] = [hundreds[key]!, 1];
    } else {
      const small = this.small(index);
      if (!small && !(bareHundred && hundred.includes(key))) return undefined;
      [value, words] = [small?.value ?? 1, small?.words ?? 0];
      if (!hundred.includes(this.view.key(index + words)) || value > 99) return { value, words };
      value *= 100;
      words++;
    }
    const and = this.numbers.words.and.includes(this.view.key(index + words)) ? 1 : 0;
    const rest = this.small(index + words + and);
    if (rest && rest.value < 100) return { value: value + rest.value, words: words + and + rest.words };
    return { value, words };
  }

  /** A number of one phrase: 0…99, digits as heard. */
  small(index: number): SpokenValue | undefined {
    const heard = this.view.at(index)?.text ?? '';
    if (DIGITS.test(heard)) return { value: Number(heard), words: 1 };
    const found = this.numbers.small.match(this.view, index);
    return found && { value: found.value, words: found.words };
  }

  /** True for a letter that is said for zero, "oh", and not in dismay: "oh no". Only meant between or after digits. */
  zeroLetter(index: number): boolean {
    const word = this.view.at(index);
    const { zeroLetters, notAfterZeroLetter } = this.numbers;
    if (!word || !zeroLetters.has(word.key)) return false;
    return word.trail !== '' || !notAfterZeroLetter.has(this.view.key(index + 1));
  }

  /** One digit: "four", and after the first one "oh". */
  digit(index: number, first: boolean): number | undefined {
    if (!first && this.zeroLetter(index)) return 0;
    const digit = this.small(index);
    return digit && digit.words === 1 && digit.value < 10 ? digit.value : undefined;
  }

  /** True if the word at `index` would change the value of a number before it. */
  multiplies(index: number): boolean {
    const key = this.view.key(index);
    const { hundred, scales } = this.numbers.words;
    return (
      hundred.includes(key) ||
      Object.hasOwn(scales, key) ||
      this.numbers.point.match(this.view, index) !== undefined
    );
  }
}
