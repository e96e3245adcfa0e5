import { describe, expect, it } from 'vitest';
import type { Uri } from 'vscode';
import { readOwnWords, readWordFile } from '../../../../src/core/vocabulary/own-words';
import { english } from '../../../../src/vscode/l10n-templates';
import { problemText, typedProblemText } from '../../../../src/vscode/vocabulary/word-problems';

const FILE = {} as Uri;
const ofSetting = (...entries: unknown[]) =>
  readOwnWords(entries).problems.map((problem) => problemText(problem, undefined, english));

describe('what is wrong with a word', () => {
  it('of the settings is told with the word, where it stands, why, and what to write', () => {
    expect(ofSetting('fine', '→ kubectl')).toEqual([
      '"→ kubectl" (entry number 2 of the setting tandem.vocabulary) is not used: ' +
        'a word is missing, or has no letter or digit. Write "word" or "sounds like → word".',
    ]);
    expect(ofSetting(7)).toEqual([
      'Entry number 1 of the setting tandem.vocabulary is not used: ' +
        'it is no text. Write "word" or "sounds like → word", in quotes.',
    ]);
    expect(ofSetting('  ')[0]).toMatch(
      /^Entry number 1 of the setting tandem.vocabulary is not used: a word/,
    );
    expect(ofSetting('x'.repeat(200))[0]).toMatch(/^"x{100}" .* is longer than 100 characters. Shorten it.$/);
    expect(ofSetting('a\nb')[0]).toMatch(/^"a b" .* is not used: it has a line break .* Take it out.$/);
  });

  it('of the file of a project names its line', () => {
    const [problem] = readWordFile('# words\nfine\n… → kubectl').problems;
    expect(problemText(problem!, FILE, english)).toBe(
      '"… → kubectl" in line 3 of .vscode/dictation.txt is not used: ' +
        'a word is missing, or has no letter or digit. Write "word" or "sounds like → word".',
    );
  });

  it('is said of those that are too many, too', () => {
    const many = Array.from({ length: 2_003 }, (_, index) => `word${index}`);
    expect(ofSetting(...many)).toEqual([
      'Entry number 2001 of the setting tandem.vocabulary and all that follows are not used: ' +
        'a list holds 2000 words at most. Take some out.',
    ]);
  });

  it('is told of what was just typed without a place in a list', () => {
    expect(typedProblemText('no-letters', 'word', english)).toBe(
      'Type the word: at least one letter or digit.',
    );
    expect(typedProblemText('no-letters', 'sound', english)).toBe(
      'Type how it sounds, in ordinary words, or nothing at all.',
    );
    for (const reason of ['too-long', 'control'] as const)
      expect(typedProblemText(reason, 'word', english)).toMatch(/^This cannot be used: it /);
    for (const reason of ['no-letters', 'too-long', 'control'] as const)
      for (const part of ['word', 'sound'] as const)
        expect(typedProblemText(reason, part, english)).not.toMatch(/tandem\.|\[\d|entry|line \d/i);
  });
});
