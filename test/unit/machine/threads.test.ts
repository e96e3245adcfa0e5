import { describe, expect, it } from 'vitest';
import { chosenThreads, isCrowded, roomForFinals, threadBudget } from '../../../src/core/threads';

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
  const room = (cores: number) => roomForFinals(threadBudget(cores), cores);

  it('gives quick final passes all cores where they are few, but for a single one', () => {
    const cores = Array.from({ length: 64 }, (_, index) => index + 1);
    expect(cores.filter((count) => room(count).allCoresUpTo > 0)).toEqual([2, 3, 4]);
    expect(room(2)).toEqual(room(4));
    expect(room(2).allCoresUpTo, 'drafts come within 0.9 s').toBeLessThan(900 - 250);
    expect(roomForFinals(threadBudget(2, 'cascaded'), 2).allCoresUpTo).toBe(0);
  });

  it('lets drafts wait for every final pass where there are more threads than cores', () => {
    expect([1, 2, 8].map((cores) => room(cores).yieldToFinal)).toEqual([true, false, false]);
  });
});
