import { describe, expect, it } from 'vitest';
import { Late } from '../../../src/core/late';

describe('Late', () => {
  it('makes nothing before somebody asks, and then one for all', async () => {
    let made = 0;
    const late = new Late(() => Promise.resolve(++made));
    expect(made).toBe(0);
    expect(late.wanted).toBe(false);
    const both = Promise.all([late.get(), late.get()]);
    expect(late.wanted).toBe(true);
    expect(await both).toEqual([1, 1]);
    expect(await late.get()).toBe(1);
  });

  it('tells everybody who waits of a failure, and tries again for the next who asks', async () => {
    let tries = 0;
    const late = new Late(() => (++tries === 1 ? Promise.reject(new Error('no')) : Promise.resolve('yes')));
    const both = await Promise.allSettled([late.get(), late.get()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(late.wanted).toBe(false);
    expect(await late.get()).toBe('yes');
    expect(tries).toBe(2);
  });
});
