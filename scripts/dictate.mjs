// `npm run -s dictate -- FILE`: the command line, built first if it is missing or older than its sources.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, isBuilt } from './setup/build.mjs';
import { ensureNodeModules } from './setup/node-modules.mjs';
import { ROOT } from './setup/paths.mjs';
import { runEntry } from './setup/say.mjs';

await runEntry(async () => {
  if (!(await isBuilt())) {
    await ensureNodeModules();
    await build({ quiet: true });
  }
  return dictate(process.argv.slice(2));
});

/**
 * Runs the built command line in the foreground. Ctrl-C reaches it by itself, as the terminal signals both; the first one
 * means "confirm what is pending", so this process must wait and not end before it.
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
function dictate(args) {
  // npm changes to the package's folder; file names are meant relative to where the command was typed.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const child = spawn(process.execPath, [path.join(ROOT, 'dist', 'cli.js'), ...args], {
    cwd,
    stdio: 'inherit',
  });
  process.on('SIGINT', () => {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}
