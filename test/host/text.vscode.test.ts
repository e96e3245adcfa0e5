import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createWording, DEFAULT_WORDING, type WordingOptions } from '../../src/core/text/wording';
import { GhostSteps } from '../../src/vscode/ghost-steps';
import { surroundings } from '../../src/vscode/surroundings';
import { TextSettings } from '../../src/vscode/text-settings';
import { Dictation } from './suite/dictation';
import { closeEditors, openFile, type, undo } from './suite/editor';

describe('heard text becomes written text', () => {
  let dictation: Dictation;
  let options: WordingOptions = DEFAULT_WORDING;
  const wording = () => createWording(() => options);
  const dictateInto = (editor: vscode.TextEditor, inline?: GhostSteps) => {
    dictation = new Dictation(editor, { inline, wording: wording() });
  };

  beforeEach(() => (options = DEFAULT_WORDING));
  afterEach(async () => {
    await dictation.dispose();
    await closeEditors();
  });

  /** Dictates one utterance into a new file; `|` marks the cursor. Returns the file's text. */
  async function say(name: string, content: string, ...pieces: readonly string[]): Promise<string> {
    const editor = await openFile(name, content);
    dictateInto(editor);
    pieces.forEach((text, index) =>
      dictation.session.commit(1, text, { final: index === pieces.length - 1 }),
    );
    await dictation.end();
    assert.deepEqual(dictation.lost, []);
    return editor.document.getText();
  }

  it('a comment with symbols, in several pieces, as one undo step', async () => {
    const text = await say(
      'symbols.ts',
      'foo();\n// |\n',
      'Returns the first item comma or',
      'open paren if none',
      'close paren nothing.',
    );
    assert.equal(text, 'foo();\n// Returns the first item, or (if none) nothing.\n');
    assert.deepEqual(dictation.inserted, ['Returns the first item, or (if none) nothing.']);
    await undo();
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'foo();\n// \n');
  });

  it('a name in camel case, whose words come in two pieces', async () => {
    assert.equal(
      await say('camel.ts', 'const |\n', 'Camel case get', 'user by id equals five'),
      'const getUserById = 5\n',
    );
  });

  it('and that is what a screen reader is told, not what was heard', async () => {
    const editor = await openFile('told.ts', 'const |\n');
    dictateInto(editor);
    const { take, session } = dictation;
    const told: string[] = [];
    const note = () => {
      const { count, text } = take.status.written;
      if (count > told.length) told.push(text);
    };
    session.commit(1, 'Camel case get user', { final: false });
    await take.settled();
    note();
    session.commit(1, 'by id equals five');
    await take.settled();
    note();
    session.commit(2, '');
    await dictation.end();
    note();
    assert.equal(told.join(''), 'getUserById = 5');
    assert.equal(take.status.written.count, told.length, 'nothing is told of what the rules left out');
  });

  it('a call with a string stays code after its quote', async () => {
    const text = await say(
      'call.js',
      'x = 1;\n|\n',
      'log open paren quote hello',
      'quote close paren semicolon',
    );
    assert.equal(text, 'x = 1;\nlog("hello");\n');
  });

  it('Markdown: spans of code, and prose around them', async () => {
    const text = await say(
      'notes.md',
      '# Notes\n\n|\n',
      'Use back tick camel case get user back tick and add a dash of salt.',
    );
    assert.equal(text, '# Notes\n\nUse `getUser` and add a dash of salt.\n');
  });

  it('a commit message ends its first line without a full stop', async () => {
    const editor = await openFile('COMMIT_EDITMSG', '|\n');
    await vscode.languages.setTextDocumentLanguage(editor.document, 'git-commit');
    dictateInto(editor);
    dictation.session.commit(1, 'Fix the parser new paragraph it failed on empty input.');
    await dictation.end();
    assert.equal(editor.document.getText(), 'Fix the parser\n\nIt failed on empty input.\n');
  });

  it('numbers and versions', async () => {
    const text = await say(
      'version.txt',
      '|\n',
      'Version one point two point three is fifty percent faster.',
    );
    assert.equal(text, 'Version 1.2.3 is 50% faster.\n');
  });

  it('two cursors, each in its own position', async () => {
    const editor = await openFile('positions.ts', 'value;\n// see\n');
    editor.selections = [new vscode.Selection(0, 5, 0, 5), new vscode.Selection(1, 6, 1, 6)];
    dictateInto(editor);
    dictation.session.commit(1, 'star', { final: false });
    dictation.session.commit(1, 'x', { final: true });
    await dictation.end();
    assert.equal(editor.document.getText(), 'value * x;\n// see star x\n');
  });

  it('a new line in a comment goes on with its prefix, with the line ends of the file', async () => {
    const editor = await openFile('prefix.ts', '  // One|\r\nfoo();\r\n');
    dictateInto(editor);
    dictation.session.commit(1, 'new line two.');
    await dictation.end();
    assert.equal(editor.document.getText(), '  // One\r\n  // Two.\r\nfoo();\r\n');
    assert.deepEqual(dictation.inserted, ['// Two.']);
  });

  it('a comment is wrapped at the ruler if that is wanted', async () => {
    const rulers = vscode.workspace.getConfiguration('editor');
    await rulers.update('rulers', [{ column: 20, color: null }, 120], true);
    try {
      options = { ...DEFAULT_WORDING, wrap: true };
      assert.equal(
        await say('wrap.ts', '// |\n', 'one two three four five'),
        '// One two three\n// four five\n',
      );
    } finally {
      await rulers.update('rulers', undefined, true);
    }
  });

  it('symbols that are switched off are words', async () => {
    options = { ...DEFAULT_WORDING, spoken: 'off' };
    assert.equal(await say('off.txt', '|\n', 'yes comma no'), 'Yes comma no\n');
  });

  it('a draft shows what will be written, and nothing that is held back vanishes', async () => {
    const editor = await openFile('draft.ts', 'const |\n');
    dictateInto(editor);
    dictation.session.draft(1, 'camel case get user');
    dictation.session.commit(1, 'camel case get', { final: false, replacedDraft: 'camel case get' });
    dictation.session.draft(1, 'user equals five');
    dictation.session.commit(1, 'user equals five');
    await dictation.end();
    assert.deepEqual(dictation.unsaved, ['getUser', 'getUser = 5', '']);
    assert.equal(editor.document.getText(), 'const getUser = 5\n');
  });

  it('what is held back when dictation is cancelled was confirmed, and is written', async () => {
    const editor = await openFile('cancelled.ts', '|\n');
    dictateInto(editor);
    dictation.session.commit(1, 'camel case get user', { final: false, replacedDraft: '' });
    dictation.session.draft(1, 'by id');
    assert.equal(await dictation.cancel(), 'by id');
    assert.equal(editor.document.getText(), 'getUser\n');
  });

  it('drafts in the document read as what will be written, and are one undo step with it', async () => {
    const editor = await openFile('inline.ts', 'x;\n|\n');
    const ghosts = new GhostSteps();
    try {
      dictateInto(editor, ghosts);
      dictation.session.draft(1, 'um');
      dictation.session.draft(1, 'return camel case get user');
      dictation.session.commit(1, 'return camel case', { final: false, replacedDraft: '' });
      dictation.session.draft(1, 'get user open paren');
      dictation.session.commit(1, 'get user open paren close paren.');
      await dictation.end();
      assert.equal(editor.document.getText(), 'x;\nreturn getUser()\n');
      await undo();
      assert.equal(editor.document.getText(), 'x;\n\n');
    } finally {
      ghosts.dispose();
    }
  });

  it('a filler alone replaces no selection', async () => {
    const editor = await openFile('filler.txt', 'one two\n');
    editor.selection = new vscode.Selection(0, 4, 0, 7);
    dictateInto(editor);
    dictation.session.commit(1, 'um');
    await dictation.end();
    assert.equal(editor.document.getText(), 'one two\n');
    assert.deepEqual(dictation.inserted, []);
  });

  it('what the user types meanwhile decides how the next words begin', async () => {
    const editor = await openFile('typed.txt', '|\n');
    dictateInto(editor);
    dictation.session.commit(1, 'One.');
    await dictation.end();
    await dictation.dispose();
    await type(' and');
    dictateInto(editor);
    dictation.session.commit(1, 'The rest.');
    await dictation.end();
    assert.equal(editor.document.getText(), 'One. and the rest.\n');
  });
});

describe('the settings of the text rules', () => {
  const settings = new TextSettings({ isOrdinaryWord: () => false });
  const section = vscode.workspace.getConfiguration('tandem');
  after(() => settings.dispose());

  it('count at once', async () => {
    assert.equal(settings.options().spoken, 'prose-safe');
    assert.equal(settings.options().off.size, 0);
    await section.update('text.symbols', 'always', true);
    await section.update('text.rules', { numbers: false, fillers: true }, true);
    await section.update('text.wrapAtRuler', true, true);
    try {
      const { spoken, off, wrap } = settings.options();
      assert.deepEqual({ spoken, off: [...off], wrap }, { spoken: 'always', off: ['numbers'], wrap: true });
    } finally {
      for (const name of ['text.symbols', 'text.rules', 'text.wrapAtRuler'])
        await section.update(name, undefined, true);
    }
    assert.equal(settings.options().spoken, 'prose-safe');
  });
});

describe('what stands around a place', () => {
  const MOST = 4_000;
  afterEach(closeEditors);

  async function around(name: string, content: string) {
    const { document, selection } = await openFile(name, content);
    return surroundings(document, selection);
  }

  it('is as much of a line without end as is wanted', async () => {
    const { before, after } = await around('minified.txt', `${'a'.repeat(99_999)}<|>${'b'.repeat(99_999)}`);
    assert.equal(before, `${'a'.repeat(MOST - 1)}<`);
    assert.equal(after, `>${'b'.repeat(MOST - 1)}`);
  });

  for (const [name, lineEnd] of [
    ['unix.txt', '\n'],
    ['windows.txt', '\r\n'],
  ] as const)
    it(`is whole lines before it, in ${name}`, async () => {
      const lines = (letter: string) =>
        `${letter}${lineEnd}`.repeat(50) + `${letter.repeat(300)}${lineEnd}`.repeat(30);
      const { before, after } = await around(name, `${lines('a')}x|y${lineEnd}${lines('b')}`);
      const long = `${'a'.repeat(300)}\n`;
      assert.equal(before, `${long.repeat(13)}x`);
      assert.equal(after, `y\n${'b\n'.repeat(10)}`.slice(0, -1));
    });
});
