import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTurn, yields, type MicrophoneTurn } from '../../../src/core/audio/microphone-turns';

describe('turns at the microphone', () => {
  it('the first is 1, each later one is above all others', () => {
    expect(nextTurn([])).toBe(1);
    expect(
      nextTurn([
        { id: 'a', turn: 3 },
        { id: 'b', turn: 7 },
      ]),
    ).toBe(8);
  });

  it('who comes later keeps the microphone', () => {
    const [first, second] = [
      { id: 'z', turn: 1 },
      { id: 'a', turn: 2 },
    ];
    expect(yields(first, [second])).toBe(true);
    expect(yields(second, [first])).toBe(false);
    expect(yields(first, [])).toBe(false);
  });

  it('exactly one keeps it, however many have claimed it at the same moment', () => {
    const claims = fc.uniqueArray(
      fc.record({ id: fc.string({ minLength: 1 }), turn: fc.integer({ min: 1, max: 4 }) }),
      { selector: ({ id }) => id, minLength: 1 },
    );
    fc.assert(
      fc.property(claims, (all: MicrophoneTurn[]) => {
        const keeping = all.filter(
          (mine) =>
            !yields(
              mine,
              all.filter((one) => one !== mine),
            ),
        );
        expect(keeping).toHaveLength(1);
        expect(keeping[0]?.turn).toBe(Math.max(...all.map(({ turn }) => turn)));
      }),
    );
  });
});
