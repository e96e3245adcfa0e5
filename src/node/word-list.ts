import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

/** Name of the list of ordinary English words beside the bundles; `esbuild.mjs` writes it. */
export const ENGLISH_WORDS_FILE = 'english-words.txt';

/** Words entered at a stretch: about a millisecond, so that nobody who shares the thread notices. */
const SLICE = 4_000;

/**
 * Reads a list of words, one a line. In slices: whoever shares the thread is never kept waiting.
 * @throws the file system's error if the file cannot be read
 */
export async function loadWordList(file: string): Promise<ReadonlySet<string>> {
  const text = await readFile(file, 'utf8');
  const words = new Set<string>();
  let start = 0;
  while (start < text.length) {
    for (let count = 0; count < SLICE && start < text.length; count++) {
      const found = text.indexOf('\n', start);
      const end = found === -1 ? text.length : found;
      if (end > start) words.add(text.slice(start, end));
      start = end + 1;
    }
    await setImmediate();
  }
  return words;
}
