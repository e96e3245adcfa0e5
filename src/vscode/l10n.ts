import * as vscode from 'vscode';
import type { DictationError } from '../core/errors';
import { SentenceTranslator, type Translate } from './l10n-templates';

/** Translates one of our own texts into VS Code's display language. Keys are listed in `l10n/`. */
export const t: Translate = (message, ...args) => vscode.l10n.t(message, ...args);

/**
 * Translates a text that the core or a subprocess has put together, by the same bundles. Arguments such as file names stay as
 * they are.
 */
export function translated(text: string): string {
  const { bundle } = vscode.l10n;
  return bundle ? new SentenceTranslator(bundle as Record<string, string>).translate(text) : text;
}

/** Message and hint of an error in VS Code's display language. */
export function errorText({ message, hint }: Pick<DictationError, 'message' | 'hint'>): string {
  return [message, hint]
    .filter((text) => text !== '')
    .map(translated)
    .join(' ');
}
