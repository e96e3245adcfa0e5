import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isDictationError } from '../../../src/core/errors';
import { inspectGgmlModel } from '../../../src/node/models/ggml-file';

const FAST = path.join(__dirname, '..', '..', '..', 'models', 'embedded', 'fast.bin');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'tandem-ggml-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const whole = readFileSync(FAST);

/** Inspects a file with this content and returns the error's code, or the result. */
async function inspect(content: Uint8Array): Promise<unknown> {
  const file = path.join(scratch, 'model.bin');
  writeFileSync(file, content);
  try {
    return await inspectGgmlModel(file);
  } catch (error) {
    if (isDictationError(error)) return error.code;
    throw error;
  }
}

/** The embedded model with the 32-bit number at `offset` replaced. */
function patched(offset: number, value: number): Buffer {
  const copy = Buffer.from(whole);
  copy.writeInt32LE(value, offset);
  return copy;
}

describe('inspecting a ggml model', () => {
  it('reads the shape of a sound one', async () => {
    expect(await inspectGgmlModel(FAST)).toEqual({
      vocabulary: 51_864,
      multilingual: false,
      languages: 1,
      audioContext: 1500,
      audioLayers: 4,
      textLayers: 1,
      state: 96,
      mels: 80,
    });
  });

  it('calls every prefix of a sound one truncated, wherever it was cut', async () => {
    // From 4 bytes on: the magic number alone decides before.
    const cuts = fc.integer({ min: 4, max: whole.length - 1 });
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        expect(await inspect(whole.subarray(0, cut))).toBe('model-truncated');
      }),
      { numRuns: 40, examples: [[4], [48], [64_000], [whole.length - 1]] },
    );
  });

  it.each([
    ['another magic number', patched(0, 0x46554747)],
    ['no plausible vocabulary', patched(4, 7)],
    ['a width that its heads do not divide', patched(12, 97)],
    ['an unknown file type', patched(44, 99)],
    ['filters of another shape', patched(48, 128)],
    ['more tokens than the vocabulary', patched(56 + 80 * 201 * 4, 60_000)],
    ['a damaged token', patched(60 + 80 * 201 * 4, -5)],
    ['data behind the last tensor', Buffer.concat([whole, Buffer.alloc(1)])],
    ['fewer layers in the header than in the file', patched(20, 3)],
    ['a text file', Buffer.from('<!DOCTYPE html><html>not found</html>')],
  ])('refuses one with %s', async (_, content) => {
    expect(await inspect(content)).toBe('model-corrupt');
  });

  it('refuses one whose header announces more layers than there are', async () => {
    expect(await inspect(patched(20, 5))).toBe('model-truncated');
  });

  it('tells languages by the size of the vocabulary', async () => {
    expect(await inspect(patched(4, 51_865))).toMatchObject({ languages: 99 });
    expect(await inspect(patched(4, 51_866))).toMatchObject({ languages: 100 });
  });

  it('says so when a file cannot be read', async () => {
    await expect(inspectGgmlModel(scratch)).rejects.toMatchObject({ code: 'model-unreadable' });
    await expect(inspectGgmlModel(path.join(scratch, 'none'))).rejects.toMatchObject({
      code: 'model-unreadable',
    });
  });
});
