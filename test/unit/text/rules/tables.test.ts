import { describe, expect, it } from 'vitest';
import { TextRules } from '../../../../src/core/text/rules/text-rules';
import { DEFAULT_TEXT_RULES } from '../../../../src/core/text/rules/types';
import { englishWords } from '../../../../src/core/vocabulary/english-words';
import { textCases } from './cases';

const words = englishWords();
const options = { ...DEFAULT_TEXT_RULES, isOrdinaryWord: (word: string) => words.has(word) };
const rules = new TextRules();

describe.each(['punctuation.tsv', 'formatters.tsv', 'numbers.tsv', 'context.tsv', 'languages.tsv'])(
  '%s',
  (file) => {
    it.each(textCases(file).map((row) => [row.line, row.heard, row] as const))(
      'line %i: %s',
      (_line, heard, row) => {
        const { lead, text, trail } = rules.apply(heard, row.context, options);
        expect(lead + text + trail).toBe(row.written);
      },
    );
  },
);

describe('the table of spoken symbols', () => {
  it('has at least 300 cases, so that a change of the rule shows what it does to prose', () => {
    expect(textCases('punctuation.tsv').length).toBeGreaterThanOrEqual(300);
  });
});
