import { describe, expect, it } from 'vitest';
import { errorPlace } from '../../../src/core/errors';

/** What `act` throws. */
function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('what the log may have of an error', () => {
  it('has its kind and where it was thrown, and nothing of its message', () => {
    const place = errorPlace(thrownBy(() => JSON.parse('my secret words')));
    expect(place).toMatch(/^SyntaxError at .*error-place\.test/);
    expect(place).not.toContain('secret');
  });

  it('has nothing of a message of several lines', () => {
    const place = errorPlace(new RangeError('no place for\n    at my secret words'));
    expect(place).toMatch(/^RangeError at /);
    expect(place).not.toContain('secret');
  });

  it('has the code of a system error', () => {
    expect(errorPlace(Object.assign(new Error('no room'), { code: 'ENOSPC' }))).toMatch(/^Error ENOSPC at /);
  });

  it('has no more than the type of what is no error', () => {
    expect(errorPlace('my secret words')).toBe('string');
  });
});
