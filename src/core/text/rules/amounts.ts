import type { CompiledNumbers } from '../languages/compiled';
import type { CardinalReader, SpokenValue } from './cardinals';
import type { WordView } from './heard';

/** "one twenty eight" is 128, "twelve fifty" 1250; pairs with larger first halves are years. */
const LAST_HUNDREDS = 16;
const HUNDRED = 100;
/** What is said behind the hundreds has two digits: "one five" is no 105. */
const LEAST_REST = 10;
/** Words of an amount without its hundred: "two fifty", "one twenty eight". */
const LENGTHS = [2, 3];
const STARTS_WITH_DIGIT = /^\d/u;

/** Reads amounts whose word for a hundred is left out. */
export class AmountReader {
  constructor(
    private readonly view: WordView,
    private readonly numbers: CompiledNumbers,
    private readonly cardinals: CardinalReader,
  ) {}

  /** "by one twenty eight" → 128, "from two fifty to three twenty": only where an amount is meant. */
  short(index: number): SpokenValue | undefined {
    return this.isCued(index) ? this.amount(index) : undefined;
  }

  private isCued(index: number): boolean {
    const before = this.view.at(index - 1);
    if (before?.trail !== '') return false;
    const { amountCues, digitCues, timeJoins } = this.numbers;
    if (amountCues.has(before.key) || digitCues.has(before.key)) return true;
    return (
      timeJoins.has(before.key) &&
      LENGTHS.some((words) => {
        const start = index - 1 - words;
        return this.amount(start)?.words === words && this.isCued(start);
      })
    );
  }

  private amount(index: number): SpokenValue | undefined {
    const hundreds = this.cardinals.small(index);
    if (hundreds?.words !== 1 || hundreds.value < 1 || hundreds.value > LAST_HUNDREDS) return undefined;
    const rest = this.cardinals.small(index + 1);
    if (!rest || rest.value < LEAST_REST || rest.value >= HUNDRED) return undefined;
    const words = 1 + rest.words;
    if (!this.isSpokenTogether(index, words) || this.belongsToNext(index + words)) return undefined;
    return { value: hundreds.value * HUNDRED + rest.value, words };
  }

  /** In words, and without a pause between them. */
  private isSpokenTogether(index: number, words: number): boolean {
    const heard = Array.from({ length: words }, (_, offset) => this.view.at(index + offset));
    return heard.every(
      (word, at) => word && !STARTS_WITH_DIGIT.test(word.text) && (at === words - 1 || word.trail === ''),
    );
  }

  /** "two ten year plans", "one twenty first": the second number belongs to what follows. */
  private belongsToNext(after: number): boolean {
    if (this.view.at(after - 1)?.trail !== '') return false;
    const key = this.view.key(after);
    const { singularUnits, words } = this.numbers;
    return singularUnits.has(key) || Object.hasOwn(words.ordinals, key) || this.cardinals.multiplies(after);
  }
}
