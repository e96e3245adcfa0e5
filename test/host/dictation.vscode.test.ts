import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { totalWordErrors, wordErrors } from '../../src/core/measure/wer';
import { COMMANDS } from '../../src/vscode/command-ids';
import { closeEditors, openFile, placeCursor, repositoryFile, type, undo, until } from './suite/editor';

/** The models that ship with the extension stay below this over all that is spoken here. */
const MAX_WORD_ERROR_RATE = 0.15;
/** Models load, sentences are spoken in real time, and the machine may be busy. */
const PATIENCE_MS = 120_000;

/** Plays a recording of the test fixtures into dictation; resolves when its last word is in the document. */
async function dictate(name: string, pace: 'realtime' | 'max'): Promise<void> {
  const uri = vscode.Uri.file(repositoryFile('test', 'fixtures', 'recordings', `${name}.wav`));
  await vscode.commands.executeCommand(COMMANDS.dictateRecording, uri, { pace });
}

function transcript(name: string): Promise<string> {
  return readFile(repositoryFile('test', 'fixtures', 'recordings', `${name}.txt`), 'utf8');
}

describe('a whole dictation, from sound to text', function () {
  this.timeout(PATIENCE_MS);

  afterEach(closeEditors);

  it('writes what recordings say, sentence after sentence, with few word errors', async () => {
    const editor = await openFile('recordings.txt', 'Notes:|\n');
    const names = ['t17', 't06', 't02'];
    const errors = [];
    for (const name of names) {
      const before = editor.document.getText();
      await dictate(name, 'max');
      const text = editor.document.getText();
      assert.ok(text.startsWith(before.trimEnd()), 'what stood there stays');
      errors.push(wordErrors(await transcript(name), text.slice(before.trimEnd().length)));
    }
    const { rate } = totalWordErrors(errors);
    assert.ok(
      rate < MAX_WORD_ERROR_RATE,
      `${Math.round(rate * 100)} % word errors: ${editor.document.getText()}`,
    );
    assert.match(editor.document.getText(), /^Notes: \S.*\S\n$/, 'one blank between the neighbours');
    assert.doesNotMatch(editor.document.getText(), / {2}/);
  });

  it('leaves the document untouched until words are confirmed, then undoes an utterance in one step', async () => {
    const editor = await openFile('spoken.txt', '|\nlast line\n');
    const { document } = editor;
    const versions: string[] = [];
    const watching = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) versions.push(document.getText());
    });
    try {
      await dictate('t02', 'realtime');
    } finally {
      watching.dispose();
    }
    const text = document.getText();
    assert.ok(wordErrors(await transcript('t02'), text.replace('\nlast line\n', '')).rate < 0.3, text);
    // Text only grows: nothing that was committed is taken back.
    versions.reduce((before, after) => {
      assert.ok(after.startsWith(before.replace('\nlast line\n', '')), `${before} → ${after}`);
      return after;
    });
    await undo();
    assert.equal(document.getText(), '\nlast line\n');
  });

  it('writes where it began while the user types elsewhere and looks at another file', async () => {
    const editor = await openFile('anchored.txt', 'title\nspeech:|\nend\n');
    const { document } = editor;
    const dictation = dictate('t17', 'realtime');
    placeCursor(editor, 5);
    await type(' typed');
    await openFile('other.txt', 'other|\n');
    await type(' too');
    await dictation;
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'other too\n');
    const [title, speech = '', end] = document.getText().split('\n');
    assert.equal(title, 'title typed');
    assert.equal(end, 'end');
    assert.ok(wordErrors(await transcript('t17'), speech.replace('speech: ', '')).rate < 0.3, speech);
  });

  it('can be stopped in the middle, and confirms what was heard', async () => {
    const editor = await openFile('stopped.txt', '|\n');
    const dictation = dictate('t06', 'realtime');
    // Long enough for the first words of ten seconds of speech.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await vscode.commands.executeCommand(COMMANDS.stop);
    await dictation;
    const heard = editor.document.getText().trim();
    assert.notEqual(heard, '');
    assert.ok(heard.length < (await transcript('t06')).length, heard);
  });

  it('a file that is no recording ends with an error and leaves nothing running', async () => {
    const editor = await openFile('no-sound.txt', 'not a recording|\n');
    const { uri } = editor.document;
    await vscode.commands.executeCommand(COMMANDS.dictateRecording, uri, { pace: 'max' });
    assert.equal(editor.document.isDirty, false);
    await dictate('t02', 'max');
    await until('the next dictation works', () => editor.document.isDirty);
  });
});
