import { TextRules } from '../../src/core/text/rules/text-rules';
import { DEFAULT_TEXT_RULES, type TextContext } from '../../src/core/text/rules/types';
import { englishWords } from '../../src/core/vocabulary/english-words';
import { namesIn } from '../../src/core/vocabulary/names';
import { Vocabulary } from '../../src/core/vocabulary/vocabulary';

export const ordinaryWords = englishWords();
export const rules = new TextRules();
export const COMMENT: TextContext = {
  before: '// ',
  after: '',
  languageId: 'typescript',
  position: 'line-comment',
  language: 'en',
};
export const CODE: TextContext = { ...COMMENT, before: '', position: 'code' };

/** The names of these texts, with the anchor in one of the documents. */
export function vocabularyOf(
  documents: Readonly<Record<string, string>>,
  focus = Object.keys(documents)[0] ?? '',
): Vocabulary {
  const vocabulary = new Vocabulary({ ordinaryWords });
  for (const [document, text] of Object.entries(documents)) vocabulary.setDocument(document, namesIn(text));
  vocabulary.focus({ document: focus, near: new Set(), openDocuments: new Set() });
  return vocabulary;
}

/** What is written when this is heard. */
export function written(vocabulary: Vocabulary, heard: string, context: TextContext): string {
  return rules.apply(heard, context, { ...DEFAULT_TEXT_RULES, names: vocabulary }).text;
}
