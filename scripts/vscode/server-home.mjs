import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Settings that keep the window to the editor: no welcome pages, no prompts, nothing that asks the network. */
const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** There is no extension gallery to talk to: the port of the discard service refuses every connection at once. */
const CLOSED_GALLERY = JSON.stringify({
  serviceUrl: `http://127.0.0.1:9/gallery`,
  itemUrl: '',
  resourceUrlTemplate: '',
});

/**
 * Fills the private folder of a server. A home that is used again keeps what its user has changed since.
 * @param {Pick<import('./server.mjs').ServerOptions, 'home' | 'settings' | 'machineSettings' | 'keybindings' | 'extensions'>} options
 * @returns {Promise<{ config: string, userData: string, extensions: string }>}
 */
export async function prepareHome({ home, settings, machineSettings, keybindings, extensions = {} }) {
  const userData = path.join(home, 'user-data');
  const extensionsFolder = path.join(home, 'extensions');
  const config = path.join(home, 'config.yaml');
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await mkdir(extensionsFolder, { recursive: true });
  const allSettings = JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2);
  await unlessThere(writeFile(path.join(userData, 'User', 'settings.json'), allSettings, { flag: 'wx' }));
  if (keybindings) {
    const file = path.join(userData, 'User', 'keybindings.json');
    await unlessThere(writeFile(file, JSON.stringify(keybindings, null, 2), { flag: 'wx' }));
  }
  if (machineSettings) {
    await mkdir(path.join(userData, 'Machine'), { recursive: true });
    const file = path.join(userData, 'Machine', 'settings.json');
    await unlessThere(writeFile(file, JSON.stringify(machineSettings, null, 2), { flag: 'wx' }));
  }
  await unlessThere(writeFile(config, '', { flag: 'wx' }));
  for (const [name, folder] of Object.entries(extensions))
    await unlessThere(symlink(folder, path.join(extensionsFolder, name), 'dir'));
  return { config, userData, extensions: extensionsFolder };
}

/** @param {Promise<void>} creation */
async function unlessThere(creation) {
  await creation.catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/**
 * The environment of a server: without what a surrounding VS Code or a hosting platform set for theirs.
 * @param {string} home
 * @param {Pick<import('./server.mjs').ServerOptions, 'env' | 'ownHome'>} [options]
 * @param {Readonly<NodeJS.ProcessEnv>} [base]
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnv(home, { env = {}, ownHome = true } = {}, base = process.env) {
  const inherited = Object.entries(base).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|PASSWORD$|HASHED_PASSWORD$|PORT$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    EXTENSIONS_GALLERY: CLOSED_GALLERY,
    ...env,
    ...(ownHome
      ? {
          HOME: home,
          XDG_CONFIG_HOME: path.join(home, '.config'),
          XDG_DATA_HOME: path.join(home, '.local', 'share'),
        }
      : {}),
  };
}
