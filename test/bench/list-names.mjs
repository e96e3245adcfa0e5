// Writes the lists of names that the vocabulary is measured with: of every project in projects.json, at its commit.
//   node test/bench/list-names.mjs FOLDER [PROJECT…]
// FOLDER has a clone of each project, under the project's name. Only names are kept, no text of the files.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadTypeScript } from '../../scripts/native/load-typescript.mjs';
import { ROOT } from '../../scripts/setup/paths.mjs';

const [clones, ...wanted] = process.argv.slice(2);
if (clones === undefined) {
  console.error('node test/bench/list-names.mjs FOLDER [PROJECT…]');
  process.exit(2);
}
const folder = path.join(ROOT, 'test/fixtures/vocabulary/real');
/** @type {{ name: string, commit: string, sources: string[], extension: string }[]} */
const projects = JSON.parse(readFileSync(path.join(folder, 'projects.json'), 'utf8'));
const { formatNames, listedNames } = await loadTypeScript(ROOT, 'test/bench/vocabulary-names.ts');

mkdirSync(path.join(folder, 'names'), { recursive: true });
for (const { name, commit, sources, extension } of projects) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  /** @param {string[]} args */
  const git = (...args) =>
    execFileSync('git', ['-C', path.join(clones, name), ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const files = git('ls-tree', '-r', '--name-only', commit).split('\n').filter(Boolean);
  /** @param {string} file */
  const isSource = (file) =>
    file.endsWith(extension) &&
    sources.some((source) => (source === '' ? !file.includes('/') : file.startsWith(`${source}/`)));
  // Of other files at the top the file name is known, as it is in a window.
  const documents = files.filter((file) => isSource(file) || !file.includes('/'));
  const list = new Map(
    documents.map((file) => [
      file,
      isSource(file) ? listedNames(git('show', `${commit}:${file}`)) : new Map(),
    ]),
  );
  writeFileSync(path.join(folder, 'names', `${name}.txt`), formatNames(list));
  console.log(`${name}: ${list.size} files`);
}
