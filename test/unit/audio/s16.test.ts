import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplesFromS16 } from '../../../src/node/audio/s16';

describe('samplesFromS16', () => {
  it('decodes full scale, zero and sign', () => {
    const decode = samplesFromS16();
    expect([...decode(Buffer.from([0x00, 0x80, 0xff, 0x7f, 0x00, 0x00, 0xff, 0xff]))]).toEqual([
      -1,
      32_767 / 32_768,
      0,
      -1 / 32_768,
    ]);
  });

  it('does not care where the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.nat(200), { maxLength: 8 }),
        (bytes, cuts) => {
          const buffer = Buffer.from(bytes);
          const decode = samplesFromS16();
          const edges = [
            0,
            ...cuts.filter((cut) => cut < buffer.length).sort((a, b) => a - b),
            buffer.length,
          ];
          const pieces = edges.slice(1).map((end, i) => decode(buffer.subarray(edges[i], end)));
          expect(pieces.flatMap((piece) => [...piece])).toEqual([...samplesFromS16()(buffer)]);
        },
      ),
    );
  });
});
