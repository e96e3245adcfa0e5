import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PATCHES, type Patch, applyPatches } from '../../../scripts/native/patches.mjs';

const FOLDERS: Record<Patch['source'], string> = {
  'smart-whisper': 'node_modules/smart-whisper',
  'whisper.cpp': 'node_modules/nodejs-whisper/cpp/whisper.cpp',
};

describe('the corrections', () => {
  it.each(PATCHES)('fit the installed sources: $why', (patch) => {
    const text = readFileSync(path.join(FOLDERS[patch.source], patch.file), 'utf8');
    const patched = applyPatches(patch.source, patch.file, text);
    expect(patched).toContain(patch.replace);
    expect(patched.split(patch.find).length - 1).toBe(patch.replace.split(patch.find).length - 1);
  });

  const patch: Patch = {
    source: 'smart-whisper',
    file: 'a.cc',
    why: 'reason',
    find: 'old',
    replace: '$& new',
    times: 1,
  };

  it('are literal', () => {
    expect(applyPatches('smart-whisper', 'a.cc', 'an old line\r\n', [patch])).toBe('an $& new line\n');
  });

  it('leave other files alone', () => {
    expect(applyPatches('smart-whisper', 'b.cc', 'old', [patch])).toBe('old');
    expect(applyPatches('whisper.cpp', 'a.cc', 'old', [patch])).toBe('old');
  });

  it.each(['', 'old and old'])('fail where the source has changed (%j)', (text) => {
    expect(() => applyPatches('smart-whisper', 'a.cc', text, [patch])).toThrow(/a\.cc has changed.*reason/);
  });
});
