import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, undo } from './suite/editor';
import { obeying } from './suite/obeying';

describe('editing by voice', () => {
  const { begin, beginIn, shown } = obeying();
  const caret = (editor: vscode.TextEditor) => editor.document.offsetAt(editor.selection.active);

  it('deletes words before the place, in one undo step', async () => {
    const { editor, dictation } = await begin('words.ts', '  one two, three four.|\n');
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
    const { editor, dictation } = await begin('next.ts', 'one |two three, four\n');
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
    const { editor, dictation } = await begin('rest.txt', '|\n');
    await dictation.say('One two three.', 'Delete last word.', 'Scratch that.');
    assert.equal(editor.document.getText(), '\n');
  });

  it('selects words and lines, and the next words take their place', async () => {
    const { editor, dictation } = await begin('select.txt', 'one two three|\nnext\n');
    await dictation.say('Select last two words.');
    assert.equal(editor.document.getText(editor.selection), 'two three');
    await dictation.say('more');
    assert.equal(shown(editor), 'one more|\nnext\n');
    await dictation.say('Select line.', 'All new.');
    assert.equal(shown(editor), 'All new.|\nnext\n');
  });

  it('deletes lines, the last one too', async () => {
    const { editor, dictation } = await begin('lines.txt', 'one\ntw|o\nthree');
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
    const { editor, dictation } = await begin('open.ts', 'if (a) {|\n    b();\n}\n');
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
    const dictation = beginIn(editor);
    await dictation.say('new line below', 'x');
    assert.equal(editor.document.getText(), 'a\nx\nb\nc\nx\n');
  });

  it('moves the place and the caret, and words land there', async () => {
    const { editor, dictation } = await begin('go.txt', '  one\n  tw|o\n  three\n');
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
});
