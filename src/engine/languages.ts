import type { ModelInfo } from './model-file';

/** Whisper's language codes in the order of its tokens; an older model knows all but the last. */
export const WHISPER_LANGUAGES: readonly string[] = (
  'en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy ' +
  'sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo ' +
  'uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue'
).split(' ');

/**
 * The language to call whisper.cpp with, or undefined if this model does not know it: whisper.cpp itself would only
 * warn and then write nonsense. English-only models know `en`; for them `auto` is no question.
 */
export function modelLanguage(language: string, model: ModelInfo): string | undefined {
  if (!model.multilingual) return language === 'en' || language === 'auto' ? 'en' : undefined;
  if (language === 'auto') return language;
  return WHISPER_LANGUAGES.slice(0, model.languages).includes(language) ? language : undefined;
}
