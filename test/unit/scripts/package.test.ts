import { describe, expect, it } from 'vitest';
import { compareVersions, systemNeeds, unportable } from '../../../scripts/package/glibc.mjs';
import { bundledFolders } from '../../../scripts/package/notices.mjs';

const DUMP = `
Dynamic section at offset 0x1f2c8 contains 30 entries:
  Tag        Type                         Name/Value
 0x0000000000000001 (NEEDED)             Shared library: [libstdc++.so.6]
 0x0000000000000001 (NEEDED)             Shared library: [libm.so.6]
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]
 0x0000000000000001 (NEEDED)             Shared library: [ld-linux-aarch64.so.1]
 0x000000000000000e (SONAME)             Library soname: [libaddon-2.99.so]
 0x000000006ffffffe (VERNEED)            0x11b0

Version symbols section '.gnu.version' contains 3 entries:
 Addr: 0x0000000000001100  Offset: 0x001100  Link: 4 (.dynsym)
  000:   0 (*local*)       2 (GLIBC_2.40)    3 (GLIBC_2.28)

Version needs section '.gnu.version_r' contains 2 entries:
 Addr: 0x00000000000011b0  Offset: 0x0011b0  Link: 5 (.dynstr)
  000000: Version: 1  File: libc.so.6  Cnt: 3
  0x0010:   Name: GLIBC_2.7  Flags: none  Version: 16
  0x0020:   Name: GLIBC_2.28  Flags: none  Version: 15
  0x0030:   Name: GLIBC_2.2.5  Flags: none  Version: 4
  0x0040: Version: 1  File: libstdc++.so.6  Cnt: 1
  0x0050:   Name: GLIBCXX_3.4.30  Flags: none  Version: 5
`;

describe('what an addon needs of a Linux system', () => {
  it('is the newest C library that a symbol asks for, and the libraries that are not everywhere', () => {
    expect(systemNeeds(DUMP)).toEqual({ glibc: '2.28', libraries: ['libstdc++.so.6'] });
  });

  it('is nothing for a file without references', () => {
    expect(systemNeeds('')).toEqual({ glibc: '', libraries: [] });
  });

  it.each([
    ['2.28', [], undefined],
    ['2.9', [], undefined],
    ['', [], undefined],
    ['2.29', [], 'it needs glibc 2.29, and 2.28 must do'],
    ['2.28.1', [], 'it needs glibc 2.28.1, and 2.28 must do'],
    ['2.17', ['libstdc++.so.6', 'libgomp.so.1'], 'it needs libstdc++.so.6, libgomp.so.1'],
  ])('glibc %s and %j: may be published or not', (glibc, libraries, reason) => {
    expect(unportable({ glibc, libraries }, '2.28')).toBe(reason);
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
