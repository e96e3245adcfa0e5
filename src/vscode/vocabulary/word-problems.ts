import type * as vscode from 'vscode';
import {
  LONGEST_OWN_WORD,
  MOST_OWN_WORDS,
  type WordProblem,
  type WordProblemReason,
} from '../../core/vocabulary/own-words';
import type { Translate } from '../l10n-templates';

/** The project's own list, in each folder of the workspace. */
export const WORD_FILE = '.vscode/dictation.txt';
/** The setting that holds the user's list, below the product's section and in full. */
export const WORD_SETTING = 'vocabulary';
const SETTING = `tandem.${WORD_SETTING}`;

const CONTROLS = /\p{Cc}+/gu;

/** What is wrong with an entry of a list: which one, why it is not used, and what to write instead. */
export function problemText(problem: WordProblem, file: vscode.Uri | undefined, t: Translate): string {
  const where = entryText(problem, file, t);
  if (problem.reason === 'too-many')
    return t('{0} and all that follows are not used: {1}', where, reasonText(problem.reason, t));
  return t('{0} is not used: {1}', where, reasonText(problem.reason, t));
}

/**
 * What is wrong with what was typed into a box, and what to type instead: it is before the reader's eyes.
 * @param part the word itself, or how it sounds
 */
export function typedProblemText(reason: WordProblemReason, part: 'word' | 'sound', t: Translate): string {
  if (reason !== 'no-letters') return t('This cannot be used: {0}', reasonText(reason, t));
  return part === 'word'
    ? t('Type the word: at least one letter or digit.')
    : t('Type how it sounds, in ordinary words, or nothing at all.');
}

/** Which entry is meant: the words themselves, and where they stand. */
function entryText({ line, entry }: WordProblem, file: vscode.Uri | undefined, t: Translate): string {
  const shown = entry.replaceAll(CONTROLS, ' ').trim();
  if (shown === '')
    return file
      ? t('Line {0} of {1}', line, WORD_FILE)
      : t('Entry number {0} of the setting {1}', line, SETTING);
  return file
    ? t('"{0}" in line {1} of {2}', shown, line, WORD_FILE)
    : t('"{0}" (entry number {1} of the setting {2})', shown, line, SETTING);
}

function reasonText(reason: WordProblemReason, t: Translate): string {
  switch (reason) {
    case 'no-text':
      return t('it is no text. Write "word" or "sounds like → word", in quotes.');
    case 'no-letters':
      return t('a word is missing, or has no letter or digit. Write "word" or "sounds like → word".');
    case 'too-long':
      return t('it is longer than {0} characters. Shorten it.', LONGEST_OWN_WORD);
    case 'control':
      return t('it has a line break or another invisible character. Take it out.');
    case 'too-many':
      return t('a list holds {0} words at most. Take some out.', MOST_OWN_WORDS);
  }
}
