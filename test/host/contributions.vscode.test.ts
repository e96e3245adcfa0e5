import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/vscode/command-ids';
import { readSettings } from '../../src/vscode/settings';
import { SETTINGS } from '../../src/vscode/setting-list';
import { closeEditors, until } from './suite/editor';

const EXTENSION = 'tandem.tandem-dictation';

interface Keybinding {
  readonly key: string;
  readonly command: string;
}

describe('what the extension contributes', () => {
  const extension = vscode.extensions.getExtension(EXTENSION);

  it('is activated when VS Code has started', async () => {
    assert.ok(extension);
    await until('the extension is active', () => extension.isActive);
  });

  it('registers every command', async () => {
    const registered = await vscode.commands.getCommands(true);
    for (const command of Object.values(COMMANDS)) assert.ok(registered.includes(command), command);
  });

  it('has the defaults of the code for every setting', () => {
    const defaults = Object.fromEntries(Object.entries(SETTINGS).map(([name, one]) => [name, one.default]));
    assert.deepEqual(readSettings(), defaults);
  });

  it('toggles with a key that VS Code uses for nothing else', async () => {
    const manifest = extension?.packageJSON as {
      contributes: { keybindings: { key: string; mac: string }[] };
    };
    const [binding] = manifest.contributes.keybindings;
    assert.ok(binding);
    await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
    await until('the default keys are shown', () =>
      /"key"/.test(vscode.window.activeTextEditor?.document.getText() ?? ''),
    );
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    await closeEditors();
    // The file is a JSON array with comments; after it comes a list of commands without a key, all in comments.
    const defaults = JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as Keybinding[];
    assert.ok(defaults.length > 500, `${defaults.length} default keys`);
    const mine = process.platform === 'darwin' ? binding.mac : binding.key;
    const rivals = defaults.filter(
      ({ key, command }) => (key === mine || key.startsWith(`${mine} `)) && !command.startsWith('tandem.'),
    );
    assert.deepEqual(rivals, []);
  });
});
