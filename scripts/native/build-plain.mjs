// Builds smart-whisper exactly as `npm install` would (its own install script, in a copy), for the benchmark that
// compares it with ours. Prints the path of the addon.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError, runNodeGyp } from './compile.mjs';
import { withLock } from './cache.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

try {
  const original = path.join(root, 'node_modules', 'smart-whisper');
  const { version } = JSON.parse(readFileSync(path.join(original, 'package.json'), 'utf8'));
  const folder = path.join(root, '.cache', 'native', `plain-${version}`);
  const addon = path.join(folder, 'build', 'Release', 'smart-whisper.node');
  if (!existsSync(addon)) {
    await withLock(root, async () => {
      console.error('native plain: compiling smart-whisper as npm install does, this takes a few minutes …');
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      cpSync(original, folder, { recursive: true });
      await runNodeGyp(
        { root, verbose: false },
        folder,
        {},
        path.join(root, '.cache', 'native', 'plain.log'),
      );
      rmSync(path.join(folder, 'build', 'Release', 'obj.target'), { recursive: true, force: true });
    });
  }
  console.log(addon);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
