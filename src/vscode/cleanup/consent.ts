import * as vscode from 'vscode';
import { cleanUpPrompt } from '../../core/cleanup/prompt';
import { DictationError } from '../../core/errors';
import { t } from '../l10n';

/** What VS Code knows of the user's consent to the use of a language model. */
export type ModelAccess = Pick<vscode.LanguageModelAccessInformation, 'canSendRequest' | 'onDidChange'>;

/** Asks for the user's consent to the use of language models, away from any text: a question may stay open for minutes. */
export class Consent {
  /** One question for each model, whoever asks. */
  private readonly asking = new Map<string, Promise<void>>();
  /** Models that have answered. */
  private readonly given = new Set<string>();

  constructor(private readonly access: ModelAccess) {}

  /**
   * True if a request shows no question. VS Code's word counts only where it says no: it says yes of every model, also of one that
   * it is about to ask the user about.
   */
  has(model: vscode.LanguageModelChat): boolean {
    return this.access.canSendRequest(model) !== false && this.given.has(model.id);
  }

  /**
   * Resolves when the user has consented; at once if that is known.
   * @throws DictationError `cleanup-consent` if the user says no
   */
  ask(model: vscode.LanguageModelChat): Promise<void> {
    if (this.has(model)) return Promise.resolve();
    const asking = this.asking.get(model.id) ?? this.request(model);
    this.asking.set(model.id, asking);
    const done = () => this.asking.delete(model.id);
    asking.then(done, done);
    return asking;
  }

  /** VS Code asks with the first request, and in no other way: one without text, which is not waited for. */
  private async request(model: vscode.LanguageModelChat): Promise<void> {
    const source = new vscode.CancellationTokenSource();
    const watch = this.access.onDidChange(() => {
      if (this.access.canSendRequest(model)) source.cancel();
    });
    try {
      const { system, user } = cleanUpPrompt('');
      await model.sendRequest(messagesOf([system, user]), { justification: justification() }, source.token);
    } catch (error) {
      if (isRefusal(error)) throw noConsent(model.name, error);
      // Whatever else is wrong with the model, the first text will tell.
    } finally {
      watch.dispose();
      source.cancel();
      source.dispose();
    }
    this.given.add(model.id);
  }
}

/** Why VS Code asks, in its question. */
export function justification(): string {
  return t('Dictated text is tidied up, one utterance at a time.');
}

export function messagesOf(texts: readonly string[]): vscode.LanguageModelChatMessage[] {
  return texts.map((text) => vscode.LanguageModelChatMessage.User(text));
}

/** True for the error of a request that the user has not consented to. */
export function isRefusal(error: unknown): boolean {
  return error instanceof vscode.LanguageModelError && error.code === 'NoPermissions';
}

export function noConsent(name: string, cause: unknown): DictationError {
  return new DictationError(
    'cleanup',
    'cleanup-consent',
    `The language model ${name} may not be used: consent was not given.`,
    'The text stays as it was heard.',
    { cause },
  );
}
