// `npm run package`: a VSIX for this platform, `tandem-dictation-<target>.vsix`, from a release build with the addon for
// every CPU level. What goes in is listed in `package/stage.mjs`.
//
//   npm run package -- [--target TARGET] [--out FILE] [--repository URL] [--this-machine] [--portable] [--work FOLDER]
//
// --target is this machine's unless named; on Linux it may be the other processor's, if a compiler for that is installed
// (scripts/native/README.md). Elsewhere another one than this machine's fails: a release must not run on a wrong runner.
// --repository is the address on the web: it goes into the manifest, and relative links of the README lead there.
// --this-machine compiles for this processor only, which is faster. --portable fails if the addon needs a newer Linux than
// a published package may. --work is the folder in which it is put together, which is `out/package` unless named: two cannot
// be made in the same one at a time.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { canBuildFor, kindOf } from './native/cross.mjs';
import { checkPortable } from './package/portable.mjs';
import { stage } from './package/stage.mjs';
import { THIS_TARGET, TARGETS, vsixName } from './package/targets.mjs';
import { OUT, ROOT } from './setup/paths.mjs';
import { prepareTools } from './setup/prepare.mjs';
import { run } from './setup/run.mjs';
import { runEntry, say, SetupError } from './setup/say.mjs';

await runEntry(async () => {
  const { values } = parseArgs({
    options: {
      target: { type: 'string', default: THIS_TARGET },
      out: { type: 'string' },
      repository: { type: 'string' },
      'this-machine': { type: 'boolean', default: false },
      portable: { type: 'boolean', default: false },
      work: { type: 'string', default: path.join(OUT, 'package') },
    },
  });
  const { target, repository } = values;
  const known = /** @type {readonly string[]} */ (TARGETS);
  if (!known.includes(target))
    throw new SetupError(`There is no package for "${target}".`, `There are: ${TARGETS.join(', ')}.`);
  if (!canBuildFor(kindOf(target)))
    throw new SetupError(
      `A package for ${target} cannot be made on ${THIS_TARGET}.`,
      'The speech engine is compiled for the system it is built on: run this on one of the other kind.',
    );
  if (target !== THIS_TARGET && values['this-machine'])
    throw new SetupError(
      '--this-machine and --target contradict each other.',
      `This machine is ${THIS_TARGET}.`,
    );
  const file = path.resolve(ROOT, values.out ?? vsixName(target));
  await prepareTools('build');
  const work = path.resolve(ROOT, values.work);
  const folder = await stage({ target, thisMachine: values['this-machine'], repository, work });
  await checkPortable(await nativeFolders(folder), values.portable);
  const vsce = path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
  await run(
    process.execPath,
    [
      ...[vsce, 'package', '--target', target, '--out', file],
      // Everything is bundled; node_modules stays at home.
      '--no-dependencies',
      // Without an address there is nothing that links could lead to.
      ...(repository ? [] : ['--no-rewrite-relative-links', '--allow-missing-repository']),
    ],
    { cwd: folder },
  );
  say(`Install it with: code --install-extension ${path.relative(process.cwd(), file)}`);
  return 0;
});

/** @param {string} folder of the extension */
async function nativeFolders(folder) {
  const native = path.join(folder, 'dist', 'native');
  return (await readdir(native)).map((variant) => path.join(native, variant));
}
