import type * as vscode from 'vscode';
import { LONGEST_OWN_WORD, MOST_OWN_WORDS, type WordProblem } from '../../core/vocabulary/own-words';
import { t } from '../l10n';
import { SECTION } from '../settings';

/** The project's own list, in each folder of the workspace. */
export const WORD_FILE = '.vscode/dictation.txt';
/** The setting that holds the user's list. */
export const WORD_SETTING = 'vocabulary';

/** What is wrong and where, as one sentence or two. */
export function problemText({ line, entry, reason }: WordProblem, file: vscode.Uri | undefined): string {
  const where = file ? `${WORD_FILE}:${line}` : `${SECTION}.${WORD_SETTING}[${line - 1}]`;
  switch (reason) {
    case 'no-text':
      return t('{0} is not used: it is no text.', where);
    case 'no-letters':
      return t('{0} is not used: "{1}" lacks a word. Write "word" or "sounds like → word".', where, entry);
    case 'too-long':
      return t('{0} is not used: it is longer than {1} characters.', where, LONGEST_OWN_WORD);
    case 'control':
      return t('{0} is not used: it has control characters.', where);
    case 'too-many':
      return t(
        '{0} and all that follows is not used: a list holds {1} words at most.',
        where,
        MOST_OWN_WORDS,
      );
  }
}
