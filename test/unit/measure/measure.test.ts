import { describe, expect, it } from 'vitest';
import { percentile, summarise } from '../../../src/core/measure/percentile';
import { StabilityMeter } from '../../../src/core/measure/stability';
import { totalWordErrors, wordErrors } from '../../../src/core/measure/wer';
import { comparableWords } from '../../../src/core/word-comparison';

describe('comparable words', () => {
  it('ignores case and punctuation, keeps inner apostrophes, splits hyphens', () => {
    expect(comparableWords('Well-known: “Don’t” stop, — OK?')).toEqual([
      'well',
      'known',
      "don't",
      'stop',
      'ok',
    ]);
  });
});

describe('word error rate', () => {
  it.each([
    ['the quick fox', 'The quick fox.', 0],
    ['the quick fox', 'the fox', 1],
    ['the quick fox', 'the very quick fox', 1],
    ['the quick fox', 'a quick box', 2],
    ['one two', '', 2],
  ])('%s | %s → %i errors', (reference, hypothesis, errors) => {
    expect(wordErrors(reference, hypothesis).errors).toBe(errors);
  });

  it('weighs by words when summed', () => {
    const total = totalWordErrors([wordErrors('a b c d', 'a b c x'), wordErrors('a', 'b')]);
    expect(total).toEqual({ errors: 2, words: 5, rate: 0.4 });
  });

  it('is infinite for words against nothing', () => {
    expect(wordErrors('', 'hello').rate).toBe(Infinity);
    expect(wordErrors('', '').rate).toBe(0);
  });
});

describe('percentile', () => {
  it('interpolates and leaves the input alone', () => {
    const values = [40, 10, 30, 20];
    expect(percentile(values, 0.5)).toBe(25);
    expect(values).toEqual([40, 10, 30, 20]);
    expect(summarise([])).toEqual({ count: 0, p50: undefined, p95: undefined, max: undefined });
  });
});

describe('stability', () => {
  it('counts a changed word once in UPWR and everything behind it in erasure', () => {
    const meter = new StabilityMeter();
    meter.show(1, 'the quick brown', 100);
    meter.show(1, 'the thick brown fox', 200);
    meter.finish(1, 'The thick brown fox.', 300);
    expect(meter.result).toEqual({ upwr: 1 / 4, erasure: 2 / 4, finalWords: 4 });
  });

  it('leaves a change of case or punctuation out', () => {
    const meter = new StabilityMeter();
    meter.show(1, 'hello world', 100);
    meter.show(1, 'Hello, world', 200);
    meter.finish(1, 'Hello. World!', 300);
    expect(meter.result).toMatchObject({ upwr: 0, erasure: 0 });
  });

  it('counts what stands behind a change in an utterance before', () => {
    const meter = new StabilityMeter();
    meter.show(1, 'one too', 100);
    meter.show(2, 'three', 200);
    meter.finish(1, 'one two', 300);
    meter.finish(2, 'three', 400);
    expect(meter.result).toEqual({ upwr: 1 / 3, erasure: 2 / 3, finalWords: 3 });
  });

  it('sees words that a split moves to the next utterance where they were', () => {
    const meter = new StabilityMeter();
    meter.show(1, 'one two three', 100);
    meter.show(1, 'one two', 200);
    meter.show(2, 'three', 200.1);
    meter.finish(1, 'one two', 300);
    meter.finish(2, 'three', 400);
    expect(meter.result).toEqual({ upwr: 0, erasure: 0, finalWords: 3 });
  });

  it('sees nothing that stands shorter than a picture on the screen', () => {
    const meter = new StabilityMeter();
    meter.show(1, 'one', 100);
    meter.show(1, 'won', 200);
    meter.show(1, 'one', 210);
    meter.finish(1, 'one', 300);
    expect(meter.result).toMatchObject({ upwr: 0, erasure: 0 });
    const slower = new StabilityMeter();
    slower.show(1, 'won', 200);
    slower.finish(1, 'one', 217);
    expect(slower.result).toMatchObject({ upwr: 1, erasure: 1 });
  });

  it('knows nothing before a final word', () => {
    expect(new StabilityMeter().result.upwr).toBeUndefined();
  });
});
