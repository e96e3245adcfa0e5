/**
 * User settings of every VS Code that the tests drive, on top of those that `scripts/vscode/server.mjs` sets. Nothing of
 * the extension is configured: its defaults must do.
 */
export const HOST_SETTINGS: Readonly<Record<string, unknown>> = {
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  // In the browser the default is to save after a delay, which would hide whether a draft made the file dirty.
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'git.enabled': false,
};
