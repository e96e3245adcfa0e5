// `npm run package`: a VSIX for this platform, `tandem-dictation-<target>.vsix`, from a release build with the addon for
// every CPU level. What goes in is listed in `.vscodeignore`.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { run } from './setup/run.mjs';
import { runEntry, say } from './setup/say.mjs';

await runEntry(async () => {
  const target = `${process.platform}-${process.arch}`;
  const file = `tandem-dictation-${target}.vsix`;
  await prepare('build');
  // Leftovers of other builds must not slip in.
  await rm(path.join(ROOT, 'dist'), { recursive: true, force: true });
  await run(process.execPath, ['scripts/native/build.mjs', '--all']);
  await run(process.execPath, ['esbuild.mjs', '--release']);
  const vsce = path.join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
  await run(process.execPath, [
    vsce,
    'package',
    ...['--target', target, '--out', file],
    // Everything is bundled; node_modules stays at home.
    '--no-dependencies',
    // The picture of the README is packaged with it.
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
  ]);
  say(`Install it with: code --install-extension ${file}`);
  return 0;
});
