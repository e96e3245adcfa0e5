import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { run } from '../setup/run.mjs';
import { thirdPartyNotices } from './notices.mjs';

/** Files and folders of the repository that are packaged as they are; texts of the manifest and the build come on top. */
const CONTENTS = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'l10n',
  'media',
  'models/catalog.json',
  'models/embedded',
];
/** Below those, what only the repository needs: pages on the web show these pictures from there. */
const LEFT_OUT = ['media/readme', 'media/icon.svg'];
/** Tools that run in the repository only. */
const NOT_SHIPPED = ['dist/cli.js'];
/** Parts of the manifest that only a checkout has a use for. */
const CHECKOUT_ONLY = ['private', 'scripts', 'dependencies', 'devDependencies', 'allowScripts'];

/**
 * @typedef {object} StageOptions
 * @property {string} target the platform that the package is for
 * @property {boolean} thisMachine build the addon for this processor only, instead of all of the platform
 * @property {string} [repository] address of the repository on the web
 * @property {string} work folder to do it in
 */

/**
 * Makes the folder that a package is zipped from: a release build, beside what the repository has of it. Built apart from
 * `dist/`, so that nothing of another build slips in and no running window loses its files.
 * @param {StageOptions} options
 * @returns {Promise<string>} its absolute path
 */
export async function stage({ target, thisMachine, repository, work }) {
  const folder = path.join(work, 'extension');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all([copyContents(folder), writeManifest(folder, repository)]);
  if (!repository) await removePictures(path.join(folder, 'README.md'));
  await buildInto(folder, { target, thisMachine, metafile: path.join(work, 'bundles.json') });
  for (const file of NOT_SHIPPED) await rm(path.join(folder, file));
  // Everything here is wanted; vsce asks for a list of what is not.
  await writeFile(path.join(folder, '.vscodeignore'), '');
  return folder;
}

/** @param {string} folder */
async function copyContents(folder) {
  const texts = (await readdir(ROOT)).filter((name) => /^package\.nls(\.[\w-]+)?\.json$/.test(name));
  const left = new Set(LEFT_OUT.map((name) => path.join(ROOT, name)));
  for (const name of [...CONTENTS, ...texts]) {
    const filter = (/** @type {string} */ file) => !left.has(file);
    await cp(path.join(ROOT, name), path.join(folder, name), { recursive: true, filter });
  }
}

/**
 * VS Code shows pictures from the web only: without an address they would be broken ones.
 * @param {string} readme
 */
async function removePictures(readme) {
  const text = await readFile(readme, 'utf8');
  await writeFile(readme, text.replace(/!\[[^\]]*\]\((?!https:)[^)]*\)/g, ''));
}

/**
 * @param {string} folder
 * @param {string | undefined} repository
 */
async function writeManifest(folder, repository) {
  const manifest = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  for (const name of CHECKOUT_ONLY) delete manifest[name];
  if (repository) {
    manifest.repository = { type: 'git', url: `${repository}.git` };
    manifest.homepage = `${repository}#readme`;
    manifest.bugs = { url: `${repository}/issues` };
  }
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * @param {string} folder
 * @param {Pick<StageOptions, 'target' | 'thisMachine'> & { metafile: string }} options metafile: gets what went into the bundles
 */
async function buildInto(folder, { target, thisMachine, metafile }) {
  const dist = path.join(folder, 'dist');
  await run(process.execPath, ['esbuild.mjs', '--release', `--outdir=${dist}`, `--metafile=${metafile}`]);
  const which = thisMachine ? [] : ['--all', '--target', target];
  await run(process.execPath, ['scripts/native/build.mjs', ...which, '--out', path.join(dist, 'native')]);
  const notices = await thirdPartyNotices(JSON.parse(await readFile(metafile, 'utf8')));
  await writeFile(path.join(folder, 'ThirdPartyNotices.txt'), notices);
}
