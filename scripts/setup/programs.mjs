import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Finds a program the way a shell would.
 * @param {string} name with its path, or to be looked for
 * @param {Readonly<NodeJS.ProcessEnv>} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {string | undefined} its path: absolute, if those in PATH are
 */
export function findProgram(name, env = process.env, platform = process.platform) {
  const endings = platform === 'win32' ? (env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';') : [''];
  // A copy of Windows' environment, unlike the environment itself, tells capital letters apart.
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const places = path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name));
  return places.flatMap((place) => endings.map((ending) => place + ending)).find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
