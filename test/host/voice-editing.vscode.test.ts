import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CommandMatcher } from '../../src/core/voice-commands/matcher';
import { VOICE_COMMANDS } from '../../src/core/voice-commands/registry';
import { readUserPhrases } from '../../src/core/voice-commands/user-phrases';
import { GhostSteps } from '../../src/vscode/ghost-steps';
import { readSettings } from '../../src/vscode/settings';
import { runUserCommand } from '../../src/vscode/voice/user-actions';
import { VoiceControl, type VoiceSettings } from '../../src/vscode/voice/voice-control';
import { Dictation } from './suite/dictation';
import { closeEditors, openFile, placeCursor, undo, until } from './suite/editor';

const own = readUserPhrases({
  'sign off': 'Kind regards,\nAda',
  'for loop': { snippet: 'for (const ${1:item} of ${2:items}) {}' },
  'mark it': { command: 'tandem.test.mark', args: [7] },
  'break it': { command: 'tandem.test.missing' },
});
const matcher = new CommandMatcher([...own.commands, ...VOICE_COMMANDS], 'en');

describe('editing by voice', () => {
  let dictation: Dictation;

  const begin = async (name: string, content: string) => {
    const editor = await openFile(`edit-${name}`, content);
    dictation = new Dictation(editor, { matcher });
    return editor;
  };
  /** What the document holds, with `|` where the next word lands. */
  const shown = ({ document }: vscode.TextEditor) => {
    const { offset } = dictation.take.target.place;
    const text = document.getText();
    return `${text.slice(0, offset)}|${text.slice(offset)}`;
  };
  const caret = (editor: vscode.TextEditor) => editor.document.offsetAt(editor.selection.active);
  afterEach(async () => {
    await dictation.dispose();
    await closeEditors();
  });

  it('deletes words before the place, in one undo step', async () => {
    const editor = await begin('words.ts', '  one two, three four.|\n');
    await dictation.say('Delete last word.');
    assert.equal(shown(editor), '  one two, three|\n');
    await dictation.say('Delete last two words.');
    assert.equal(shown(editor), '  one|\n');
    await undo();
    assert.equal(shown(editor), '  one two, three|\n');
    await dictation.say('Delete last five words.');
    assert.equal(shown(editor), '  |\n');
    await dictation.say('Delete last word.');
    assert.match(dictation.outcome ?? '', /no word/);
  });

  it('deletes words behind the place, and leaves one blank', async () => {
    const editor = await begin('next.ts', 'one |two three, four\n');
    await dictation.say('Delete next word.');
    assert.equal(shown(editor), 'one |three, four\n');
    await dictation.say('Clear right five words.');
    assert.equal(shown(editor), 'one |\n');
    await dictation.say('Delete next word.');
    assert.match(dictation.outcome ?? '', /no word behind/);
    await undo();
    assert.equal(editor.document.getText(), 'one three, four\n');
  });

  it('deletes a word of what was said, and can still take the rest of it back', async () => {
    const editor = await begin('rest.txt', '|\n');
    await dictation.say('One two three.', 'Delete last word.', 'Scratch that.');
    assert.equal(editor.document.getText(), '\n');
  });

  it('selects words and lines, and the next words take their place', async () => {
    const editor = await begin('select.txt', 'one two three|\nnext\n');
    await dictation.say('Select last two words.');
    assert.equal(editor.document.getText(editor.selection), 'two three');
    await dictation.say('more');
    assert.equal(shown(editor), 'one more|\nnext\n');
    await dictation.say('Select line.', 'All new.');
    assert.equal(shown(editor), 'All new.|\nnext\n');
  });

  it('deletes lines, the last one too', async () => {
    const editor = await begin('lines.txt', 'one\ntw|o\nthree');
    await dictation.say('Delete line.');
    assert.equal(shown(editor), 'one\n|three');
    await dictation.say('Delete the line.');
    assert.equal(shown(editor), 'one|');
    await dictation.say('Delete line.');
    assert.equal(shown(editor), '|');
    await undo();
    await undo();
    assert.equal(editor.document.getText(), 'one\nthree');
  });

  it('opens lines above and below, indented as the code is', async () => {
    const editor = await begin('open.ts', 'if (a) {|\n    b();\n}\n');
    await dictation.say('New line below.', 'c');
    assert.equal(shown(editor), 'if (a) {\n    c|\n    b();\n}\n');
    await dictation.say('New line above.', 'd');
    assert.equal(shown(editor), 'if (a) {\n    d|\n    c\n    b();\n}\n');
    await undo();
    await undo();
    assert.equal(editor.document.getText(), 'if (a) {\n    c\n    b();\n}\n');
  });

  it('opens a line at every cursor', async () => {
    const editor = await openFile('edit-open-all.txt', '|a\nb\nc\n');
    editor.selections = [new vscode.Selection(0, 1, 0, 1), new vscode.Selection(2, 1, 2, 1)];
    dictation = new Dictation(editor, { matcher });
    await dictation.say('new line below', 'x');
    assert.equal(editor.document.getText(), 'a\nx\nb\nc\nx\n');
  });

  it('moves the place and the caret, and words land there', async () => {
    const editor = await begin('go.txt', '  one\n  tw|o\n  three\n');
    const places: readonly (readonly [said: string, offset: number])[] = [
      ['Go to end of line.', 11],
      ['Start of line.', 8],
      ['Go to line three.', 14],
      ['Go to line 1.', 2],
      ['Go to end of file.', 20],
      ['Go to start of file.', 0],
    ];
    for (const [said, offset] of places) {
      await dictation.say(said);
      assert.equal(dictation.take.target.place.offset, offset, said);
      assert.equal(caret(editor), offset, said);
    }
    for (const [said, offset] of [
      ['Go down two lines.', 12],
      ['Go up one line.', 6],
      ['Go up nine lines.', 0],
      ['Go down nine lines.', 20],
    ] as const) {
      await dictation.say(said);
      assert.equal(dictation.take.target.place.offset, offset, said);
      assert.equal(caret(editor), offset, said);
    }
    await dictation.say('Go to line seventy.');
    assert.match(dictation.outcome ?? '', /4 lines only/);
    await dictation.say('Go to end of file.', 'End.');
    assert.equal(editor.document.getText(), '  one\n  two\n  three\nEnd.');
  });

  it('acts on the document of the dictation, not where the keyboard is', async () => {
    const editor = await begin('own.txt', 'one two|\n');
    const other = await openFile('edit-other.txt', 'left alone|\n');
    await dictation.say('Delete last word.', 'New line below.', 'Select line.', 'three');
    assert.equal(editor.document.getText(), 'one\nthree\n');
    assert.equal(other.document.getText(), 'left alone\n');
    assert.equal(vscode.window.activeTextEditor, other);
  });

  it('keeps what was said in its order, before and after each command', async () => {
    const editor = await begin('order.txt', '|\n');
    await dictation.say('one', 'two', 'scratch that', 'three', 'new line below', 'four', 'cap that', 'five');
    assert.equal(shown(editor), 'one three\nFour five|\n');
    assert.deepEqual(dictation.inserted, ['one', 'two', 'three', 'four', 'five']);
    assert.deepEqual(
      dictation.told.map(([phrase]) => phrase),
      ['scratch that', 'new line below', 'cap that'],
    );
  });

  it('carries out nothing that the heavy model has not verified', async () => {
    const editor = await begin('unverified.txt', '|\n');
    await dictation.say('one');
    dictation.session.draft(2, 'scratch that');
    dictation.session.commit(2, 'scratch that', { verified: false });
    await dictation.take.settled();
    assert.equal(editor.document.getText(), 'one scratch that\n');
    assert.deepEqual(dictation.told, []);
  });

  it('holds a beginning back until it is decided, and loses none of it', async () => {
    const editor = await begin('beginning.txt', '|\n');
    const { session } = dictation;
    session.draft(1, 'delete last week');
    session.commit(1, 'Delete last', { final: false, replacedDraft: 'delete last' });
    await dictation.take.settled();
    assert.equal(editor.document.getText(), '\n');
    assert.equal(dictation.unsaved.at(-1), 'Delete last week');
    session.commit(1, "week's logs.", { replacedDraft: 'week' });
    await dictation.take.settled();
    assert.equal(editor.document.getText(), "Delete last week's logs.\n");
    session.commit(2, 'Delete last', { final: false, replacedDraft: '' });
    session.commit(2, 'word.', { replacedDraft: '' });
    await dictation.take.settled();
    assert.equal(editor.document.getText(), "Delete last week's\n");
  });

  it('never puts the draft of a command into the document (style inline)', async () => {
    const ghosts = new GhostSteps();
    const editor = await openFile('edit-inline.txt', '|\n');
    dictation = new Dictation(editor, { matcher, inline: ghosts });
    await dictation.say('One.', 'Two.');
    const { version } = editor.document;
    dictation.session.draft(3, 'undo');
    dictation.session.draft(3, 'undo that');
    await dictation.take.settled();
    assert.equal(editor.document.version, version);
    dictation.session.commit(3, 'Undo that.');
    await dictation.take.settled();
    assert.equal(editor.document.getText(), 'One.\n');
    ghosts.dispose();
  });

  it('inserts the text of a phrase of the user as it is, and takes it back', async () => {
    const editor = await begin('text.txt', 'Bye.|\n');
    await dictation.say('Sign off.');
    assert.equal(editor.document.getText(), 'Bye. Kind regards,\nAda\n');
    await dictation.say('Scratch that.');
    assert.equal(editor.document.getText(), 'Bye.\n');
  });

  it('inserts a snippet at the place, and takes it back', async () => {
    const editor = await begin('snippet.ts', 'a();\n|\n');
    placeCursor(editor, 0);
    await dictation.say('For loop.');
    assert.equal(editor.document.getText(), 'a();\nfor (const item of items) {}\n');
    await dictation.say('Scratch that.');
    assert.equal(editor.document.getText(), 'a();\n\n');
  });

  it('asks its owner for what is not about the text', async () => {
    await begin('asked.txt', '|\n');
    await dictation.say('Mark it.', 'What can I say?', 'Stop listening.');
    assert.deepEqual(dictation.asked, [
      { type: 'run-command', command: 'tandem.test.mark', args: [7] },
      { type: 'show-commands' },
      { type: 'stop-listening' },
    ]);
  });

  it('writes nothing that was said after dictation was to stop', async () => {
    const editor = await begin('stop.txt', '|\n');
    dictation.session.draft(3, 'that was for you');
    await dictation.say('One.', 'Stop dictation.', 'That was for you.');
    assert.equal(editor.document.getText(), 'One.\n');
    assert.deepEqual(dictation.overheard, ['That was for you.']);
  });

  it('finishes what was asked before it ends', async () => {
    const editor = await begin('end.txt', '|\n');
    dictation.session.commit(1, 'one');
    dictation.session.commit(2, 'new line below');
    dictation.session.commit(3, 'two');
    await dictation.end();
    assert.equal(editor.document.getText(), 'one\ntwo\n');
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
