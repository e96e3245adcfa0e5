import { defer, from, ignoreElements, Observable } from 'rxjs';
import * as vscode from 'vscode';
import { ASKING_CODE, type Cleaner } from '../../core/cleanup/cleaner';
import { cleanUpPrompt } from '../../core/cleanup/prompt';
import { DictationError } from '../../core/errors';
import { type Consent, isRefusal, justification, messagesOf, noConsent } from './consent';

/** Finds models; VS Code's own, or a test's. */
export type SelectModels = typeof vscode.lm.selectChatModels;

/** An utterance is a few hundred characters. */
const MOST_CHARACTERS = 100_000;

/**
 * Asks a language model that VS Code offers. VS Code asks the user for consent the first time; no text waits for that.
 * @param wanted id, family or name of the model; empty for whichever is offered first
 */
export function languageModelCleaner(
  wanted: string,
  consent: Pick<Consent, 'has' | 'ask'>,
  select: SelectModels = vscode.lm.selectChatModels,
): Cleaner {
  const find = () => findModel(wanted, select);
  return {
    prepare: () => defer(() => find().then((model) => consent.ask(model))).pipe(ignoreElements()),
    clean: (text) =>
      new Observable((out) => {
        const source = new vscode.CancellationTokenSource();
        const answer = find().then((model) => ask(model, consent, text, source.token));
        const subscription = from(answer).subscribe(out);
        return () => {
          subscription.unsubscribe();
          source.cancel();
          source.dispose();
        };
      }),
  };
}

async function findModel(wanted: string, select: SelectModels): Promise<vscode.LanguageModelChat> {
  const models = await select();
  const model =
    wanted === '' ? models[0] : models.find((one) => [one.id, one.family, one.name].includes(wanted));
  if (!model) throw noModel(wanted);
  return model;
}

async function ask(
  model: vscode.LanguageModelChat,
  consent: Pick<Consent, 'has' | 'ask'>,
  text: string,
  token: vscode.CancellationToken,
): Promise<string> {
  if (!consent.has(model)) {
    // What comes of it the next utterance sees.
    consent.ask(model).catch(() => undefined);
    throw asking(model.name);
  }
  const { system, user } = cleanUpPrompt(text);
  try {
    const options = { justification: justification() };
    const response = await model.sendRequest(messagesOf([system, user]), options, token);
    let answer = '';
    for await (const part of response.text) {
      answer += part;
      if (answer.length > MOST_CHARACTERS) break;
    }
    return answer;
  } catch (error) {
    throw isRefusal(error) ? noConsent(model.name, error) : noAnswer(model.name, error);
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

function asking(name: string): DictationError {
  return new DictationError(
    'cleanup',
    ASKING_CODE,
    `VS Code is asking whether the language model ${name} may be used.`,
    'The text stays as it was heard.',
  );
}

function noAnswer(name: string, cause: unknown): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-failed',
    `The language model ${name} gives no answer.`,
    'The text stays as it was heard.',
    { cause },
  );
}
