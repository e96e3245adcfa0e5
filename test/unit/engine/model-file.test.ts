import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkModelFile } from '../../../src/engine/model-file';

const FAST = path.join('models', 'embedded', 'fast.bin');
const HEAVY = path.join('models', 'embedded', 'heavy.bin');

describe('checkModelFile', () => {
  let folder: string;
  let whole: Buffer;

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'model-file-'));
    whole = fs.readFileSync(FAST);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  function check(bytes: Buffer) {
    const file = path.join(folder, 'model.bin');
    fs.writeFileSync(file, bytes);
    return checkModelFile(file);
  }

  /** The file with the 32-bit field number `index` after the magic changed. */
  function withField(index: number, value: number): Buffer {
    const copy = Buffer.from(whole);
    copy.writeInt32LE(value, 4 + 4 * index);
    return copy;
  }

  it.each([FAST, HEAVY])('understands %s', (file) => {
    expect(checkModelFile(file)).toEqual({
      multilingual: false,
      languages: 1,
      tokenEot: 50_256,
      tokenTimestamp: 50_363,
      audioCtx: 1500,
    });
  });

  it('knows the tokens of multilingual models', () => {
    // Only the header is changed, so that the check of the vocabulary still passes: it may be shorter than announced.
    expect(check(withField(0, 51_865))).toMatchObject({
      languages: 99,
      tokenEot: 50_257,
      tokenTimestamp: 50_364,
    });
    expect(check(withField(0, 51_866))).toMatchObject({ languages: 100, tokenTimestamp: 50_365 });
  });

  it('refuses a missing file and a folder', () => {
    expect(() => checkModelFile(path.join(folder, 'none.bin'))).toThrowError(
      expect.objectContaining({ code: 'model-missing' }),
    );
    expect(() => checkModelFile(folder)).toThrowError(expect.objectContaining({ code: 'model-missing' }));
  });

  it('refuses a file that was cut anywhere', () => {
    const cuts = [0, 3, 4, 20, 48, 1000, 30_000, 500_000, 1_000_000];
    for (const length of [...cuts, whole.length - 1, whole.length - 100_000]) {
      expect(() => check(whole.subarray(0, length)), `cut at ${length}`).toThrowError(
        expect.objectContaining({ code: 'model-corrupt' }),
      );
    }
  });

  it('refuses a file that was cut right between two tensors, or before the first', () => {
    const name = whole.indexOf('decoder.positional_embedding');
    const encoder = whole.indexOf('encoder.positional_embedding');
    // Before a tensor's name stand its shape and three numbers.
    for (const at of [name, encoder].filter((index) => index > 0)) {
      const start = at - 2 * 4 - 3 * 4;
      expect(() => check(whole.subarray(0, start))).toThrowError(/holds \d+ of \d+ tensors/);
    }
  });

  it('refuses noise, other files and bytes after the end', () => {
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256));
    for (const bytes of [noise, Buffer.from('RIFF....WAVE'), Buffer.concat([whole, Buffer.from([1])])]) {
      expect(() => check(bytes)).toThrowError(expect.objectContaining({ code: 'model-corrupt' }));
    }
  });

  it('refuses headers that make no sense', () => {
    for (let field = 0; field < 11; field += 1) {
      for (const value of [-1, 0x7fffffff]) {
        expect(() => check(withField(field, value)), `field ${field}`).toThrowError(
          expect.objectContaining({ code: 'model-corrupt' }),
        );
      }
    }
  });
});
