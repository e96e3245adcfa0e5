import type { StoredModel } from '../ports';
import type { StrategyName } from '../session/strategies/names';
import { KEEPS_UP_MS } from './recommend';

/** A model of the catalogue. */
export type CatalogModel = Pick<StoredModel, 'name' | 'roles' | 'bytes' | 'languages'>;

/** A dictation whose confirming model is too slow. */
export interface SlowDictation {
  /** Names and sizes of the files in use. */
  readonly fast: Pick<StoredModel, 'name' | 'bytes'>;
  readonly heavy: Pick<StoredModel, 'name' | 'bytes'>;
  readonly strategy: StrategyName;
  /** Whisper code or `auto`. */
  readonly language: string;
  /** What can be had. */
  readonly models: readonly CatalogModel[];
}

/** What a weight takes in a file, bytes: ggml's blocks of 32 weights have 34, 24, 22, 20 and 18 bytes; f16 has 2 each. */
const BYTES_PER_WEIGHT: Readonly<Record<string, number>> = {
  q8_0: 34 / 32,
  q5_1: 24 / 32,
  q5_0: 22 / 32,
  q4_1: 20 / 32,
  q4_0: 18 / 32,
};
const F16_BYTES = 2;
/** Models of one size differ by the few weights of the languages. */
const SAME_SIZE = 1.1;

/**
 * What to do about a confirming model that is slower than speech: the strongest smaller model that would keep up, by
 * what the present one was measured at. Pure.
 * @param msPerSecond what the present one takes for a second of audio, ms
 */
export function slowAdvice(dictation: SlowDictation, msPerSecond: number): string {
  const model = smallerModel(dictation, msPerSecond);
  if (model) return `Choose a smaller confirming model: ${model.name} would keep up.`;
  return dictation.strategy === 'single'
    ? 'No smaller model would keep up: close other programs, or make pauses while you speak.'
    : 'No smaller confirming model would keep up: close other programs, or set the strategy to "single" and choose the fast model for it.';
}

/** The strongest model that is smaller than the confirming one, knows the language and would keep up; none if there is no such one. */
export function smallerModel(
  { fast, heavy, strategy, language, models }: SlowDictation,
  msPerSecond: number,
): CatalogModel | undefined {
  const present = weights(heavy);
  // One that is no stronger than the model that drafts has nothing to confirm.
  const least = strategy === 'single' ? 0 : weights(fast) * SAME_SIZE;
  const cost = (model: CatalogModel) => (msPerSecond * weights(model)) / present;
  const suiting = models.filter(
    (model) =>
      (strategy === 'single' || model.roles.includes('heavy')) &&
      knows(model, language) &&
      weights(model) * SAME_SIZE < present &&
      weights(model) > least &&
      cost(model) <= KEEPS_UP_MS,
  );
  return suiting.reduce<CatalogModel | undefined>(
    (best, model) => (best && !isBetter(model, best, language) ? best : model),
    undefined,
  );
}

/** Number of weights: the work of a call grows with it, whatever they are stored as. Unknown formats count as f16. */
function weights({ name, bytes }: Pick<StoredModel, 'name' | 'bytes'>): number {
  const format = /-(q\d_\d)(?:\.bin)?$/.exec(name)?.[1] ?? '';
  return bytes / (BYTES_PER_WEIGHT[format] ?? F16_BYTES);
}

function knows({ languages }: CatalogModel, language: string): boolean {
  return language === 'auto' ? languages.length > 1 : languages.includes(language);
}

/** Stronger; of one size the one that knows nothing but English, if that is spoken; then the one in q8_0, a smaller file as good as f16. */
function isBetter(a: CatalogModel, b: CatalogModel, language: string): boolean {
  const [aWeights, bWeights] = [weights(a), weights(b)];
  if (aWeights > bWeights * SAME_SIZE) return true;
  if (bWeights > aWeights * SAME_SIZE) return false;
  return rank(a, language) > rank(b, language);
}

function rank({ name, languages }: CatalogModel, language: string): number {
  const english = language === 'en' && languages.length === 1 ? 2 : 0;
  return english + (name.endsWith('-q8_0') ? 1 : 0);
}
