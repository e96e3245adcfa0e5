import { describe, expect, it } from 'vitest';
import { joinWords } from '../../../src/core/transcript/words';
import { draftWords, timedWords, type Token } from '../../../src/engine/words';

const MODEL = { multilingual: false, languages: 1, tokenEot: 50_256, tokenTimestamp: 50_363, audioCtx: 1500 };
const EOT: Token = { text: '<|endoftext|>', id: 50_256, p: 1 };

const token = (text: string, p = 1): Token => ({ text, id: 100, p });
/** A time-stamp `steps` of 20 ms after the start of the window. */
const stamp = (steps: number): Token => ({ text: `[_TT_${steps}]`, id: 50_363 + steps, p: 0.5 });

/** Speech (a loud tone) at the given stretches of seconds, silence elsewhere. */
function audio(seconds: number, ...loud: readonly (readonly [number, number])[]): Float32Array {
  const samples = new Float32Array(seconds * 16_000);
  for (const [from, to] of loud) {
    for (let i = from * 16_000; i < to * 16_000; i += 1) samples[i] = 0.5 * Math.sin(i / 5);
  }
  return samples;
}

describe('draftWords', () => {
  it('joins tokens to words with the mean of their probabilities', () => {
    const tokens = [token(' Re', 0.5), token('name', 1), token(' it', 0.9), token('.', 0.7), EOT];
    expect(draftWords(' Rename it.', tokens, MODEL)).toEqual({
      words: [
        { text: 'Rename', p: 0.75 },
        { text: 'it.', p: expect.closeTo(0.8) },
      ],
      segments: [],
      confidence: expect.closeTo(0.775),
    });
  });

  it('takes letters that were cut between tokens from the whole text', () => {
    const tokens = [token(' \ufffd'), token('\ufffdber'), token(' a')];
    expect(draftWords(' Über a', tokens, MODEL).words.map((word) => word.text)).toEqual(['Über', 'a']);
  });

  it('cuts scripts without blanks into characters, each with its own probability', () => {
    const tokens = [
      token('今天', 0.9),
      token('\ufffd', 0.4),
      token('\ufffd', 0.6),
      token('VS', 0.8),
      token('好', 0.7),
      token('吧', 0.3),
    ];
    expect(draftWords('今天用VS好吧', tokens, MODEL).words).toEqual([
      { text: '今', p: 0.9 },
      { text: '天', p: 0.9 },
      // Without blanks around it, a foreign word stays with its neighbours.
      { text: '用VS好', p: expect.closeTo((0.5 + 2 * 0.8 + 0.7) / 4) },
      { text: '吧', p: 0.3 },
    ]);
  });

  it.each([
    '你好。我想说「今天」天气很好！',
    'コードを書いて、テストをrunする。',
    'สวัสดีครับผมชื่อ',
    '𠮷野家で食べる',
    'Hello, world. 再见 and bye',
  ])('and joins %s again as it was', (text) => {
    const tokens = text.split(/(?=\s)/u).map((word) => token(word));
    const { words } = draftWords(text, tokens, MODEL);
    expect(joinWords(words)).toBe(text);
    expect(words.every(({ p }) => p === 1)).toBe(true);
  });

  it('keeps marks that combine with their letter', () => {
    const { words } = draftWords('ที่นี่', [token('ที่นี่')], MODEL);
    expect(words.map((word) => word.text)).toEqual(['ที่', 'นี่']);
  });

  it('finds nothing in blanks and special tokens', () => {
    expect(draftWords(' ', [token(' '), EOT], MODEL)).toEqual({ words: [], segments: [], confidence: 0 });
    expect(draftWords('', [], MODEL)).toEqual({ words: [], segments: [], confidence: 0 });
  });
});

describe('timedWords', () => {
  it('cuts segments at the time-stamps, in absolute positions', () => {
    const tokens = [stamp(0), token(' One'), token('.'), stamp(50), stamp(60), token(' Two'), stamp(90), EOT];
    const range = { start: 32_000, end: 64_000 };
    const heard = timedWords(' One. Two', tokens, MODEL, range, audio(2, [0, 2]));
    expect(heard.segments).toEqual([
      { text: 'One.', range: { start: 32_000, end: 48_000 } },
      { text: 'Two', range: { start: 51_200, end: 64_000 } },
    ]);
    expect(heard.words.map((word) => word.text)).toEqual(['One.', 'Two']);
    expect(heard.words[1]?.start).toBe(51_200);
  });

  it('times characters one by one, so that the front of a sentence can be committed before its end', () => {
    const range = { start: 0, end: 32_000 };
    const { words, segments } = timedWords(
      '今天天气',
      [stamp(0), token('今天天气'), stamp(100)],
      MODEL,
      range,
      audio(2, [0, 2]),
    );
    expect(words.map((word) => word.text)).toEqual(['今', '天', '天', '气']);
    expect(words[1]?.end).toBeLessThan(17_000);
    expect(segments).toEqual([{ text: '今天天气', range }]);
  });

  it('puts words where the sound is', () => {
    const tokens = [stamp(0), token(' abc'), token(' abc'), stamp(200), EOT];
    const range = { start: 0, end: 64_000 };
    const { words } = timedWords(' abc abc', tokens, MODEL, range, audio(4, [0.5, 1], [3, 3.5]));
    expect(words[0]?.start).toBeLessThan(8_500);
    expect(words[0]?.end).toBeLessThan(18_000);
    expect(words[1]?.end).toBeGreaterThan(46_000);
  });

  it('keeps times inside the range and in order, even if the time-stamps make no sense', () => {
    const tokens = [stamp(900), token(' a'), stamp(20), token(' b'), token(' c'), stamp(1400), token(' d')];
    const range = { start: 1_000, end: 9_000 };
    const { words, segments } = timedWords(' a b c d', tokens, MODEL, range, audio(0.5, [0, 0.5]));
    expect(words.map((word) => word.text)).toEqual(['a', 'b', 'c', 'd']);
    let last = range.start;
    for (const { start, end } of words) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThanOrEqual(start ?? 0);
      expect(end).toBeLessThanOrEqual(range.end);
      last = end ?? 0;
    }
    for (const segment of segments) expect(segment.range.end).toBeGreaterThan(segment.range.start);
  });

  it('works without any time-stamp and in silence', () => {
    const { words, segments } = timedWords(
      ' a b',
      [token(' a'), token(' b')],
      MODEL,
      { start: 0, end: 1_600 },
      new Float32Array(1_600),
    );
    expect(segments).toEqual([{ text: 'a b', range: { start: 0, end: 1_600 } }]);
    expect(words).toEqual([
      { text: 'a', p: 1, start: 0, end: 400 },
      { text: 'b', p: 1, start: 800, end: 1_200 },
    ]);
  });
});
