import { map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import type { DownloadProgress } from '../../../src/core/ports';
import { paced } from '../../../src/node/models/paced';

const EVERY_MS = 10;
/** Bytes by letter; `z` is the whole file. */
const BYTES = { a: 0, b: 1, c: 2, d: 3, e: 4, f: 5, g: 6, z: 7 } as const;
type Letter = keyof typeof BYTES;

const LETTERS = Object.fromEntries(
  Object.entries(BYTES).map(([letter, receivedBytes]) => [
    letter,
    { name: 'a model', receivedBytes, totalBytes: BYTES.z },
  ]),
) as Record<Letter, DownloadProgress>;

/** @param stopped when the receiver turns away */
function expectPaced(progress: string, expected: string, stopped?: string): void {
  const scheduler = new TestScheduler((actual, wanted) => expect(actual).toEqual(wanted));
  scheduler.run(({ cold, expectObservable }) => {
    const source = cold<Letter>(progress).pipe(map((letter) => LETTERS[letter]));
    expectObservable(source.pipe(paced(EVERY_MS)), stopped).toBe(expected, LETTERS);
  });
}

describe('progress of a download', () => {
  it('is told at once, and then not more often than wanted', () => {
    expectPaced('a--b--c--d--e--f--g', 'a---------d---------g');
  });

  it('is told up to where the download has stalled', () => {
    expectPaced('abc-----------d', 'a---------c---------d');
  });

  it('is told at once where the last was told long ago', () => {
    expectPaced('a-------------------b', 'a-------------------b');
  });

  it('ends at once, with the whole file', () => {
    expectPaced('abz|', 'a-z|');
    expectPaced('z|', 'z|');
  });

  it('is not told twice', () => {
    expectPaced('a-----------a-zz|', 'a-------------z-|');
  });

  it('goes on when a whole file was the wrong one', () => {
    expectPaced('a-za-b--------c', 'a-z---------b---------c');
  });

  it('ends at once with an error', () => {
    expectPaced('ab#', 'a-#');
  });

  it('is not told any more to one who has turned away', () => {
    expectPaced('ab----------c', 'a', '-----!');
  });
});
