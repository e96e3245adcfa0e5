import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudioRing } from '../../../src/engine/ring';

/** Samples whose values are their positions, so that any mix-up shows. */
function ramp(start: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => start + i);
}

describe('AudioRing', () => {
  it('returns any range it holds, and none that it does not, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
        fc.nat(200),
        fc.integer({ min: 1, max: 60 }),
        (capacity, lengths, start, wanted) => {
          const ring = new AudioRing(capacity);
          let end = 0;
          for (const length of lengths) {
            ring.append(end, ramp(end, length));
            end += length;
          }
          const begin = Math.max(0, end - capacity);
          expect(ring.available).toEqual({ start: begin, end });
          const target = new Float32Array(wanted);
          const range = { start, end: start + wanted };
          const held = start >= begin && range.end <= end;
          expect(ring.read(range, target)).toBe(held);
          if (held) expect(target).toEqual(ramp(start, wanted));
        },
      ),
    );
  });

  it('starts over after a gap', () => {
    const ring = new AudioRing(100);
    ring.append(0, ramp(0, 50));
    ring.append(60, ramp(60, 20));
    expect(ring.available).toEqual({ start: 60, end: 80 });
    expect(ring.read({ start: 40, end: 60 }, new Float32Array(20))).toBe(false);
  });

  it('takes audio that begins anywhere, as after a restart', () => {
    const ring = new AudioRing(10);
    ring.append(1_000_003, ramp(3, 7));
    const target = new Float32Array(3);
    expect(ring.read({ start: 1_000_005, end: 1_000_008 }, target)).toBe(true);
    expect([...target]).toEqual([5, 6, 7]);
  });

  it('forgets everything when cleared', () => {
    const ring = new AudioRing(10);
    ring.append(0, ramp(0, 5));
    ring.clear();
    expect(ring.read({ start: 0, end: 5 }, new Float32Array(5))).toBe(false);
  });
});
