import os from 'node:os';
import path from 'node:path';

/** Where the parts of an installed product lie; everything is found from the folder that holds `package.json`. */
export interface ProductPaths {
  /** Script of the engine processes. */
  readonly engineEntry: string;
  /** One folder per addon variant. */
  readonly nativeDir: string;
  /** Silero network and the WASM runtime. */
  readonly vadDir: string;
  readonly catalog: string;
  readonly embeddedModels: string;
  /** A short recording for a first try without a microphone. */
  readonly demoRecording: string;
  /** The words of that recording. */
  readonly demoText: string;
}

/** Paths below `root`, the folder of the extension (or of the repository). */
export function productPaths(root: string): ProductPaths {
  return {
    engineEntry: path.join(root, 'dist', 'engine.js'),
    nativeDir: path.join(root, 'dist', 'native'),
    vadDir: path.join(root, 'dist', 'vad'),
    catalog: path.join(root, 'models', 'catalog.json'),
    embeddedModels: path.join(root, 'models', 'embedded'),
    demoRecording: path.join(root, 'media', 'demo.wav'),
    demoText: path.join(root, 'media', 'demo.txt'),
  };
}

/**
 * The folder for downloaded models: one per user, shared by every editor and the command line, so that a model is
 * never downloaded twice. Follows the platform's convention for application data.
 */
export function userModelsDir(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = os.homedir(),
): string {
  return path[platform === 'win32' ? 'win32' : 'posix'].join(userDataDir(platform, env, home), 'models');
}

/** The folder in which all editors of this user tell each other who listens; see `MicrophoneLease`. */
export function microphoneClaimsDir(): string {
  return path.join(userDataDir(process.platform, process.env, os.homedir()), 'microphone');
}

function userDataDir(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  // Empty or relative means unset (XDG Base Directory Specification): models never land in the working folder.
  const named = (variable: string, usual: string) => {
    const value = env[variable] ?? '';
    return isAbsolute(value) ? value : usual;
  };
  const data =
    platform === 'win32'
      ? named('LOCALAPPDATA', join(home, 'AppData', 'Local'))
      : platform === 'darwin'
        ? join(home, 'Library', 'Application Support')
        : named('XDG_DATA_HOME', join(home, '.local', 'share'));
  return join(data, 'tandem-dictation');
}
