import { from, Observable } from 'rxjs';
import * as vscode from 'vscode';
import type { Cleaner } from '../../core/cleanup/cleaner';
import { cleanUpPrompt } from '../../core/cleanup/prompt';
import { DictationError } from '../../core/errors';
import { t } from '../l10n';

/** Finds models; VS Code's own, or a test's. */
export type SelectModels = typeof vscode.lm.selectChatModels;

/** An utterance is a few hundred characters. */
const MOST_CHARACTERS = 100_000;

/**
 * Asks a language model that VS Code offers. VS Code asks the user for consent the first time.
 * @param wanted id, family or name of the model; empty for whichever is offered first
 */
export function languageModelCleaner(
  wanted: string,
  select: SelectModels = vscode.lm.selectChatModels,
): Cleaner {
  return {
    clean: (text) =>
      new Observable((out) => {
        const source = new vscode.CancellationTokenSource();
        const subscription = from(ask(wanted, text, select, source.token)).subscribe(out);
        return () => {
          subscription.unsubscribe();
          source.cancel();
          source.dispose();
        };
      }),
  };
}

async function ask(
  wanted: string,
  text: string,
  select: SelectModels,
  token: vscode.CancellationToken,
): Promise<string> {
  const models = await select();
  const model =
    wanted === '' ? models[0] : models.find((one) => [one.id, one.family, one.name].includes(wanted));
  if (!model) throw noModel(wanted);
  const { system, user } = cleanUpPrompt(text);
  const messages = [system, user].map((part) => vscode.LanguageModelChatMessage.User(part));
  const justification = t('Dictated text is tidied up, one utterance at a time.');
  try {
    const response = await model.sendRequest(messages, { justification }, token);
    let answer = '';
    for await (const part of response.text) {
      answer += part;
      if (answer.length > MOST_CHARACTERS) break;
    }
    return answer;
  } catch (error) {
    throw refusedBy(model.name, error);
  }
}

function noModel(wanted: string): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-model',
    wanted === ''
      ? 'VS Code offers no language model for the clean-up.'
      : `VS Code offers no language model "${wanted}" for the clean-up.`,
    'Install an extension that provides one, or choose another provider in the settings.',
  );
}

function refusedBy(name: string, cause: unknown): DictationError {
  const noConsent = cause instanceof vscode.LanguageModelError && cause.code === 'NoPermissions';
  return new DictationError(
    'cleanup',
    noConsent ? 'cleanup-consent' : 'cleanup-failed',
    noConsent
      ? `The language model ${name} may not be used: consent was not given.`
      : `The language model ${name} gives no answer.`,
    'The text stays as it was heard.',
    { cause },
  );
}
