import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, type, until } from './suite/editor';
import { diskBecomes, FORMATTED, onDisk, SavingFormatter, shows } from './suite/files';
import { inlineDictations } from './suite/inline';

const run = (command: string) => vscode.commands.executeCommand(command);

/** Long enough for a save that should not be: half a second. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 500));

/** Opens another file in a group of its own, which gets the keyboard. */
async function openBeside(): Promise<void> {
  await run('workbench.action.splitEditorRight');
  await openFile('clean-beside.txt', '|\n');
}

/** Ways to be somewhere else than in the editor with the draft. */
const ELSEWHERE: readonly (readonly [where: string, go: () => Promise<unknown>])[] = [
  ['behind another tab', () => openFile('clean-front.txt', '|\n')],
  ['in another group', openBeside],
  ['while the keyboard is in the search', async () => run('workbench.view.search')],
  ['while the keyboard is in the Explorer', async () => run('workbench.view.explorer')],
];

describe('a file whose only change was a draft in it (style inline)', () => {
  const { dictate, draftInto } = inlineDictations();

  afterEach(async () => {
    await run('workbench.action.closeSidebar');
  });

  /** Resolves once there is nothing to save, and document and file hold what they held. */
  async function isAsItWas(document: vscode.TextDocument, content: string): Promise<void> {
    await shows(document, content);
    await until('there is nothing to save', () => !document.isDirty);
    await diskBecomes(document.uri, content);
    await shows(document, content);
    assert.equal(document.isDirty, false);
  }

  for (const [where, go] of ELSEWHERE) {
    it(`has no unsaved changes once dictation was cancelled ${where}`, async () => {
      const { document, dictation } = await draftInto('clean-cancelled.txt', 'x|\nother\n');
      await go();
      const front = vscode.window.activeTextEditor?.document;
      assert.equal(await dictation.cancel(), 'draft');
      await isAsItWas(document, 'x\nother\n');
      assert.equal(vscode.window.activeTextEditor?.document, front, 'the user is where they were');
    });
  }

  it('has none once nothing was said after all, behind another tab', async () => {
    const { document, dictation } = await draftInto('clean-noise.txt', 'x|\n');
    await openFile('clean-front.txt', '|\n');
    dictation.session.commit(1, '', { replacedDraft: 'draft' });
    await shows(document, 'x\n');
    await dictation.end();
    await isAsItWas(document, 'x\n');
  });

  it('leaves the keyboard in the Explorer, where an undo would be that of what was last done with files', async () => {
    const { document, dictation } = await draftInto('clean-explorer.txt', 'x|\n');
    await run('workbench.view.explorer');
    // Goes where the keyboard is.
    await type('z');
    await shows(document, 'x draft\n');
    await dictation.cancel();
    await isAsItWas(document, 'x\n');
    await type('z');
    await aWhile();
    assert.equal(document.getText(), 'x\n');
  });

  it('has none although it was saved while the draft stood there', async () => {
    const { document, dictation } = await draftInto('clean-saved.txt', 'x|\n');
    await document.save();
    await shows(document, 'x draft\n');
    await openFile('clean-front.txt', '|\n');
    await dictation.cancel();
    await isAsItWas(document, 'x\n');
  });

  it('keeps its encoding', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, 'clean-bom.txt');
    const bytes = Buffer.from('\uFEFFgr\u00fcn\r\n');
    await vscode.workspace.fs.writeFile(uri, bytes);
    await vscode.commands.executeCommand('vscode.open', uri);
    await until('it is open', () => vscode.window.activeTextEditor?.document.uri.path === uri.path);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const dictation = dictate(editor);
    dictation.session.draft(1, 'draft');
    await shows(editor.document, 'draft gr\u00fcn\r\n');
    await openFile('clean-front.txt', '|\n');
    await dictation.cancel();
    await until('there is nothing to save', () => !editor.document.isDirty);
    assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(uri)), bytes);
  });

  it('is not left formatted by a formatter that runs at every save', async () => {
    const formatter = await SavingFormatter.start();
    try {
      const { document, dictation } = await draftInto('clean-formatted.txt', 'x|\n');
      const states: string[] = [];
      const watching = vscode.workspace.onDidSaveTextDocument((saved) => {
        if (saved === document) states.push(saved.getText());
      });
      await openFile('clean-front.txt', '|\n');
      await dictation.cancel();
      await until('it is saved', () => states.length > 0);
      watching.dispose();
      assert.deepEqual(states, [`x\n${FORMATTED}`]);
      await isAsItWas(document, 'x\n');
      assert.ok(formatter.runs > 0);
    } finally {
      await formatter.stop();
    }
  });

  it('is not written if that would change it: line ends of both kinds stay as they are', async () => {
    const editor = await openFile('clean-ends.txt', 'x|\r\ny\n');
    const { document } = editor;
    const dictation = dictate(editor);
    dictation.session.draft(1, 'draft');
    await until('the draft stands there', () => document.getText().includes(' draft'));
    const withoutDraft = document.getText().replace(' draft', '');
    await openFile('clean-front.txt', '|\n');
    await dictation.cancel();
    await shows(document, withoutDraft);
    await aWhile();
    assert.equal(await onDisk(document.uri), 'x\r\ny\n');
    assert.equal(document.isDirty, true);
    await vscode.window.showTextDocument(document);
  });

  it('keeps changes that the user has not saved, and does not save them', async () => {
    const editor = await openFile('clean-dirty.txt', 'x|\n');
    const { document } = editor;
    await type('!');
    const dictation = dictate(editor);
    dictation.session.draft(1, 'draft');
    await shows(document, 'x! draft\n');
    await openFile('clean-front.txt', '|\n');
    await dictation.cancel();
    await shows(document, 'x!\n');
    await aWhile();
    assert.equal(await onDisk(document.uri), 'x\n');
    assert.equal(document.isDirty, true);
    await vscode.window.showTextDocument(document);
  });
});
