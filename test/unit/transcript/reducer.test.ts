import { describe, expect, it } from 'vitest';
import type { TranscriptInput } from '../../../src/core/transcript/state';
import { end, heard, lines, run, SECOND, start, window } from '../../support/merge';

describe('the merge', () => {
  it('commits what two heavy passes agree on, then only the rest', () => {
    const inputs = [
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox jumps'),
      heard('heavy', window(9, 3, { final: true, heavy: true }), 'The quick brown fox jumped.'),
    ];
    expect(lines(inputs)).toEqual([
      '1 draft the quick brown',
      '1 piece the quick brown',
      '1 draft fox jumps',
      '1 final fox jumped.',
    ]);
    expect(lines(inputs, false)).toEqual([
      '1 draft the quick brown',
      '1 draft the quick brown fox jumps',
      '1 final The quick brown fox jumped.',
    ]);
  });

  it('commits nothing at a pause, whose pass may be the last word, nor from a pass that is late', () => {
    const pause = window(9, 3, { final: true, heavy: true, speculative: true });
    const first = heard('heavy', window(8, 2.9, { heavy: true }), 'the quick brown');
    expect(lines([start(1), first, heard('heavy', pause, 'the quick brown fox')])).toEqual([
      '1 draft the quick brown',
      '1 draft the quick brown fox',
    ]);
    // A split was made in front of what both heard.
    const late = heard('heavy', window(10, 3.5, { heavy: true }), 'the quick brown fox jumps');
    const told = lines([start(1), first, end(1, 0, 1), start(2, SECOND), late]);
    expect(told.filter((line) => line.includes('piece'))).toEqual([]);
  });

  it('commits nothing of an utterance before the one before it is over', () => {
    const of = (id: number, seconds: number) =>
      window(id, seconds, { heavy: true, utteranceId: 2, utteranceStart: 3 * SECOND });
    const agreed = [
      start(1),
      end(1, 0, 2),
      start(2, 3 * SECOND),
      heard('heavy', of(8, 2), 'one two three'),
      heard('heavy', of(12, 3), 'one two three four'),
    ];
    expect(lines(agreed)).toEqual(['2 draft one two three', '2 draft one two three four']);
    const over = [...agreed, heard('heavy', window(5, 2, { final: true, heavy: true }), 'first')];
    expect(lines([...over, heard('heavy', of(16, 4), 'one two three four five')]).slice(-3)).toEqual([
      '1 final first',
      '2 piece one two three four',
      '2 draft five',
    ]);
  });

  it('never contradicts what is committed, whatever the final pass says', () => {
    const { events } = run([
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox'),
      heard('heavy', window(9, 3, { final: true, heavy: true }), 'a quick crown fox ran'),
    ]);
    const commits = events.flatMap((event) => (event.type === 'commit' ? [event.text] : []));
    expect(commits).toEqual(['the quick brown', 'fox ran']);
  });

  it.each([
    ['The quick, brown fox jumped.', 0],
    ['the quick crown fox jumped', 1],
    ['a quick crown fox ran', 2],
    ['the brown fox', 1],
    ['the very quick brown fox', 0],
    ['brown fox', 2],
  ])('counts committed words that the final pass heard otherwise: %j, %i', (final, count) => {
    const { state } = run([
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox'),
      heard('heavy', window(9, 3, { final: true, heavy: true, speculative: true }), final),
      heard('heavy', window(10, 3, { final: true, heavy: true }), final),
    ]);
    expect(state.disagreed).toBe(count);
  });

  it('does not call it disagreement if a draft is committed because nobody confirms', () => {
    const { state } = run([
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox jumps'),
      heard('heavy', window(9, 3, { final: true, heavy: true }), ''),
    ]);
    expect(state).toMatchObject({ disagreed: 0, unverified: 1 });
  });

  it('commits utterances in order, although the second is decided first', () => {
    const first = window(5, 2, { final: true, heavy: true });
    const second = window(9, 2, { final: true, heavy: true, utteranceId: 2, utteranceStart: 3 * SECOND });
    expect(
      lines([
        start(1),
        heard('fast', window(4, 2), 'one'),
        start(2, 3 * SECOND),
        heard('heavy', second, 'two'),
        heard('fast', { ...second, id: 10, final: false }, 'too'),
        heard('heavy', first, 'One.'),
      ]),
    ).toEqual(['1 draft one', '2 draft two', '1 final One.', '2 final two']);
  });

  it('ignores answers about an utterance that is decided', () => {
    expect(
      lines([
        start(1),
        heard('heavy', window(5, 2, { final: true, heavy: true }), 'done'),
        heard('fast', window(4, 2), 'don'),
        heard('heavy', window(4, 2), 'don'),
        { type: 'unconfirmed', window: window(5, 2, { final: true }) },
      ]),
    ).toEqual(['1 final done']);
  });

  it('takes the draft, hidden words too, when nobody confirms', () => {
    expect(
      lines([
        start(1),
        heard('fast', window(4, 2), 'hello'),
        heard('fast', window(5, 2.25), 'hello world', 0.5),
        { type: 'unconfirmed', window: window(6, 2.5, { final: true }) },
      ]),
    ).toEqual(['1 draft hello', '1 final hello world (unverified)']);
  });

  it.each([
    ['short sound', 1.5, '1 final '],
    ['sentence', 4, '1 final so much noise here (unverified)'],
  ])('an unsure draft over a %s of which the heavy model hears nothing', (_, seconds, last) => {
    const unsure = (id: number) => heard('fast', window(id, seconds), 'so much noise here', 0.45);
    const final = window(9, seconds, { final: true, heavy: true });
    const told = lines([start(1), unsure(4), unsure(5), unsure(6), unsure(7), heard('heavy', final, '')]);
    expect(told.at(0)).toMatch(/^1 draft so/);
    expect(told.at(-1)).toBe(last);
  });

  it('says of an utterance without any word only that it is over', () => {
    expect(lines([start(1), { type: 'unconfirmed', window: window(1, 0.3, { final: true }) }])).toEqual([
      '1 final ',
    ]);
  });

  it('moves what lies behind a forced split to the next utterance', () => {
    expect(
      lines([
        start(1),
        heard('fast', window(8, 4), 'one two three four'),
        end(1, 0, 2),
        start(2, 2 * SECOND),
        heard('heavy', window(9, 2, { final: true, heavy: true }), 'One two.'),
      ]),
    ).toEqual(['1 draft one two three four', '1 draft one two', '2 draft three four', '1 final One two.']);
  });

  it('moves all of a draft that is behind what is committed, should a split fall in front of that', () => {
    expect(
      lines([
        start(1),
        heard('heavy', window(4, 3, { heavy: true }), 'a b c d e'),
        heard('heavy', window(8, 3.5, { heavy: true }), 'a b c d e'),
        heard('fast', window(10, 4), 'a b c d e x y z'),
        end(1, 0, 2),
        start(2, 2 * SECOND),
      ]),
    ).toEqual([
      '1 draft a b c d e',
      '1 piece a b c d e',
      '1 draft ',
      '1 draft x y z',
      '1 draft ',
      '2 draft x y z',
    ]);
  });

  it('does not commit again what was committed before a split fell in front of it', () => {
    const second = window(12, 2, { final: true, heavy: true, utteranceId: 2, utteranceStart: 2 * SECOND });
    const { events } = run([
      start(1),
      heard('heavy', window(8, 4, { heavy: true }), 'a b c d e f'),
      heard('heavy', window(10, 4.5, { heavy: true }), 'a b c d e f g'),
      end(1, 0, 2),
      start(2, 2 * SECOND),
      heard('heavy', window(11, 2, { final: true, heavy: true }), 'a b c d'),
      heard('heavy', second, 'e f g h'),
    ]);
    const commits = events.flatMap((event) => (event.type === 'commit' ? [event.text] : []));
    expect(commits.filter((text) => text !== '').join(' ')).toBe('a b c d e f g h');
  });

  it('names the windows that a commit corrects, each once', () => {
    const { events } = run([
      start(1),
      heard('fast', window(3, 1), 'the'),
      heard('heavy', window(4, 2, { heavy: true }), 'the quick brown'),
      heard('fast', window(5, 2.25), 'the quick brown fox'),
      heard('heavy', window(8, 3, { heavy: true }), 'the quick brown fox'),
      heard('heavy', window(10, 3, { final: true, heavy: true }), 'the quick brown fox'),
    ]);
    const commits = events.flatMap((event) => (event.type === 'commit' ? [event] : []));
    expect(commits.map(({ windowId, correctsWindowIds }) => [windowId, correctsWindowIds])).toEqual([
      [8, [3]],
      [10, [4, 5, 8]],
    ]);
    expect(commits.map(({ replacedDraft }) => replacedDraft)).toEqual(['the quick brown', 'fox']);
  });

  it('passes drops on', () => {
    const input: TranscriptInput = {
      type: 'dropped',
      role: 'fast',
      window: window(3, 1),
      reason: 'superseded',
    };
    expect(lines([start(1), input])).toEqual(['1 dropped 3 superseded']);
  });
});
