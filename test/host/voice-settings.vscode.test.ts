import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readSettings } from '../../src/vscode/settings';
import { runUserCommand } from '../../src/vscode/voice/user-actions';
import { VoiceControl, type VoiceSettings } from '../../src/vscode/voice/voice-control';
import { placeCursor, until } from './suite/editor';
import { obeying } from './suite/obeying';

describe('phrases of the user', () => {
  const { begin } = obeying();

  it('inserts the text of a phrase of the user as it is, and takes it back', async () => {
    const { editor, dictation } = await begin('text.txt', 'Bye.|\n');
    await dictation.say('Sign off.');
    assert.equal(editor.document.getText(), 'Bye. Kind regards,\nAda\n');
    await dictation.say('Scratch that.');
    assert.equal(editor.document.getText(), 'Bye.\n');
  });

  it('inserts a snippet at the place, and takes it back', async () => {
    const { editor, dictation } = await begin('snippet.ts', 'a();\n|\n');
    placeCursor(editor, 0);
    await dictation.say('For loop.');
    assert.equal(editor.document.getText(), 'a();\nfor (const item of items) {}\n');
    await dictation.say('Scratch that.');
    assert.equal(editor.document.getText(), 'a();\n\n');
  });

  it('asks its owner for what is not about the text', async () => {
    const { dictation } = await begin('asked.txt', '|\n');
    await dictation.say('Mark it.', 'What can I say?', 'Stop listening.');
    assert.deepEqual(dictation.asked, [
      { type: 'run-command', command: 'tandem.test.mark', args: [7] },
      { type: 'show-commands' },
      { type: 'stop-listening' },
    ]);
  });
});

describe('voice commands of the settings', () => {
  const DEFAULTS: VoiceSettings = {
    language: 'en',
    'voiceCommands.enabled': true,
    'voiceCommands.disabled': [],
    'voiceCommands.custom': {},
  };
  const control = (changes: Partial<VoiceSettings> = {}) =>
    new VoiceControl(() => ({ ...DEFAULTS, ...changes }));

  it('count at once', () => {
    let settings: VoiceSettings = DEFAULTS;
    const voice = new VoiceControl(() => settings);
    assert.equal(voice.matcher()?.match('undo that')?.id, 'undo');
    settings = { ...DEFAULTS, 'voiceCommands.disabled': ['undo'] };
    assert.equal(voice.matcher()?.match('undo that'), undefined);
    settings = { ...DEFAULTS, 'voiceCommands.custom': { 'undo that': 'text' } };
    assert.equal(voice.matcher()?.match('undo that')?.action.type, 'insert-text');
    settings = { ...DEFAULTS, language: 'de' };
    assert.equal(voice.matcher()?.match('Streich das.')?.id, 'scratch-that');
    settings = { ...DEFAULTS, 'voiceCommands.enabled': false };
    assert.equal(voice.matcher(), undefined);
    voice.dispose();
  });

  it('run a command of VS Code, and say so if it fails', async () => {
    const calls: unknown[] = [];
    const command = vscode.commands.registerCommand('tandem.test.mark', (...args) => calls.push(args));
    const voice = control();
    assert.equal(await voice.run({ type: 'run-command', command: 'tandem.test.mark', args: [7] }), undefined);
    assert.deepEqual(calls, [[7]]);
    assert.match((await runUserCommand('tandem.test.missing', [])) ?? '', /tandem\.test\.missing failed/);
    command.dispose();
    voice.dispose();
  });

  it('of the user are never read from a workspace', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
    const settings = { 'tandem.voiceCommands.custom': { 'do evil': { command: 'tandem.test.evil' } } };
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(settings)));
    const seen = () => vscode.workspace.getConfiguration('tandem').inspect('voiceCommands.custom');
    // Read by VS Code at its leisure: another setting of the same file tells when.
    await vscode.workspace.fs.writeFile(
      file,
      Buffer.from(JSON.stringify({ ...settings, 'tandem.voiceCommands.disabled': ['undo'] })),
    );
    await until('the workspace settings are read', () =>
      readSettings()['voiceCommands.disabled'].includes('undo'),
    );
    assert.deepEqual(readSettings()['voiceCommands.custom'], {});
    assert.equal(seen()?.globalValue, undefined);
    await vscode.workspace.fs.delete(file);
    await until('they are gone', () => readSettings()['voiceCommands.disabled'].length === 0);
  });

  it('are shown in a list', async () => {
    let isClosed = false;
    const list = vscode.commands.executeCommand('tandem.showVoiceCommands');
    void list.then(() => (isClosed = true));
    // It is done when the list is closed, which has to be open before that.
    while (!isClosed) {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await new Promise((resolve) => setImmediate(resolve));
    }
    await list;
  });
});
