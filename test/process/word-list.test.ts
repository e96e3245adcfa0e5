import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { englishWords } from '../../src/core/vocabulary/english-words';
import { ENGLISH_WORDS_FILE, loadWordList } from '../../src/node/word-list';

describe('a word list', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'tandem-words-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('as the build makes it has every ordinary word, and no other', async () => {
    const built = await loadWordList(path.join(__dirname, '..', '..', 'dist', ENGLISH_WORDS_FILE));
    expect(built).toEqual(englishWords());
  });

  it('may be long, empty, or end with a line end', async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => `word${index}`);
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['', []],
      ['one', ['one']],
      ['one\n\ntwo\n', ['one', 'two']],
      [many.join('\n'), many],
    ];
    for (const [text, words] of cases) {
      const file = path.join(folder, 'words.txt');
      await writeFile(file, text);
      expect([...(await loadWordList(file))]).toEqual(words);
    }
  });

  it('that is missing is an error', async () => {
    await expect(loadWordList(path.join(folder, 'none.txt'))).rejects.toThrow(/ENOENT/);
  });
});
