import { run } from '../setup/run.mjs';
import { prepareHome, serverEnv } from './server-home.mjs';

/**
 * Installs a package into the private folder of a server that is not running, as `code --install-extension` does.
 * @param {object} options
 * @param {import('./cache.mjs').CachedVscode} options.vscode
 * @param {string} options.home private folder of the server
 * @param {string} options.file the VSIX
 * @param {Readonly<Record<string, unknown>>} [options.settings] user settings, as for the server: its home is made here
 * @returns {Promise<void>}
 */
export async function installVsix({ vscode, home, file, settings = {} }) {
  const folders = await prepareHome({ home, settings });
  await run(
    vscode.node,
    [
      ...[vscode.entry, '--config', folders.config, '--user-data-dir', folders.userData],
      ...['--extensions-dir', folders.extensions, '--install-extension', file],
    ],
    { cwd: home, env: serverEnv(home), quiet: true },
  );
}
