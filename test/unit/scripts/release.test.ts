import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import JSZip from 'jszip';
import { afterEach, describe, expect, it } from 'vitest';
import {
  changelogEntry,
  packagedAddons,
  packageProblems,
  releaseProblems,
} from '../../../scripts/package/release.mjs';
import { TARGETS, vsixName } from '../../../scripts/package/targets.mjs';

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-21

### Added

- Something.

## [1.1.0] - 2026-10-01

### Fixed

- Something else.
`;

describe('a release', () => {
  const right = { tag: 'v1.2.0', version: '1.2.0', changelog: CHANGELOG };

  it('is fine when tag, manifest and changelog agree', () => {
    expect(releaseProblems(right)).toEqual([]);
  });

  it.each<[string, Partial<typeof right>, RegExp]>([
    ['a tag of another version', { tag: 'v1.1.0' }, /tag is v1\.1\.0, but package\.json says 1\.2\.0/],
    ['a tag without its letter', { tag: '1.2.0' }, /tag is 1\.2\.0/],
    ['a version that marketplaces refuse', { tag: 'v1.2.0-beta', version: '1.2.0-beta' }, /not a version/],
    ['no entry', { tag: 'v1.3.0', version: '1.3.0' }, /no entry "## \[1\.3\.0\]/],
    ['an entry without date', { changelog: CHANGELOG.replace(' - 2026-11-21', '') }, /no entry/],
    [
      'an empty entry',
      { changelog: CHANGELOG.replace('- Something.', '') },
      /1\.2\.0 in CHANGELOG\.md is empty/,
    ],
    [
      'changes that were left behind',
      { changelog: CHANGELOG.replace('## [1.2.0]', '- Forgotten.\n\n## [1.2.0]') },
      /under "Unreleased"/,
    ],
  ])('is refused for %s', (_what, change, words) => {
    const problems = releaseProblems({ ...right, ...change });
    expect(problems.join('\n')).toMatch(words);
  });

  it('finds the entry of a version, and no other', () => {
    expect(changelogEntry(CHANGELOG, '1.1.0')).toContain('Something else');
    expect(changelogEntry(CHANGELOG, '1.1.0')).not.toContain('- Something.\n');
    expect(changelogEntry(CHANGELOG, '1x1.0')).toBeUndefined();
  });
});

describe('the packages of a release', () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

  type Package = readonly [name: string, target: string, version: string];

  /** Packages with the addons that their names promise, but for `left`. */
  async function folderWith(packages: readonly Package[], left?: string) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-release-'));
    folders.push(folder);
    for (const [name, target, version] of packages) {
      const zip = new JSZip();
      const identity = `<Identity Language="en-US" Id="x" Version="${version}" TargetPlatform="${target}"/>`;
      zip.file(
        'extension.vsixmanifest',
        `<PackageManifest><Metadata>${identity}</Metadata></PackageManifest>`,
      );
      const promised = TARGETS.find((one) => name === vsixName(one)) ?? target;
      for (const addon of await packagedAddons(promised)) if (addon !== left) zip.file(addon, '');
      writeFileSync(path.join(folder, name), await zip.generateAsync({ type: 'nodebuffer' }));
    }
    return folder;
  }
  const all = TARGETS.map((target) => [vsixName(target), target, '1.2.0'] as const);

  it('are one for every platform', async () => {
    expect(await packageProblems(await folderWith(all), '1.2.0')).toEqual([]);
  });

  it('are not complete without one of them, nor with a strange one', async () => {
    const folder = await folderWith([...all.slice(1), ['tandem-dictation-plan9.vsix', 'plan9', '1.2.0']]);
    expect(await packageProblems(folder, '1.2.0')).toEqual([
      `${all[0]?.[0]} is missing.`,
      'tandem-dictation-plan9.vsix is for no known platform.',
    ]);
  });

  it('must be what their names say', async () => {
    const [first, second, ...rest] = all;
    if (!first || !second) throw new Error('two targets');
    const folder = await folderWith([
      [first[0], second[1], '1.2.0'],
      [second[0], second[1], '1.1.0'],
      ...rest,
    ]);
    expect(await packageProblems(folder, '1.2.0')).toEqual([
      `${first[0]} is for ${second[1]}.`,
      `${second[0]} is version 1.1.0.`,
    ]);
  });

  it('have the addon for every processor of their platform', async () => {
    const native = 'extension/dist/native';
    const lowest = `${native}/linux-arm64-baseline/smart-whisper.node`;
    expect(await packageProblems(await folderWith(all, lowest), '1.2.0')).toEqual([
      `tandem-dictation-linux-arm64.vsix has no ${lowest}.`,
    ]);
    expect(await packagedAddons('win32-x64')).toEqual([
      `${native}/win32-x64-avx512/smart-whisper.node`,
      `${native}/win32-x64-avx2/smart-whisper.node`,
      `${native}/win32-x64-baseline/smart-whisper.node`,
      `${native}/win32-x64-cpuid/cpuid.node`,
    ]);
    for (const target of TARGETS) expect(await packagedAddons(target), target).not.toEqual([]);
  });
});
