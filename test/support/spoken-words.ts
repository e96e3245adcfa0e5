import type { SampleRange } from '../../src/core/model';
import { SAMPLE_RATE } from '../../src/core/units';

/** A word as it was really spoken, in samples. */
export interface SpokenWord extends SampleRange {
  readonly text: string;
}

/** Reads the content of a `.words.tsv`: a word, its start and its end in seconds per line. */
export function spokenWords(tsv: string): SpokenWord[] {
  return tsv
    .trim()
    .split('\n')
    .map((line): SpokenWord => {
      const [text = '', start, end] = line.split('\t');
      return { text, start: Number(start) * SAMPLE_RATE, end: Number(end) * SAMPLE_RATE };
    });
}

/** The same words `by` samples later. */
export function shifted(words: readonly SpokenWord[], by: number): SpokenWord[] {
  return words.map(({ text, start, end }) => ({ text, start: start + by, end: end + by }));
}
