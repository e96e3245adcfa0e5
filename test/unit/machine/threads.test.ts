import { describe, expect, it } from 'vitest';
import { isCrowded, threadBudget } from '../../../src/core/threads';

describe('threadBudget', () => {
  it.each([
    [1, { fast: 1, heavy: 1 }],
    [2, { fast: 1, heavy: 1 }],
    [4, { fast: 1, heavy: 2 }],
    [8, { fast: 2, heavy: 5 }],
    [32, { fast: 2, heavy: 8 }],
  ])('shares %i cores between models that work side by side', (cores, budget) => {
    expect(threadBudget(cores)).toEqual(budget);
    expect(threadBudget(cores, 'tandem')).toEqual(budget);
  });

  it.each([
    [1, { fast: 1, heavy: 1 }],
    [2, { fast: 2, heavy: 2 }],
    [4, { fast: 2, heavy: 3 }],
    [32, { fast: 2, heavy: 8 }],
  ])('gives all of %i cores to models that take turns, or to one alone', (cores, budget) => {
    expect(threadBudget(cores, 'cascaded')).toEqual(budget);
    expect(threadBudget(cores, 'single').heavy).toBe(budget.heavy);
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
    expect(isCrowded({ fast: 2, heavy: 2 }, 2)).toBe(true);
    expect(isCrowded({ fast: 2, heavy: 2 }, 4)).toBe(false);
  });
});
