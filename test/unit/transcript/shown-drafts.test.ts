import { describe, expect, it } from 'vitest';
import type { Word } from '../../../src/core/model';
import type { TranscriptInput } from '../../../src/core/transcript/state';
import { end, heard, lines, run, SECOND, start, window } from '../../support/merge';

describe('the merge', () => {
  it('shows drafts, tells each change once, and lets heavy decide', () => {
    expect(
      lines([
        start(1),
        heard('fast', window(2, 1), 'hello'),
        heard('fast', window(3, 1.25), 'hello'),
        heard('fast', window(4, 2), 'hello word'),
        heard('heavy', window(5, 2, { final: true, heavy: true }), 'Hello, world.'),
      ]),
    ).toEqual(['1 draft hello', '1 draft hello word', '1 final Hello, world.']);
  });

  it('shows the heavy tail and the fast words beyond it', () => {
    expect(
      lines([
        start(1),
        heard('fast', window(4, 2), 'the box runs'),
        heard('heavy', window(4, 2, { heavy: true }), 'the fox'),
        heard('fast', window(6, 3), 'the box runs away now'),
      ]),
    ).toEqual(['1 draft the box runs', '1 draft the fox', '1 draft the fox runs away now']);
  });

  it('shows no end of a sentence where windows meet in mid-speech', () => {
    const met = [
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'We make sure.'),
      heard('fast', window(6, 3), 'we make sure so that we'),
    ];
    expect(lines(met).at(-1)).toBe('1 draft We make sure so that we');
    // The later window does not hear what the earlier one ended with.
    const apart = [
      start(1),
      heard('fast', window(8, 4), 'we make sure.'),
      heard('fast', window(12, 6), 'So, that we need.', 0.95, 4 * SECOND),
    ];
    expect(lines(apart)).toEqual(['1 draft we make sure', '1 draft we make sure So, that we need']);
  });

  it('shows the end of a sentence that a model has heard both sides of, or that a pause follows', () => {
    const inside = [
      start(1),
      heard('heavy', window(8, 4, { heavy: true }), 'We make sure. So that'),
      heard('fast', window(10, 5), 'we make sure so that we need'),
    ];
    expect(lines(inside).at(-1)).toBe('1 draft We make sure. So that we need');
    const fast = [
      start(1),
      heard('heavy', window(4, 2, { heavy: true }), 'We make sure.'),
      heard('fast', window(6, 3), 'we make sure. So that we'),
    ];
    expect(lines(fast).at(-1)).toBe('1 draft We make sure. So that we');
    const pause = window(6, 2, { heavy: true, final: true, speculative: true });
    const paused = [
      start(1),
      heard('heavy', pause, 'We make sure.'),
      heard('fast', window(10, 4), 'so that we', 0.95, pause.end - SECOND / 10),
    ];
    expect(lines(paused).at(-1)).toBe('1 draft We make sure. so that we');
  });

  it('takes the end of a committed clause for the gap of a split: words of a draft have no times', () => {
    /** Three words are committed, up to 1.5 s, and three more drafted, up to 4.5 s: half a second behind, half of one is expected. */
    const split = (committed: string, at: number) => {
      const heavy = (id: number, seconds: number) =>
        heard('heavy', window(id, seconds, { heavy: true }), committed);
      const draft = heard('fast', window(12, 4.5), `${committed} check if that`);
      return lines([start(1), heavy(4, 2.5), heavy(8, 3), draft, end(1, 0, at), start(2, at * SECOND)]).slice(
        -2,
      );
    };
    expect(split('go to test.', 2.3)).toEqual(['1 draft ', '2 draft check if that']);
    expect(split('go to test', 2.3), 'no clause has ended').toEqual(['1 draft check', '2 draft if that']);
    expect(split('go to test.', 3.5), 'two words are expected').toEqual(['1 draft check if', '2 draft that']);
  });

  it('leaves what the heavy model only supposes at the end of its window to the fast one, which has heard more', () => {
    const supposed = (p: number) => {
      const { hypothesis, ...input } = heard(
        'heavy',
        window(6, 3, { heavy: true }),
        'We make sure. So, far',
      ) as Extract<TranscriptInput, { type: 'heard' }>;
      const words = hypothesis.words.map((word, index) => (index === 3 ? { ...word, p } : word));
      return lines([
        start(1),
        { ...input, hypothesis: { ...hypothesis, words: words.map((word) => early(word)) } },
        heard('fast', window(8, 4), 'we make sure that we need'),
      ]).at(-1);
    };
    // "So," ends 0.4 s before the end of the window, "far" at its end.
    const early = (word: Word): Word => ({
      ...word,
      start: word.start! + 0.6 * SECOND,
      end: word.end! + 0.6 * SECOND,
    });
    expect(supposed(0.5)).toBe('1 draft We make sure that we need');
    expect(supposed(0.9)).toBe('1 draft We make sure. So, we need');
  });

  it('leaves half a word at the end of its window to the fast one, however sure of it the heavy model is', () => {
    const cut = (seconds: number) =>
      lines([
        start(1),
        heard('heavy', window(6, seconds, { heavy: true }), 'the quick brow', 0.99),
        heard('fast', window(8, 2.5), 'the quick brown fox'),
      ]);
    // "brow" ends at 1.5 s.
    expect(cut(1.5)).toEqual(['1 draft the quick brow', '1 draft the quick brown fox']);
    expect(cut(1.75).at(-1)).toBe('1 draft the quick brown fox');
    expect(cut(1.85).at(-1)).toBe('1 draft the quick brow fox');
  });

  it('takes nothing away because heavy heard nothing yet', () => {
    expect(
      lines([start(1), heard('fast', window(4, 2), 'the fox'), heard('heavy', window(4, 2), '')]),
    ).toEqual(['1 draft the fox']);
  });

  it('holds a draft that has nothing to do with the one before back, once', () => {
    const { events, state } = run([
      start(1),
      heard('fast', window(4, 2), 'the quick brown fox'),
      heard('fast', window(5, 2.25), 'thanks for watching this'),
      heard('fast', window(6, 2.5), 'the quick brown fox jumps'),
    ]);
    expect(events.map((event) => 'text' in event && event.text)).toEqual([
      'the quick brown fox',
      'the quick brown fox jumps',
    ]);
    expect(state.heldBack).toBe(1);
  });

  it('shows the second in a row: then it was the one before that was wrong', () => {
    const drafts = (...texts: readonly string[]) =>
      run([start(1), ...texts.map((text, index) => heard('fast', window(4 + index, 2 + index / 4), text))]);
    const { events, state } = drafts(
      'the quick brown fox',
      'thanks for watching this',
      'thanks for watching all of this',
    );
    expect(events.map((event) => 'text' in event && event.text)).toEqual([
      'the quick brown fox',
      'thanks for watching all of this',
    ]);
    expect(state.heldBack).toBe(1);
    // A third one is a first one again.
    const third = drafts('the quick brown fox', 'a b c d', 'e f g h', 'i j k l');
    expect(third.events.map((event) => 'text' in event && event.text)).toEqual([
      'the quick brown fox',
      'e f g h',
    ]);
    expect(third.state.heldBack).toBe(2);
  });

  it('compares a draft with what is not committed of the one before', () => {
    const said = 'one two three four five six seven';
    const first = (count: number) => said.split(' ').slice(0, count).join(' ');
    // The heavy model is ahead: all that was drafted is committed when the next draft comes, which has less to say.
    const { events, state } = run([
      start(1),
      heard('fast', window(8, 2), first(4)),
      heard('heavy', window(10, 2.75, { heavy: true }), first(5)),
      heard('heavy', window(12, 3, { heavy: true }), first(6)),
      heard('fast', window(13, 3.25), first(6), 0.8),
      heard('fast', window(14, 3.75), first(7), 0.8),
      heard('fast', window(15, 4), first(7), 0.8),
    ]);
    expect(state.heldBack).toBe(0);
    expect(events.flatMap((event) => (event.type === 'commit' ? [event.text] : []))).toEqual([first(5)]);
    expect(events.flatMap((event) => (event.type === 'draft' ? [event.text] : [])).at(-1)).toBe('six seven');
  });

  it.each([
    ['a third of the words in common', 'red green blue', 'red salt pepper', true],
    ['two of five words in common', 'red green blue black white', 'red green salt pepper vinegar', false],
    ['three words before, none in common', 'red green blue', 'salt pepper vinegar', true],
    ['two words before, none in common', 'red green', 'salt pepper vinegar', false],
  ])('holds back what differs in most of at least three words: %s', (_, before, after, held) => {
    const { events, state } = run([
      start(1),
      heard('fast', window(4, 2), before),
      heard('fast', window(5, 2.25), after),
    ]);
    expect(events.map((event) => 'text' in event && event.text)).toEqual(held ? [before] : [before, after]);
    expect(state.heldBack).toBe(held ? 1 : 0);
  });
});
