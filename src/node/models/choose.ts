import { DictationError } from '../../core/errors';
import type { ModelStore, ResolvedModel } from '../../core/ports';
import type { StrategyName } from '../../core/session/strategies/names';

/** What the user asks for: catalogue names or paths, `undefined` for the best there is. */
export interface ModelWishes {
  readonly fast: string | undefined;
  readonly heavy: string | undefined;
  /** Whisper language code or `auto`. */
  readonly language: string;
  readonly strategy: StrategyName;
}

/** The models of a dictation. */
export interface ChosenModels {
  /** The very same object as `heavy` if one model does both. */
  readonly fast: ResolvedModel;
  readonly heavy: ResolvedModel;
}

/**
 * Finds the models for a dictation.
 * @throws DictationError area `model`: missing, corrupt, or not for the language
 */
export async function chooseModels(
  store: Pick<ModelStore, 'resolve'>,
  wishes: ModelWishes,
): Promise<ChosenModels> {
  const chosen =
    wishes.strategy === 'single' ? await chooseOne(store, wishes) : await choosePair(store, wishes);
  for (const model of [chosen.fast, chosen.heavy]) checkLanguage(model, wishes.language);
  return chosen;
}

async function choosePair(store: Pick<ModelStore, 'resolve'>, wishes: ModelWishes): Promise<ChosenModels> {
  const [fast, heavy] = await Promise.all([
    store.resolve('fast', wishes.fast),
    store.resolve('heavy', wishes.heavy),
  ]);
  return { fast, heavy };
}

/** The model that confirms or, if none is there but the demonstration, the one that was chosen for drafts. */
async function chooseOne(store: Pick<ModelStore, 'resolve'>, wishes: ModelWishes): Promise<ChosenModels> {
  const confirms = await store.resolve('heavy', wishes.heavy);
  const useFast = confirms.origin === 'embedded' && wishes.fast;
  const one = useFast ? await store.resolve('heavy', wishes.fast) : confirms;
  return { fast: one, heavy: one };
}

function checkLanguage(model: ResolvedModel, language: string): void {
  if (language === 'auto' ? model.languages.length > 1 : model.languages.includes(language)) return;
  throw new DictationError(
    'model',
    'language-unsupported',
    language === 'auto'
      ? `The model ${model.name} knows one language only (${model.languages.join(', ')}): there is nothing to detect.`
      : `The model ${model.name} does not know the language "${language}".`,
    `Set the language to ${model.languages.slice(0, 5).join(', ')}, or choose a multilingual model such as small.`,
  );
}
