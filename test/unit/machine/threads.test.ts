import { describe, expect, it } from 'vitest';
import {
  chosenThreads,
  finalsTakeAll,
  isCrowded,
  roomForFinals,
  threadBudget,
} from '../../../src/core/threads';

describe('threadBudget', () => {
  it.each([
    [1, { fast: 1, heavy: 1, final: 1 }],
    [2, { fast: 1, heavy: 1, final: 2 }],
    [3, { fast: 1, heavy: 1, final: 2 }],
    [4, { fast: 1, heavy: 2, final: 3 }],
    [8, { fast: 2, heavy: 5, final: 5 }],
    [32, { fast: 2, heavy: 8, final: 8 }],
  ])('shares %i cores between models that work side by side', (cores, budget) => {
    expect(threadBudget(cores)).toEqual(budget);
    expect(threadBudget(cores, 'tandem')).toEqual(budget);
  });

  it.each([
    [1, { fast: 1, heavy: 1, final: 1 }],
    [2, { fast: 2, heavy: 2, final: 2 }],
    [4, { fast: 2, heavy: 3, final: 3 }],
    [32, { fast: 2, heavy: 8, final: 8 }],
  ])('gives all of %i cores to models that take turns, or to one alone', (cores, budget) => {
    expect(threadBudget(cores, 'cascaded')).toEqual(budget);
    expect(threadBudget(cores, 'single').heavy).toBe(budget.heavy);
  });
});

describe('chosenThreads', () => {
  const budget = threadBudget(2);

  it('leaves what nobody chose', () => {
    expect(chosenThreads(budget, {})).toEqual(budget);
    expect(chosenThreads(budget, { fast: 2 })).toEqual({ ...budget, fast: 2 });
  });

  it('gives the final passes what somebody chose for the heavy model', () => {
    expect(chosenThreads(budget, { heavy: 1 })).toEqual({ fast: 1, heavy: 1, final: 1 });
  });
});

describe('finalsTakeAll', () => {
  it('holds where cores are few, but for a single one', () => {
    const all = Array.from({ length: 64 }, (_, index) => index + 1).filter((cores) =>
      finalsTakeAll(threadBudget(cores)),
    );
    expect(all).toEqual([2, 3, 4]);
    expect(finalsTakeAll(threadBudget(2, 'cascaded'))).toBe(false);
  });
});

describe('isCrowded', () => {
  it('holds for the automatic budget on a single core only', () => {
    const crowded = Array.from({ length: 64 }, (_, index) => index + 1).filter((cores) =>
      isCrowded(threadBudget(cores), cores),
    );
    expect(crowded).toEqual([1]);
  });

  it('holds for more threads than cores that somebody asked for', () => {
    expect(isCrowded({ fast: 2, heavy: 2, final: 2 }, 2)).toBe(true);
    expect(isCrowded({ fast: 2, heavy: 2, final: 2 }, 4)).toBe(false);
  });
});

describe('roomForFinals', () => {
  it.each([
    [1, { finalAfterDraft: false, yieldToFinal: true }],
    [2, { finalAfterDraft: true, yieldToFinal: true }],
    [4, { finalAfterDraft: true, yieldToFinal: true }],
    [8, { finalAfterDraft: false, yieldToFinal: false }],
  ])('on %i cores', (cores, room) => {
    expect(roomForFinals(threadBudget(cores), cores)).toEqual(room);
  });
});
