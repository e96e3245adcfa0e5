import { parseArgs } from 'node:util';
import { SetupError } from '../setup/say.mjs';

/** The address that `npm start` prints stays the same from start to start, unless something else has taken the port. */
export const DEFAULT_PORT = 8765;

const USAGE = `Usage: npm start -- [--web] [--port N] [--exit-after-ready]
  --web               serve VS Code for a browser even if there is a display
  --port N            port to serve it on (default ${DEFAULT_PORT}; 0 for any free one)
  --exit-after-ready  end everything as soon as it is ready, to check that it would start`;

/**
 * @typedef {object} StartOptions
 * @property {boolean} web
 * @property {number | undefined} port undefined: the usual one, or any if it is taken
 * @property {boolean} exitAfterReady
 */

/**
 * @param {readonly string[]} args
 * @returns {StartOptions}
 */
export function parseStartOptions(args) {
  const { web, port, 'exit-after-ready': exitAfterReady } = parsed(args);
  const number = port === undefined ? undefined : Number(port);
  if (number !== undefined && !(Number.isInteger(number) && number >= 0 && number <= 65_535))
    throw new SetupError(`"${port}" is not a port.`, USAGE);
  return { web, port: number, exitAfterReady };
}

/** @param {readonly string[]} args */
function parsed(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        web: { type: 'boolean', default: false },
        port: { type: 'string' },
        'exit-after-ready': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error), USAGE);
  }
}

/**
 * True if a window can be opened here. A Linux inside Windows counts as having no display: `code` there is the one of
 * Windows, which cannot load an extension from the Linux side; the browser of Windows reaches a server here.
 * @param {NodeJS.Platform} platform
 * @param {Readonly<NodeJS.ProcessEnv>} env
 * @returns {boolean}
 */
export function hasDisplay(platform, env) {
  if (platform === 'win32' || platform === 'darwin') return true;
  if (env.WSL_DISTRO_NAME) return false;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
