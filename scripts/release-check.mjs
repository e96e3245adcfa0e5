// `node scripts/release-check.mjs --tag v1.2.3 [--packages FOLDER]`: fails unless tag, manifest, changelog and, with
// --packages, the packages of all platforms agree. The release workflow runs it first and last.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageProblems, releaseProblems } from './package/release.mjs';
import { ROOT } from './setup/paths.mjs';
import { runEntry, say, SetupError } from './setup/say.mjs';

await runEntry(async () => {
  const { values } = parseArgs({ options: { tag: { type: 'string' }, packages: { type: 'string' } } });
  const { tag, packages } = values;
  if (!tag) throw new SetupError('Which tag? --tag v1.2.3');
  const read = (/** @type {string} */ name) => readFile(path.join(ROOT, name), 'utf8');
  const { version } = JSON.parse(await read('package.json'));
  const problems = [
    ...releaseProblems({ tag, version, changelog: await read('CHANGELOG.md') }),
    ...(packages ? await packageProblems(packages, version) : []),
  ];
  for (const problem of problems) say(problem);
  if (problems.length === 0) say(`${tag} can be released.`);
  return problems.length === 0 ? 0 : 1;
});
