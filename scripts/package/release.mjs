import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { kindOf } from '../native/cross.mjs';
import { needsProbe } from '../native/variants.mjs';
import { ROOT } from '../setup/paths.mjs';
import { TARGETS, vsixName } from './targets.mjs';

/** A version that both marketplaces take: they know no pre-release tags. */
const VERSION = /^\d+\.\d+\.\d+$/;

/**
 * Why this commit must not be released under this tag; empty if nothing speaks against it. Pure.
 * @param {object} release
 * @param {string} release.tag such as `v1.2.3`
 * @param {string} release.version of the manifest
 * @param {string} release.changelog in the form of Keep a Changelog
 * @returns {string[]}
 */
export function releaseProblems({ tag, version, changelog }) {
  const problems = [];
  if (!VERSION.test(version)) problems.push(`package.json: "${version}" is not a version like 1.2.3.`);
  if (tag !== `v${version}`) problems.push(`The tag is ${tag}, but package.json says ${version}.`);
  const entry = changelogEntry(changelog, version);
  if (entry === undefined) problems.push(`CHANGELOG.md has no entry "## [${version}] - YYYY-MM-DD".`);
  else if (!/^\s*- /m.test(entry)) problems.push(`The entry ${version} in CHANGELOG.md is empty.`);
  if (/^\s*- /m.test(changelogEntry(changelog, 'Unreleased') ?? ''))
    problems.push('CHANGELOG.md has changes under "Unreleased": move them to the version.');
  return problems;
}

/**
 * The text below the heading of a version. Pure.
 * @param {string} changelog
 * @param {string} version such as `1.2.3`, which must have a date, or `Unreleased`
 * @returns {string | undefined}
 */
export function changelogEntry(changelog, version) {
  const [, ...entries] = changelog.split(/^## /m);
  const date = version === 'Unreleased' ? '' : ' - \\d{4}-\\d{2}-\\d{2}';
  const heading = new RegExp(`^\\[${version.replaceAll('.', '\\.')}\\]${date}\\s*$`);
  const entry = entries.find((text) => heading.test(text.split('\n', 1)[0] ?? ''));
  return entry?.slice(entry.indexOf('\n') + 1);
}

/**
 * The native files that a package must have, one for each level of processor: without the lowest some could not dictate,
 * without the others dictation would be slow.
 * @param {string} target
 * @returns {Promise<string[]>} paths below the package's root
 */
export async function packagedAddons(target) {
  // Not at the top: the first check of a release runs before `npm ci`.
  const { loadTypeScript } = await import('../native/load-typescript.mjs');
  const { levelsFor, variantName } = await loadTypeScript(ROOT, 'src/engine/cpu-levels.ts');
  const { platform, arch } = kindOf(target);
  const addons = levelsFor(platform, arch).map(
    (/** @type {{ name: string }} */ { name }) => `${variantName(platform, arch, name)}/smart-whisper.node`,
  );
  const probe = needsProbe(platform, arch) ? [`${variantName(platform, arch, 'cpuid')}/cpuid.node`] : [];
  return [...addons, ...probe].map((file) => `extension/dist/native/${file}`);
}

/**
 * Why these packages are not the release: one for every platform, each of this version, for the platform that its name
 * says, and with all of the addon that this platform has.
 * @param {string} folder
 * @param {string} version
 * @returns {Promise<string[]>}
 */
export async function packageProblems(folder, version) {
  const expected = TARGETS.map((target) => vsixName(target));
  const found = (await readdir(folder)).filter((name) => name.endsWith('.vsix'));
  const problems = [
    ...expected.filter((name) => !found.includes(name)).map((name) => `${name} is missing.`),
    ...found.filter((name) => !expected.includes(name)).map((name) => `${name} is for no known platform.`),
  ];
  for (const target of TARGETS) {
    const name = vsixName(target);
    if (!found.includes(name)) continue;
    const content = await readPackage(path.join(folder, name));
    if (content.version !== version) problems.push(`${name} is version ${content.version}.`);
    if (content.target !== target) problems.push(`${name} is for ${content.target}.`);
    for (const addon of await packagedAddons(target))
      if (!content.files.has(addon)) problems.push(`${name} has no ${addon}.`);
  }
  return problems;
}

/**
 * Version and platform as the manifest of a package has them, which is what a marketplace reads, and the names of its files.
 * @param {string} file
 */
async function readPackage(file) {
  // Not at the top: the first check of a release runs before `npm ci`.
  const { default: JSZip } = await import('jszip');
  const zip = await JSZip.loadAsync(await readFile(file));
  const manifest = (await zip.file('extension.vsixmanifest')?.async('string')) ?? '';
  const identity = /<Identity\b[^>]*>/.exec(manifest)?.[0] ?? '';
  const attribute = (/** @type {string} */ name) => new RegExp(`\\b${name}="([^"]*)"`).exec(identity)?.[1];
  const files = new Set(Object.keys(zip.files));
  return { version: attribute('Version'), target: attribute('TargetPlatform'), files };
}
