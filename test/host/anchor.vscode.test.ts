import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AnchorTracker } from '../../src/vscode/anchor-tracker';
import { closeEditors, openFile, placeCursor, replace, type, undo } from './suite/editor';

/** The document with `|` at the anchor. */
function marked({ document, offset }: AnchorTracker): string {
  const text = document.getText();
  return `${text.slice(0, offset)}|${text.slice(offset)}`;
}

describe('the anchor in a real editor', () => {
  let tracker: AnchorTracker;

  async function open(name: string, content: string): Promise<vscode.TextEditor> {
    const editor = await openFile(name, content);
    tracker = new AnchorTracker(editor.document, editor.selections);
    assert.equal(marked(tracker), content);
    return editor;
  }

  afterEach(async () => {
    tracker.dispose();
    await closeEditors();
  });

  it('moves with edits before it and stays with edits after it', async () => {
    const { document } = await open('before-after.txt', 'one\ntwo| three\nfour\n');
    await replace(document, [0, 3, 'uno\nuno'], [8, 13, 'tres']);
    assert.equal(marked(tracker), 'uno\nuno\ntwo| tres\nfour\n');
    await replace(document, [0, 8, '']);
    assert.equal(marked(tracker), 'two| tres\nfour\n');
  });

  it('lets typed text stand before it', async () => {
    await open('typed.txt', 'a| b\n');
    await type('bc');
    assert.equal(marked(tracker), 'abc| b\n');
    await type('\n');
    assert.equal(marked(tracker), 'abc\n| b\n');
  });

  it('stays between brackets that close themselves', async () => {
    await open('brackets.ts', 'call|\n');
    await type('(');
    assert.equal(marked(tracker), 'call(|)\n');
  });

  it('moves through edits of several cursors at once', async () => {
    const editor = await open('cursors.txt', 'aa\nb|b\ncc\n');
    editor.selections = [1, 4, 7].map((offset) => {
      const position = editor.document.positionAt(offset);
      return new vscode.Selection(position, position);
    });
    await type('--');
    assert.equal(marked(tracker), 'a--a\nb--|b\nc--c\n');
  });

  it('follows undo and redo', async () => {
    const editor = await open('undo.txt', 'one two| three\n');
    placeCursor(editor, 0);
    await type('zero');
    assert.equal(marked(tracker), 'zeroone two| three\n');
    await undo();
    assert.equal(marked(tracker), 'one two| three\n');
    await vscode.commands.executeCommand('redo');
    assert.equal(marked(tracker), 'zeroone two| three\n');
  });

  it('goes to the end of what replaced its surroundings', async () => {
    const { document } = await open('swallowed.txt', 'one two| three\n');
    await replace(document, [4, 13, 'X']);
    assert.equal(marked(tracker), 'one X|\n');
  });

  it('survives other line endings and back', async () => {
    const editor = await open('endings.txt', 'one\ntwo\nthr|ee\nfour\n');
    await editor.edit((builder) => builder.setEndOfLine(vscode.EndOfLine.CRLF));
    assert.equal(marked(tracker), 'one\r\ntwo\r\nthr|ee\r\nfour\r\n');
    await editor.edit((builder) => builder.setEndOfLine(vscode.EndOfLine.LF));
    assert.equal(marked(tracker), 'one\ntwo\nthr|ee\nfour\n');
  });

  it('is found again when the whole document is written anew', async () => {
    const { document } = await open('rewritten.txt', 'function a(){\nreturn |1\n}\n');
    await replace(document, [0, document.getText().length, 'function a() {\n  return 1;\n}\n']);
    assert.equal(marked(tracker), 'function a() {\n  return |1;\n}\n');
  });

  it('is found again when the document was empty for a moment, as a program leaves it that writes the file anew', async () => {
    const { document } = await open('emptied.txt', 'one two| three\nfour\n');
    await replace(document, [0, document.getText().length, '']);
    assert.equal(marked(tracker), '|');
    await replace(document, [0, 0, 'zero\none two three\nfour\n']);
    assert.equal(marked(tracker), 'zero\none two| three\nfour\n');
    await replace(document, [0, document.getText().length, '']);
    await replace(document, [0, 0, 'something else']);
    assert.equal(marked(tracker), 'something else|');
  });

  it('stays between its neighbours through any edits, undo, redo and other line endings', async () => {
    const editor = await open('random.txt', 'first line\nab⟦|⟧cd\nlast line\n');
    const { document } = editor;
    const random = randomNumbers(4711);
    /** A stretch of the text that leaves the two marks alone. */
    const stretch = (): [start: number, end: number] => {
      const text = document.getText();
      const marks = text.indexOf('⟦');
      const [low, high] = random(2) === 0 ? [0, marks] : [marks + 2, text.length];
      const start = low + random(high - low + 1);
      return [start, Math.min(high, start + random(6))];
    };
    const steps = [
      () => replace(document, [...stretch(), ['x', 'yy\n', '', '  '][random(4)] ?? '']),
      () => {
        const [[a, b], [c, d]] = [stretch(), stretch()];
        return b < c ? replace(document, [a, b, 'p'], [c, d, '']) : replace(document, [a, b, 'q\nr']);
      },
      async () => {
        const positions = [document.positionAt(stretch()[0]), document.positionAt(stretch()[0])];
        editor.selections = positions.map((one) => new vscode.Selection(one, one));
        await type('typed');
      },
      () => undo(),
      () => vscode.commands.executeCommand('redo'),
      () =>
        editor.edit((builder) =>
          builder.setEndOfLine(
            document.eol === vscode.EndOfLine.LF ? vscode.EndOfLine.CRLF : vscode.EndOfLine.LF,
          ),
        ),
    ];
    for (let count = 0; count < 60; count++) {
      const step = random(steps.length);
      await steps[step]?.();
      assert.match(marked(tracker), /⟦\|⟧/u, `after step ${count}, of kind ${step}`);
    }
  });

  it('survives a formatter that writes everything anew when the file is saved', async () => {
    const formatter = vscode.languages.registerDocumentFormattingEditProvider('plaintext', {
      provideDocumentFormattingEdits: (document) => {
        const text = document.getText();
        const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
        return [
          vscode.TextEdit.replace(
            all,
            `// formatted\n${text.replace(/^ */gm, '    ').replace(/ *= */g, ' = ')}`,
          ),
        ];
      },
    });
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update('formatOnSave', true, vscode.ConfigurationTarget.Global);
    try {
      const { document } = await open('formatted.txt', 'one=1\ntwo=|2\nthree=3\n');
      await type('2');
      await document.save();
      assert.equal(marked(tracker), '// formatted\n    one = 1\n    two = 2|2\n    three = 3\n    ');
    } finally {
      await settings.update('formatOnSave', undefined, vscode.ConfigurationTarget.Global);
      formatter.dispose();
    }
  });

  it('does not care for other documents', async () => {
    await open('mine.txt', 'mi|ne\n');
    await openFile('other.txt', '|other\n');
    await type('typed ');
    assert.equal(marked(tracker), 'mi|ne\n');
  });
});

/** The same numbers in every run (Lehmer's generator, Park and Miller 1988): integers from 0 to below `limit`. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}
