import { describe, expect, it } from 'vitest';
import { compareVersions, systemNeeds } from '../../../scripts/package/glibc.mjs';
import { bundledFolders } from '../../../scripts/package/notices.mjs';

const DUMP = `
addon.node:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libstdc++.so.6
  NEEDED               libm.so.6
  NEEDED               libc.so.6
  NEEDED               ld-linux-x86-64.so.2
  SONAME               libaddon-2.99.so

Version References:
  required from libc.so.6:
    0x0d696917 0x00 16 GLIBC_2.7
    0x069691b3 0x00 15 GLIBC_2.28
    0x09691a75 0x00 04 GLIBC_2.2.5
  required from libstdc++.so.6:
    0x0297f870 0x00 05 GLIBCXX_3.4.30
`;

describe('what an addon needs of a Linux system', () => {
  it('is the newest C library that a symbol asks for, and the libraries that are not everywhere', () => {
    expect(systemNeeds(DUMP)).toEqual({ glibc: '2.28', libraries: ['libstdc++.so.6'] });
  });

  it('is nothing for a file without references', () => {
    expect(systemNeeds('')).toEqual({ glibc: '', libraries: [] });
  });

  it('compares versions by number, not by letter', () => {
    expect(compareVersions('2.9', '2.28')).toBeLessThan(0);
    expect(compareVersions('2.28', '2.28.0')).toBe(0);
    expect(compareVersions('2.2.5', '2.2')).toBeGreaterThan(0);
    expect(compareVersions('3.0', '2.40')).toBeGreaterThan(0);
  });
});

describe('the packages in a bundle', () => {
  it('are found by the folders of its inputs, nested and scoped ones too', () => {
    const inputs = Object.fromEntries(
      [
        'src/extension.ts',
        'node_modules/rxjs/dist/esm/index.js',
        'node_modules/rxjs/dist/esm/internal/x.js',
        'node_modules/@audio/decode-wav/index.js',
        'node_modules/node-record-lpcm16/node_modules/debug/src/index.js',
      ].map((file) => [file, {}]),
    );
    expect(bundledFolders({ inputs })).toEqual([
      'node_modules/@audio/decode-wav',
      'node_modules/node-record-lpcm16/node_modules/debug',
      'node_modules/rxjs',
    ]);
  });
});
