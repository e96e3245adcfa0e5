/**
 * User settings of every VS Code that the tests drive, in the browser and on the desktop. Nothing of the extension is
 * configured: its defaults must do.
 * @type {Readonly<Record<string, unknown>>}
 */
export const HOST_SETTINGS = {
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  // In the browser the default is to save after a delay, which would hide whether a draft made the file dirty.
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'git.enabled': false,
};
