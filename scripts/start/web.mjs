import { rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { ensureCachedVscode } from '../vscode/cache.mjs';
import { HOST, startServer } from '../vscode/server.mjs';
import { DEFAULT_PORT } from './options.mjs';
import { PLAY_SETTINGS, START_HOME } from './playground.mjs';

/** @typedef {{ url?: string, ended: Promise<void>, stop: () => Promise<void> }} Opened something that was opened and can be ended */

/**
 * Serves VS Code with the extension to browsers on this machine.
 * @param {{ folder: string, port: number | undefined }} options
 * @returns {Promise<Opened>}
 */
export async function openWeb({ folder, port }) {
  const vscode = await ensureCachedVscode();
  const home = path.join(START_HOME, 'web');
  // Installed anew each time: the server remembers what it found there with a version of its own.
  await rm(path.join(home, 'extensions'), { recursive: true, force: true });
  return startServer({
    vscode,
    home,
    // The recorder programs read the user's own sound configuration.
    ownHome: false,
    port: port ?? ((await isFree(DEFAULT_PORT)) ? DEFAULT_PORT : 0),
    settings: PLAY_SETTINGS,
    extensions: { 'tandem.tandem-dictation': ROOT },
    args: [folder],
  });
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
