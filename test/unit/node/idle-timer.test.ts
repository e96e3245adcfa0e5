import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdleTimer } from '../../../src/node/idle-timer';

describe('idle timer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits for the last use, and starts over with a new one', () => {
    const idle = vi.fn();
    const timer = new IdleTimer(idle, () => 1000);
    const first = timer.begin();
    const second = timer.begin();
    first();
    first();
    vi.advanceTimersByTime(5000);
    expect(idle).not.toHaveBeenCalled();
    second();
    vi.advanceTimersByTime(999);
    const third = timer.begin();
    vi.advanceTimersByTime(5000);
    expect(idle).not.toHaveBeenCalled();
    third();
    vi.advanceTimersByTime(1000);
    expect(idle).toHaveBeenCalledTimes(1);
  });

  it('does not fire at once for a delay longer than timers can wait', () => {
    const idle = vi.fn();
    new IdleTimer(idle, () => 1e12).begin()();
    vi.advanceTimersByTime(1e9);
    expect(idle).not.toHaveBeenCalled();
  });

  it('never fires for an infinite delay or once disposed', () => {
    const idle = vi.fn();
    new IdleTimer(idle, () => Infinity).begin()();
    const timer = new IdleTimer(idle, () => 10);
    const use = timer.begin();
    timer.dispose();
    use();
    vi.advanceTimersByTime(1e9);
    expect(idle).not.toHaveBeenCalled();
  });
});
