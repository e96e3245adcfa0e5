import { describe, expect, it } from 'vitest';
import { Late } from '../../../src/core/late';

describe('Late', () => {
  it('makes what is asked for once, and not before', () => {
    let made = 0;
    const late = new Late(() => ++made);
    expect(late.wanted).toBe(false);
    expect(made).toBe(0);
    expect([late.get(), late.get()]).toEqual([1, 1]);
    expect(late.wanted).toBe(true);
  });

  it('tries again after a failure', () => {
    let tries = 0;
    const late = new Late(() => {
      if (++tries === 1) throw new Error('no');
      return 'yes';
    });
    expect(() => late.get()).toThrow('no');
    expect(late.wanted).toBe(false);
    expect(late.get()).toBe('yes');
  });
});
