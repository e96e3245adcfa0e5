import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  stateOfText,
  withState,
  type DraftState,
  type PastState,
} from '../../../src/core/anchor/draft-states';

/** What matters takes a row of a dozen drafts. */
const RUNS = 1_000;

/** More are not remembered, should all have stood for about the same time. */
const MOST = 24;

const idOf = (text: string) => ({ length: text.length, hash: `hash of ${text}` });

/** `{draft}` in braces. */
function state(marked: string, since: number): DraftState {
  const drafts = [...marked.matchAll(/\{([^}]*)\}/g)].map(({ index, 1: draft = '' }, before) => {
    const start = index - 2 * before;
    return { start, end: start + draft.length };
  });
  return { ...idOf(plain(marked)), drafts, since };
}
const plain = (marked: string) => marked.replace(/[{}]/g, '');

/** Texts with their drafts, each with how long it stood, ms. */
function after(...steps: readonly (readonly [marked: string, ms: number])[]): readonly PastState[] {
  let now = 0;
  return steps.reduce<readonly PastState[]>((states, [marked, ms]) => {
    const next = withState(states, state(marked, now));
    now += ms;
    return next;
  }, []);
}

/** What is draft in a document that is brought back as `text`. */
function draftsIn(states: readonly PastState[], text: string): readonly string[] | undefined {
  return stateOfText(states, idOf(text))?.drafts.map(({ start, end }) => text.slice(start, end));
}

/** Drafts that change several times a second. */
const quick = (count: number) =>
  Array.from({ length: count }, (_, index) => [`x{ and ${index}}`, 250] as const);

describe('states of a document with drafts', () => {
  it('know the draft of this moment and the ones right before', () => {
    const states = after(['x{ one}', 300], ['x{ one two}', 300], ['x{ one two three}', 300]);
    expect(draftsIn(states, 'x one two three')).toEqual([' one two three']);
    expect(draftsIn(states, 'x one')).toEqual([' one']);
  });

  it('know a draft that stood for long however many have come since', () => {
    const states = after(['x{ one}', 1_200], ...quick(100));
    expect(draftsIn(states, 'x one')).toEqual([' one']);
    expect(states.length).toBeLessThan(12);
  });

  it('know nothing of any other text: not of one character more, and not of the text without the draft', () => {
    const states = after(['x{ one}', 300], ['x{ one two}', 300]);
    for (const text of ['x one two.', 'y one two', 'x', ' one two'])
      expect(draftsIn(states, text)).toBe(undefined);
  });

  it('forget a draft that stood shorter than a later one: that is what was kept', () => {
    const states = after(['x{ one}', 1_200], ['x{ two}', 5_000], ...quick(10));
    expect(draftsIn(states, 'x one')).toBe(undefined);
    expect(draftsIn(states, 'x two')).toEqual([' two']);
  });

  it('know a draft that was confirmed with other words since', () => {
    const states = after(['x{ helo wold}', 1_200], ['x Hello world.', 400], ['x Hello world.{ and}', 300]);
    expect(draftsIn(states, 'x helo wold')).toEqual([' helo wold']);
    expect(draftsIn(states, 'x Hello world.')).toEqual([]);
  });

  it('leave words alone that were confirmed as they were drafted', () => {
    const states = after(['x{ hello there}', 1_200], ['x hello{ there}', 300], ['x hello{ there you}', 300]);
    expect(draftsIn(states, 'x hello there')).toEqual([' there']);
    expect(after(['x{ hello}', 1_200], ['x hello', 300])).toEqual([]);
  });

  it('end once the document has stood without drafts for longer than with them', () => {
    expect(after(['x{ one}', 1_200], ['x', 400], ['x{ two}', 300], ['x!', 300])).not.toEqual([]);
    expect(draftsIn(after(['x{ one}', 1_200], ['x', 4_000], ...quick(10)), 'x one')).toBe(undefined);
  });

  it('are one for a text that is given again, which an editor takes for a change all the same', () => {
    const again = after(['x{ one}', 1_200], ['x{ one}', 10]);
    expect(again).toMatchObject([{ since: 0, drafts: [{ start: 1, end: 5 }] }]);
    expect(draftsIn(after(['x{ one}', 1_200], ['x{ one}', 10], ...quick(10)), 'x one')).toEqual([' one']);
    const neverKept = after(['x{ one}', 1_100], ['x{ two}', 900], ['x{ two}', 900], ...quick(10));
    expect(draftsIn(neverKept, 'x one')).toEqual([' one']);
  });

  it('are bounded', () => {
    const slow = Array.from({ length: 100 }, (_, index) => [`x{ and ${index}}`, 1_000] as const);
    expect(after(...slow)).toHaveLength(MOST);
  });

  it('know several drafts in one document', () => {
    expect(draftsIn(after(['a{ one}b{ one}', 100]), 'a oneb one')).toEqual([' one', ' one']);
  });

  /** How drafts come and go: most of them quickly, some about as slowly as an editor waits. */
  const stepsOf = (texts: number) =>
    fc.array(
      fc.record({
        text: fc.nat(texts),
        isDraft: fc.integer({ min: 0, max: 9 }).map((one) => one > 0),
        ms: fc.oneof(
          { weight: 6, arbitrary: fc.integer({ min: 10, max: 600 }) },
          { weight: 3, arbitrary: fc.integer({ min: 940, max: 1_060 }) },
          { weight: 1, arbitrary: fc.integer({ min: 600, max: 12_000 }) },
        ),
        seenLate: fc.integer({ min: 0, max: 100 }),
      }),
      { minLength: 1, maxLength: MOST, size: 'max' },
    );
  const marked = ({ text, isDraft }: { text: number; isDraft: boolean }) =>
    isDraft ? `x{ draft ${text}}` : `x draft ${text}`;

  it('have the draft that an editor brings back, whichever time it waits before it keeps one', () => {
    fc.assert(
      fc.property(stepsOf(1_000), fc.constantFrom(1_000, 2_000, 10_000), (all, waits) => {
        let now = 0;
        let states: readonly PastState[] = [];
        for (const step of all) {
          states = withState(states, state(marked(step), now + step.seenLate));
          now += step.ms;
        }
        const kept = all.findLast(({ ms }) => ms >= waits);
        const typed = all.some(({ text, isDraft }) => text === kept?.text && !isDraft);
        if (!kept?.isDraft || typed) return;
        expect(draftsIn(states, `x draft ${kept.text}`)).toEqual([` draft ${kept.text}`]);
      }),
      { numRuns: RUNS },
    );
  });

  it('call draft only what was draft when the document was last this text', () => {
    fc.assert(
      fc.property(stepsOf(5), (all) => {
        const states = after(...all.map((step) => [marked(step), step.ms] as const));
        for (const { text, drafts } of all.map(({ text }) => ({
          text,
          drafts: draftsIn(states, `x draft ${text}`) ?? [],
        }))) {
          const last = all.findLast((step) => step.text === text);
          if (!last?.isDraft) expect(drafts).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
